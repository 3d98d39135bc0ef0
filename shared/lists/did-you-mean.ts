// Which domain was meant: mistyped domains of mailbox providers only.
// Cautious: one slip of a finger in the name of a major or in what follows the dot, never both unless a table says so, and
// never a domain that is known to be somebody's own. A top-level domain that exists is a slip only where a table says so.
// A suggestion is no verdict: it never makes an address undeliverable.
import { parseAddress } from '../address/parse-address.ts';
import { isTopLevelDomain } from '../address/top-level-domains.ts';
import { freeDomains } from './free-domains.ts';
import { KNOWN_SLIPS, MAJORS, OTHER_NAMES, REAL_DOMAINS } from './mailbox-majors.ts';
import { slipsOf } from './slips-of.ts';

/** Slips for `com` and `net`; some are real countries (.co, .cm, .om, .ne), where no major has mailboxes. */
const COM_SLIPS: ReadonlySet<string> = new Set('co cm om con cmo ocm cpm vom xom comm coom cim cin copm clm ckm dom c comn conm'.split(' '));
const NET_SLIPS: ReadonlySet<string> = new Set('ne nt et nte ent ner nett met nrt'.split(' '));

/** No address is longer (RFC 5321). */
const MAX_TEXT = 254;

interface Provider {
  readonly name: string;
  /** What may follow the name, `com` first. */
  readonly endings: readonly string[];
  readonly major: boolean;
}

interface Tables {
  /** A provider's name, or one slip of a major's → the provider. */
  readonly providers: ReadonlyMap<string, Provider>;
  /** A major's name and ending with the dot left out → the domain. */
  readonly glued: ReadonlyMap<string, string>;
  readonly known: ReadonlyMap<string, string>;
}

let tables: Tables | null = null;

/** The provider's domain that was meant, or null. `domain` is in lower case; it need not exist nor be well-formed. */
export function domainMeant(domain: string): string | null {
  tables ??= buildTables();
  const dot = domain.indexOf('.');
  if (dot < 0) return tables.glued.get(domain) ?? null;
  const provider = tables.providers.get(domain.slice(0, dot));
  const known = tables.known.get(domain);
  if (provider === undefined && known === undefined) return null;
  if (freeDomains().has(domain) || REAL_DOMAINS.has(domain)) return null;
  if (provider === undefined || known !== undefined) return known ?? null;
  const ending = domain.slice(dot + 1);
  const meant = provider.endings.includes(ending) ? ending : endingMeant(ending, provider);
  return meant === null ? null : `${provider.name}.${meant}`;
}

/** `major`: the name is known enough for a country that exists to be a slip, as in `gmail.co`. */
function endingMeant(ending: string, { endings, major }: Provider): string | null {
  const exists = isTopLevelDomain(ending.slice(ending.lastIndexOf('.') + 1));
  if (exists && (!major || ending.includes('.'))) return null;
  if (endings.includes('com') && COM_SLIPS.has(ending)) return 'com';
  if (endings.includes('net') && NET_SLIPS.has(ending)) return 'net';
  if (exists) return null;
  const near = endings.filter((one) => slipsOf(one).has(ending));
  return near.length === 1 ? (near[0] ?? null) : null;
}

/**
 * For a text that is no address: the whole corrected address if only its domain was mistyped, or null.
 * Beside slips of letters it mends a comma for a dot, a dot too many and blanks, where a provider's domain comes of it.
 */
export function suggestMended(text: string): string | null {
  if (text.length > MAX_TEXT) return null;
  const at = text.lastIndexOf('@');
  if (at <= 0) return null;
  const typed = text.slice(at + 1).toLowerCase();
  const domain = typed.replaceAll(/[,;]/g, '.').replaceAll(/\s+/g, '').replaceAll(/\.{2,}/g, '.').replaceAll(/^\.|[.,>)\]"']+$/g, '');
  const meant = domain !== typed && freeDomains().has(domain) ? domain : domainMeant(domain);
  const mended = `${text.slice(0, at)}@${meant ?? ''}`;
  return meant !== null && parseAddress(mended).ok ? mended : null;
}

function buildTables(): Tables {
  const endings = endingsByName();
  const majors = new Set(MAJORS);
  const providers = new Map<string, Provider>();
  for (const [name, own] of endings) providers.set(name, { name, endings: own, major: majors.has(name) });
  const glued = new Map<string, string>();
  for (const name of MAJORS) {
    const provider = providers.get(name);
    if (provider === undefined) continue;
    // A name that is a provider's own, whatever its ending, is nobody's slip.
    for (const slip of slipsOf(name)) if (!providers.has(slip) && !OTHER_NAMES.has(slip)) providers.set(slip, provider);
    for (const ending of provider.endings) glued.set(`${name}${ending.replaceAll('.', '')}`, `${name}.${ending}`);
    if (provider.endings.length === 1) glued.set(name, `${name}.${provider.endings[0] ?? ''}`);
  }
  return { providers, glued, known: new Map(Object.entries(KNOWN_SLIPS)) };
}

function endingsByName(): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const domain of freeDomains()) {
    const dot = domain.indexOf('.');
    const name = domain.slice(0, dot);
    const endings = result.get(name) ?? [];
    if (domain.endsWith('.com')) endings.unshift(domain.slice(dot + 1));
    else endings.push(domain.slice(dot + 1));
    result.set(name, endings);
  }
  return result;
}
