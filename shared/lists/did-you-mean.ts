// Which domain was meant: mistyped names of the largest mailbox providers only.
// Cautious: one slip of a finger (a letter left out, doubled, swapped or hit beside), the first letter kept, the
// provider's name at least five letters long, and never a domain that is known to be somebody's own.
// A suggestion is no verdict: it never makes an address undeliverable.
import { isFreeDomain } from './free-domains.ts';

/** Provider name → top-level domains under which it is a mailbox provider; the first is the one usually meant. */
const MAJORS: Readonly<Record<string, readonly string[]>> = {
  gmail: ['com'],
  googlemail: ['com'],
  hotmail: ['com', 'co.uk', 'fr', 'de', 'it', 'es', 'nl', 'be', 'se', 'com.br', 'com.ar'],
  outlook: ['com', 'de', 'fr', 'es', 'it', 'com.br'],
  yahoo: ['com', 'co.uk', 'fr', 'de', 'it', 'es', 'ca', 'co.in', 'co.jp', 'com.br', 'com.mx', 'com.au'],
  icloud: ['com'],
  protonmail: ['com'],
  comcast: ['net'],
  verizon: ['net'],
  sbcglobal: ['net'],
  bellsouth: ['net'],
  btinternet: ['com'],
  rediffmail: ['com'],
  wanadoo: ['fr'],
  laposte: ['net'],
  libero: ['it'],
  't-online': ['de'],
};

/** Slips that are more than one letter, or too short for the rule. Each is unregistered or a known typo trap. */
const TABLE: Readonly<Record<string, string>> = {
  'gmailc.om': 'gmail.com',
  'gmai.co': 'gmail.com',
  'gimail.com': 'gmail.com',
  'gemail.com': 'gmail.com',
  'gmaail.com': 'gmail.com',
  'gnail.com': 'gmail.com',
  'hotamail.com': 'hotmail.com',
  'hotmai.co': 'hotmail.com',
  'homtail.com': 'hotmail.com',
  'yahou.com': 'yahoo.com',
  'yaooh.com': 'yahoo.com',
  'iclould.com': 'icloud.com',
  'icluod.com': 'icloud.com',
  'outllok.com': 'outlook.com',
  'outlokk.com': 'outlook.com',
  'ao.com': 'aol.com',
  'aol.co': 'aol.com',
  'live.co': 'live.com',
  'gmx.d': 'gmx.de',
  'web.d': 'web.de',
  'tonline.de': 't-online.de',
};

/** Real domains one slip away from a major: never corrected. */
const REAL: ReadonlySet<string> = new Set([
  'ao.com',
  'email.com',
  'gail.com',
  'gmal.com',
  'gmil.com',
  'mail.com',
  'qmail.com',
  'ymail.com',
  'hotmall.com',
  'outlook.co',
  'yaho.com',
  'liber.it',
]);

/** Top-level domains that are slips for `com` (some are real countries: .co, .cm, .om). */
const COM_SLIPS: ReadonlySet<string> = new Set('co cm om con cmo ocm cpm vom xom comm coom cim cin copm clm ckm dom c comn conm'.split(' '));
const NET_SLIPS: ReadonlySet<string> = new Set('ne nt et nte ent ner nett met bet nrt'.split(' '));

/** Neighbours on QWERTY, QWERTZ and AZERTY keyboards. */
const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', '1234567890'];
const KEY_COLUMNS = ['qaz', 'wsx', 'edc', 'rfv', 'tgb', 'yhn', 'ujm', 'ik', 'ol', 'p0', 'o0', 'l1', 'i1'];

let slips: ReadonlyMap<string, string> | null = null;

/** The provider's domain that was meant, or null. `domain` is in lower case; it need not exist. */
export function domainMeant(domain: string): string | null {
  if (isFreeDomain(domain) || REAL.has(domain)) return null;
  const fromTable = TABLE[domain];
  if (fromTable !== undefined) return fromTable;
  const dot = domain.indexOf('.');
  if (dot < 0) return null;
  const tld = domain.slice(dot + 1);
  slips ??= buildSlips();
  const name = domain.slice(0, dot);
  const major = Object.hasOwn(MAJORS, name) ? name : slips.get(name);
  const tlds = major === undefined ? undefined : MAJORS[major];
  if (major === undefined || tlds === undefined) return null;
  const meant = tlds.includes(tld) ? tld : tldMeant(tld, tlds);
  return meant === null || `${major}.${meant}` === domain ? null : `${major}.${meant}`;
}

function tldMeant(tld: string, tlds: readonly string[]): string | null {
  if (tlds.includes('com') && COM_SLIPS.has(tld)) return 'com';
  if (tlds.includes('net') && NET_SLIPS.has(tld)) return 'net';
  return null;
}

function buildSlips(): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const name of Object.keys(MAJORS)) {
    for (const slip of slipsOf(name)) {
      if (!Object.hasOwn(MAJORS, slip) && !result.has(slip)) result.set(slip, name);
    }
  }
  return result;
}

function slipsOf(name: string): readonly string[] {
  const result: string[] = [];
  for (let i = 0; i < name.length; i += 1) {
    const before = name.slice(0, i);
    const char = name.charAt(i);
    const after = name.slice(i + 1);
    result.push(before + char + char + after);
    if (i < name.length - 1) result.push(before + after.charAt(0) + char + after.slice(1));
    if (i === 0) continue;
    result.push(before + after);
    for (const key of neighbours(char)) result.push(before + key + after);
  }
  return result.filter((slip) => slip.length >= 4);
}

function neighbours(char: string): readonly string[] {
  const result = new Set<string>();
  for (const line of [...KEY_ROWS, ...KEY_COLUMNS]) {
    const at = line.indexOf(char);
    if (at < 0) continue;
    for (const key of [line.charAt(at - 1), line.charAt(at + 1)]) if (key !== '') result.add(key);
  }
  return [...result];
}
