// An SPF record as its terms (RFC 7208 4.6, 5, 6): directives in their order and `redirect`. Pure.
// What the grammar forbids is a syntax error, which makes the whole record a permerror; unknown modifiers are passed by.
import ipaddr from 'ipaddr.js';

export type Qualifier = 'pass' | 'fail' | 'softfail' | 'neutral';

export type Mechanism =
  | { readonly kind: 'all' }
  | { readonly kind: 'ip4' | 'ip6'; readonly network: readonly [ipaddr.IPv4 | ipaddr.IPv6, number] }
  /** `domain` null: the current one. */
  | { readonly kind: 'a' | 'mx'; readonly domain: string | null; readonly prefix4: number; readonly prefix6: number }
  | { readonly kind: 'include'; readonly domain: string }
  | { readonly kind: 'exists' | 'ptr'; readonly domain: string | null };

export interface Directive {
  readonly qualifier: Qualifier;
  readonly mechanism: Mechanism;
}

export interface SpfRecord {
  readonly directives: readonly Directive[];
  readonly redirect: string | null;
}

export type SpfParse = { readonly ok: true; readonly record: SpfRecord } | { readonly ok: false; readonly term: string };

const QUALIFIERS: Readonly<Record<string, Qualifier>> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' };

/** Whether a TXT record is an SPF record at all (RFC 7208 4.5). */
export function isSpf(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/** `text`: a record that `isSpf`. */
export function parseSpf(text: string): SpfParse {
  const directives: Directive[] = [];
  let redirect: string | null = null;
  for (const term of text.slice('v=spf1'.length).split(' ').filter((part) => part !== '')) {
    const modifier = /^([a-z][a-z0-9_.-]*)=(.*)$/i.exec(term);
    if (modifier !== null) {
      if (modifier[1]?.toLowerCase() !== 'redirect') continue;
      // RFC 7208 6: at most once.
      if (redirect !== null || !isDomainSpec(modifier[2] ?? '')) return { ok: false, term };
      redirect = modifier[2] ?? '';
      continue;
    }
    const directive = parseDirective(term);
    if (directive === null) return { ok: false, term };
    directives.push(directive);
  }
  return { ok: true, record: { directives, redirect } };
}

function parseDirective(term: string): Directive | null {
  const [, sign = '', name = '', rest = ''] = /^([+?~-]?)([a-z0-9]+)(.*)$/i.exec(term) ?? [];
  const mechanism = parseMechanism(name.toLowerCase(), rest);
  return mechanism === null ? null : { qualifier: QUALIFIERS[sign] ?? 'pass', mechanism };
}

function parseMechanism(name: string, rest: string): Mechanism | null {
  switch (name) {
    case 'all':
      return rest === '' ? { kind: 'all' } : null;
    case 'ip4':
    case 'ip6': {
      const network = rest.startsWith(':') ? parseNetwork(name, rest.slice(1)) : null;
      return network === null ? null : { kind: name, network };
    }
    case 'a':
    case 'mx':
      return parseHosts(name, rest);
    case 'include':
      return rest.startsWith(':') && isDomainSpec(rest.slice(1)) ? { kind: 'include', domain: rest.slice(1) } : null;
    case 'exists':
      return rest.startsWith(':') && isDomainSpec(rest.slice(1)) ? { kind: 'exists', domain: rest.slice(1) } : null;
    case 'ptr':
      return rest === '' || (rest.startsWith(':') && isDomainSpec(rest.slice(1))) ? { kind: 'ptr', domain: rest === '' ? null : rest.slice(1) } : null;
    default:
      return null;
  }
}

/** `:domain/24//64`, each part optional. */
function parseHosts(kind: 'a' | 'mx', rest: string): Mechanism | null {
  const match = /^(?::([^/]+))?(?:\/(\d{1,3}))?(?:\/\/(\d{1,3}))?$/.exec(rest);
  if (match === null) return null;
  const [, domain, four = '32', six = '128'] = match;
  if (domain !== undefined && !isDomainSpec(domain)) return null;
  if (Number(four) > 32 || Number(six) > 128) return null;
  return { kind, domain: domain ?? null, prefix4: Number(four), prefix6: Number(six) };
}

function parseNetwork(kind: 'ip4' | 'ip6', text: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] | null {
  const [address = '', prefix, ...more] = text.split('/');
  const most = kind === 'ip4' ? 32 : 128;
  const valid = kind === 'ip4' ? ipaddr.IPv4.isValidFourPartDecimal(address) : ipaddr.IPv6.isValid(address);
  if (!valid || more.length > 0) return null;
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > most)) return null;
  return [ipaddr.parse(address), prefix === undefined ? most : Number(prefix)];
}

/** Printable, and not empty; whether it holds a macro (`%`) is the evaluator's business. */
function isDomainSpec(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
