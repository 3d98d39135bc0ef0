// check_host() of RFC 7208 for one address and one domain, with the standard's limits: 10 terms that ask DNS, 10 names
// an `mx`, 2 look-ups that find nothing. Macros, `exists` and `ptr` are not expanded: where the result hangs on one, it is
// `macro`, which means "cannot be told here", and never a pass or a fail.
import ipaddr from 'ipaddr.js';
import type { RecordAnswer, RecordType } from '../../dns/record-queries.ts';
import { isSpf, parseSpf, type Mechanism, type SpfRecord } from './parse-spf.ts';

export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror' | 'macro';

export interface SpfQuestion {
  readonly ip: string;
  readonly domain: string;
  readonly ask: (name: string, type: RecordType) => Promise<RecordAnswer>;
}

export interface SpfOutcome {
  readonly result: SpfResult;
  /** The domain's own record. */
  readonly record: string | null;
  /** Why, for errors. */
  readonly detail: string | null;
}

/** RFC 7208 4.6.4. */
const MAX_LOOKUPS = 10;
const MAX_VOID = 2;
const MAX_NAMES = 10;

/** Ends the evaluation from wherever it is. */
class Ended extends Error {
  readonly result: SpfResult;

  constructor(result: SpfResult, detail: string) {
    super(detail);
    this.result = result;
  }
}

export async function evaluateSpf(question: SpfQuestion): Promise<SpfOutcome> {
  const evaluation = new Evaluation(question);
  try {
    const result = await evaluation.check(question.domain);
    return { result, record: evaluation.record, detail: null };
  } catch (error) {
    if (error instanceof Ended) return { result: error.result, record: evaluation.record, detail: error.message };
    throw error;
  }
}

class Evaluation {
  record: string | null = null;
  readonly #question: SpfQuestion;
  readonly #ip: ipaddr.IPv4 | ipaddr.IPv6;
  #lookups = 0;
  #voids = 0;

  constructor(question: SpfQuestion) {
    this.#question = question;
    this.#ip = ipaddr.process(question.ip);
  }

  async check(domain: string): Promise<SpfResult> {
    const record = await this.#recordOf(domain);
    if (record === null) return 'none';
    for (const { qualifier, mechanism } of record.directives) {
      if (await this.#matches(mechanism, domain)) return qualifier;
    }
    if (record.redirect === null) return 'neutral';
    this.#count();
    const target = plain(record.redirect);
    const result = await this.check(target);
    // RFC 7208 6.1: a redirect to nothing is the record's fault.
    if (result === 'none') throw new Ended('permerror', `${target} has no SPF record`);
    return result;
  }

  async #recordOf(domain: string): Promise<SpfRecord | null> {
    const answer = await this.#question.ask(domain, 'TXT');
    if (answer.kind === 'failed') throw new Ended('temperror', answer.detail);
    const found = answer.kind === 'records' ? answer.values.filter(isSpf) : [];
    const [text] = found;
    if (text === undefined) return null;
    this.record ??= text;
    if (found.length > 1) throw new Ended('permerror', `${domain} has ${found.length} SPF records`);
    const parsed = parseSpf(text);
    if (!parsed.ok) throw new Ended('permerror', `"${parsed.term}" in the record of ${domain}`);
    return parsed.record;
  }

  async #matches(mechanism: Mechanism, domain: string): Promise<boolean> {
    switch (mechanism.kind) {
      case 'all':
        return true;
      case 'ip4':
      case 'ip6':
        return this.#isIn(...mechanism.network);
      case 'a':
        this.#count();
        return this.#hasAddress(mechanism.domain === null ? domain : plain(mechanism.domain), mechanism);
      case 'mx':
        this.#count();
        return this.#mxMatches(mechanism.domain === null ? domain : plain(mechanism.domain), mechanism);
      case 'include':
        this.#count();
        return this.#includes(plain(mechanism.domain));
      case 'exists':
      case 'ptr':
        throw new Ended('macro', `"${mechanism.kind}" in the record of ${domain}`);
    }
  }

  async #includes(domain: string): Promise<boolean> {
    const result = await this.check(domain);
    // RFC 7208 5.2: an included domain without a record is a permerror.
    if (result === 'none') throw new Ended('permerror', `${domain} has no SPF record`);
    return result === 'pass';
  }

  async #mxMatches(domain: string, prefixes: { readonly prefix4: number; readonly prefix6: number }): Promise<boolean> {
    const hosts = await this.#ask(domain, 'MX');
    if (hosts.length > MAX_NAMES) throw new Ended('permerror', `${domain} has more than ${MAX_NAMES} MX hosts`);
    for (const host of hosts) if (host !== '' && (await this.#hasAddress(host, prefixes))) return true;
    return false;
  }

  async #hasAddress(name: string, { prefix4, prefix6 }: { readonly prefix4: number; readonly prefix6: number }): Promise<boolean> {
    const isIpv4 = this.#ip.kind() === 'ipv4';
    const addresses = await this.#ask(name, isIpv4 ? 'A' : 'AAAA');
    return addresses.some((address) => ipaddr.isValid(address) && this.#isIn(ipaddr.parse(address), isIpv4 ? prefix4 : prefix6));
  }

  #isIn(network: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): boolean {
    if (network.kind() !== this.#ip.kind()) return false;
    const [mine, theirs] = [this.#ip.toByteArray(), network.toByteArray()];
    return mine.every((byte, index) => {
      const bits = Math.min(8, Math.max(0, prefix - index * 8));
      const mask = (0xff << (8 - bits)) & 0xff;
      return (byte & mask) === ((theirs[index] ?? 0) & mask);
    });
  }

  /** Values, or none where there certainly are none. */
  async #ask(name: string, type: RecordType): Promise<readonly string[]> {
    const answer = await this.#question.ask(name, type);
    if (answer.kind === 'failed') throw new Ended('temperror', answer.detail);
    if (answer.kind === 'records') return answer.values;
    this.#voids += 1;
    if (this.#voids > MAX_VOID) throw new Ended('permerror', `more than ${MAX_VOID} look-ups that find nothing`);
    return [];
  }

  #count(): void {
    this.#lookups += 1;
    if (this.#lookups > MAX_LOOKUPS) throw new Ended('permerror', `more than ${MAX_LOOKUPS} look-ups`);
  }
}

/** RFC 7208 7: a name with macros depends on the sender and the greeting, and is not expanded here. */
function plain(domain: string): string {
  if (domain.includes('%')) throw new Ended('macro', `"${domain}"`);
  return domain.toLowerCase();
}
