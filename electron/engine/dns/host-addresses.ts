// The addresses of one MX host, sorted by whether this run may dial them. Pure: the answers are given.
// Always holds: what is handed out has passed the target policy; an AAAA that wraps a private IPv4 address has not.
// Says for certain that there is nothing only where every question was answered.
import type { FollowedResult } from './follow-aliases.ts';
import { shuffle } from './shuffle.ts';
import type { TargetSieve } from './target-sieve.ts';
import type { MxAddress } from './types.ts';

export interface HostAddresses {
  /** Allowed ones, IPv4 first. */
  readonly addresses: readonly MxAddress[];
  /** Private and reserved addresses that were refused: may be split-horizon DNS. */
  readonly blocked: readonly string[];
  /** Loopback and unspecified addresses that were refused: certainly not the host's. */
  readonly unroutable: readonly string[];
  /** Why it is not certain that these are all, or null. */
  readonly failure: string | null;
  /** The name is an alias (CNAME) of the host's. */
  readonly aliased: boolean;
  /** The name does not exist at all (confirmed). */
  readonly missing: boolean;
}

export interface HostAddressOptions {
  readonly sieve: TargetSieve;
  /** Gives [0, 1). */
  readonly random: () => number;
}

const NONE: readonly never[] = [];

/** `results`: what was answered for the host's A, and for its AAAA where that was asked. */
export function hostAddresses(results: readonly FollowedResult[], options: HostAddressOptions): HostAddresses {
  const addresses: MxAddress[] = [];
  let blocked: string[] | null = null;
  let unroutable: string[] | null = null;
  let failure: string | null = null;
  let aliased = false;
  let missing = true;
  for (const result of results) {
    if (result.kind !== 'nxdomain') missing = false;
    if (result.kind === 'failed') failure ??= result.detail;
    if (result.kind !== 'records') continue;
    if (result.aliased === true) aliased = true;
    // Nearly all hosts have one address: nothing to be told apart or put in another order.
    const ips = result.ips.length < 2 ? result.ips : shuffle([...new Set(result.ips)], options.random);
    for (const ip of ips) {
      const sort = options.sieve(ip);
      if (sort === 'allowed') addresses.push({ ip, family: ip.includes(':') ? 6 : 4 });
      else if (sort === 'unroutable') (unroutable ??= []).push(ip);
      else (blocked ??= []).push(ip);
    }
  }
  return { addresses, blocked: blocked ?? NONE, unroutable: unroutable ?? NONE, failure, aliased, missing };
}
