// A destination: who serves a domain. All domains with the same set of MX hosts, or of the same known provider
// region, share one, so that limits hold for the server that is asked and not for each of its thousand domains.
// Identity and addresses only; what is going on with it is the pipeline's business.
import type { MxHost } from '../dns/types.ts';
import { providerOf, type ProviderRules } from './provider-rules.ts';

export interface DestinationTarget {
  readonly ip: string;
  readonly mxHost: string;
}

export interface Destination {
  /** What its domains have in common, by the provider's rule or the MX names; stable within a run. */
  readonly key: string;
  /** In the order in which they are tried (preference, then as shuffled by the resolver). */
  readonly targets: readonly DestinationTarget[];
  readonly provider: ProviderRules | null;
}

/** `families`: the address families that this run may use; a host that has only others gets no target. */
export function destinationOf(hosts: readonly MxHost[], families: readonly (4 | 6)[] = [4, 6]): Destination {
  const targets: DestinationTarget[] = [];
  const seen = new Set<string>();
  for (const host of hosts) {
    for (const { ip, family } of host.addresses) {
      if (seen.has(ip) || !families.includes(family)) continue;
      seen.add(ip);
      targets.push({ ip, mxHost: host.name });
    }
  }
  const provider = providerOf(hosts[0]?.name ?? '');
  return { key: keyOf(hosts, seen, provider), targets, provider };
}

function keyOf(hosts: readonly MxHost[], ips: ReadonlySet<string>, provider: ProviderRules | null): string {
  const joined = (parts: Iterable<string>) => [...new Set(parts)].sort().join(' ');
  switch (provider?.joinedBy) {
    case 'provider':
      return provider.id;
    case 'addresses':
      return `${provider.id} ${joined(ips)}`;
    case undefined:
      return joined(hosts.map((host) => host.name));
  }
}
