// The addresses of one MX host, sorted by whether this run may dial them.
// Always holds: what is handed out has passed the target policy; an AAAA that wraps a private IPv4 address has not.
// Says for certain that there is nothing only where every question was answered.
import { isAllowedTarget, targetClassOf, type TargetPolicy } from '../../../shared/net/target-policy.ts';
import type { DnsCache } from './dns-cache.ts';
import { followAliases } from './follow-aliases.ts';
import { shuffle } from './shuffle.ts';
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
  /** The name does not exist at all (confirmed). */
  readonly missing: boolean;
}

export interface HostAddressOptions extends TargetPolicy {
  readonly ipv6: boolean;
  readonly random: () => number;
}

export async function hostAddresses(cache: DnsCache, name: string, options: HostAddressOptions): Promise<HostAddresses> {
  const ipv4 = followAliases(cache, name, 'A');
  // Without IPv6 the AAAA is asked for only if there is no A: to tell "IPv6 only" (nothing connects, faults row 54)
  // from "no address at all" (nobody takes mail there).
  const ipv6 = options.ipv6 || !hasRecords(await ipv4) ? followAliases(cache, name, 'AAAA') : null;
  const results = [await ipv4, ...(ipv6 === null ? [] : [await ipv6])];

  const allowed: string[] = [];
  const blocked: string[] = [];
  const unroutable: string[] = [];
  for (const result of results) {
    if (result.kind !== 'records') continue;
    for (const ip of shuffle([...new Set(result.ips)], options.random)) {
      if (isAllowedTarget(ip, options)) {
        allowed.push(ip);
        continue;
      }
      const targetClass = targetClassOf(ip);
      if (targetClass === 'loopback' || targetClass === 'unspecified') unroutable.push(ip);
      else blocked.push(ip);
    }
  }
  const failed = results.find((result) => result.kind === 'failed');
  return {
    addresses: allowed.map((ip) => ({ ip, family: ip.includes(':') ? 6 : 4 })),
    blocked,
    unroutable,
    failure: failed === undefined ? null : failed.detail,
    missing: results.every((result) => result.kind === 'nxdomain'),
  };
}

function hasRecords(result: { readonly kind: string }): boolean {
  return result.kind === 'records';
}
