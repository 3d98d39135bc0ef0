// From a domain to the hosts that take its mail (RFC 5321 5.1), told apart as the verdicts need it: the questions to ask,
// step by step, and what follows from their answers. A generator without input or output of its own: the same steps are
// walked from memory without a promise, and over the network.
// Always holds: an answer that makes addresses undeliverable (`domain_not_found`, `no_mail_server`, `null_mx`,
// `unroutable_mx`) is given only where every question it rests on was answered for certain; anything less is
// `dns_temporary`. At most five addresses are handed out, and none that this run may not dial.
import type { FollowedResult } from './follow-aliases.ts';
import type { HijackCheck } from './hijack-check.ts';
import { hostAddresses, type HostAddresses } from './host-addresses.ts';
import { mxCandidates } from './mx-candidates.ts';
import type { Question } from './question.ts';
import type { TargetSieve } from './target-sieve.ts';
import type { MxAddress, MxHost, MxLookup } from './types.ts';

/** Faults row 46, and Postfix's `smtp_mx_address_limit`. */
const MAX_ADDRESSES = 5;
/** Hosts resolved at a time until there are addresses enough. */
const HOSTS_AT_A_TIME = 5;
/** A domain with more MX hosts than this and none that can be dialled stays without a certain answer. */
const MAX_HOSTS_RESOLVED = 20;
const NO_ANSWER: FollowedResult = { kind: 'failed', detail: 'no answer' };

export interface LookupRules {
  /** What this run may dial. */
  readonly sieve: TargetSieve;
  /** False: IPv6 addresses are handed out only for hosts that have no others. */
  readonly ipv6: boolean;
  readonly hijack: Pick<HijackCheck, 'state' | 'isHijackAddress'>;
  /** Gives [0, 1). */
  readonly random: () => number;
}

/** Yields questions that can be asked at the same time; wants their answers, in that order. */
export type LookupSteps<T> = Generator<readonly Question[], T, readonly FollowedResult[]>;

/** `domain` is a canonical name. */
export function* mxLookupSteps(domain: string, rules: LookupRules): LookupSteps<MxLookup> {
  const [result = NO_ANSWER] = yield [{ name: domain, type: 'MX' }];
  switch (result.kind) {
    case 'failed':
      return temporary(`MX of ${domain}: ${result.detail}`);
    case 'nxdomain':
      return rules.hijack.state === 'hijacked' ? temporary('the DNS server answers for names that do not exist') : { kind: 'domain_not_found' };
    case 'nodata':
      return yield* implicitMx(domain, rules);
    case 'records':
      break;
  }
  const candidates = mxCandidates(result.mx, rules.random);
  return candidates.kind === 'null_mx' ? candidates : yield* explicitMx(candidates.hosts, candidates.malformed > 0, rules);
}

function* explicitMx(candidates: readonly { name: string; preference: number }[], anyMalformed: boolean, rules: LookupRules): LookupSteps<MxLookup> {
  const hosts: MxHost[] = [];
  const resolved: HostAddresses[] = [];
  let aliased = false;
  // Two names for one machine are one target (faults row 45 for addresses). Never more than a few.
  const seen: string[] = [];
  for (let start = 0; start < Math.min(candidates.length, MAX_HOSTS_RESOLVED) && seen.length < MAX_ADDRESSES; start += HOSTS_AT_A_TIME) {
    const wave = candidates.length <= HOSTS_AT_A_TIME ? candidates : candidates.slice(start, start + HOSTS_AT_A_TIME);
    const found = yield* addressesOf(wave, rules);
    for (let index = 0; index < wave.length; index += 1) {
      const candidate = wave[index];
      const addresses = found[index];
      if (candidate === undefined || addresses === undefined) continue;
      resolved.push(addresses);
      const taken: MxAddress[] = [];
      for (const address of addresses.addresses) {
        if (seen.length >= MAX_ADDRESSES || seen.includes(address.ip)) continue;
        seen.push(address.ip);
        taken.push(address);
      }
      if (taken.length === 0) continue;
      hosts.push({ name: candidate.name, preference: candidate.preference, addresses: taken });
      if (addresses.aliased) aliased = true;
    }
  }
  if (hosts.length > 0) return aliased ? { kind: 'hosts', hosts, implicit: false, aliased: true } : { kind: 'hosts', hosts, implicit: false };
  if (anyMalformed || resolved.length < candidates.length) return temporary('MX hosts could not all be resolved');
  return nothingToDial(resolved);
}

function* implicitMx(domain: string, rules: LookupRules): LookupSteps<MxLookup> {
  const [found] = yield* addressesOf([{ name: domain }], rules);
  if (found === undefined) return temporary(`address of ${domain}: no answer`);
  const addresses = found.addresses.slice(0, MAX_ADDRESSES);
  if (addresses.length > 0) {
    if (rules.hijack.isHijackAddress(addresses)) return temporary('the DNS server answers for names that do not exist');
    return { kind: 'hosts', hosts: [{ name: domain, preference: 0, addresses }], implicit: true };
  }
  if (found.failure !== null) return temporary(`address of ${domain}: ${found.failure}`);
  // The name was there when its MX was asked for: answers that contradict each other prove nothing.
  if (found.missing) return temporary(`contradictory answers about ${domain}`);
  if (found.blocked.length + found.unroutable.length === 0) return { kind: 'no_mail_server' };
  return nothingToDial([found]);
}

/** The addresses of these names, in their order. */
function* addressesOf(hosts: readonly { readonly name: string }[], rules: LookupRules): LookupSteps<readonly HostAddresses[]> {
  const questions = hosts.map(({ name }): Question => ({ name, type: 'A' }));
  if (rules.ipv6) {
    for (const { name } of hosts) questions.push({ name, type: 'AAAA' });
    const results = yield questions;
    return hosts.map((_, index) => hostAddresses([results[index] ?? NO_ANSWER, results[hosts.length + index] ?? NO_ANSWER], rules));
  }
  // Without IPv6 the AAAA is asked for only if there is no A: to tell "IPv6 only" (nothing connects, faults row 54)
  // from "no address at all" (nobody takes mail there).
  const first = yield questions;
  const without: Question[] = [];
  for (let index = 0; index < hosts.length; index += 1) {
    if (first[index]?.kind !== 'records') without.push({ name: hosts[index]?.name ?? '', type: 'AAAA' });
  }
  const second = without.length === 0 ? [] : yield without;
  let asked = 0;
  return hosts.map((_, index) => {
    const result = first[index] ?? NO_ANSWER;
    if (result.kind === 'records') return hostAddresses([result], rules);
    asked += 1;
    return hostAddresses([result, second[asked - 1] ?? NO_ANSWER], rules);
  });
}

/** Nothing of what the MX hosts resolved to may be dialled: why not decides. */
function nothingToDial(hosts: readonly HostAddresses[]): MxLookup {
  const failure = hosts.find((host) => host.failure !== null)?.failure;
  if (failure !== undefined && failure !== null) return temporary(`address of an MX host: ${failure}`);
  const blocked = hosts.flatMap((host) => host.blocked);
  if (blocked.length > 0) return { kind: 'blocked_target', detail: `the mail server's address is not public: ${blocked.slice(0, MAX_ADDRESSES).join(', ')}` };
  return { kind: 'unroutable_mx' };
}

function temporary(detail: string): MxLookup {
  return { kind: 'dns_temporary', detail };
}
