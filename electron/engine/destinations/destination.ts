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
  /** Stable within a run: the sorted MX host names. */
  readonly key: string;
  /** In the order in which they are tried (preference, then as shuffled by the resolver). */
  readonly targets: readonly DestinationTarget[];
  readonly provider: ProviderRules | null;
}

/** Microsoft gives every tenant MX names of its own on shared addresses; Google has many names for one service.
 *  The addresses are what connects such domains, so the key is made of them where the provider is known. */
export function destinationOf(hosts: readonly MxHost[]): Destination {
  const targets: DestinationTarget[] = [];
  const seen = new Set<string>();
  for (const host of hosts) {
    for (const { ip } of host.addresses) {
      if (seen.has(ip)) continue;
      seen.add(ip);
      targets.push({ ip, mxHost: host.name });
    }
  }
  const first = targets[0];
  const provider = first === undefined ? null : providerOf(first.mxHost);
  const key = provider === null ? [...new Set(hosts.map((host) => host.name))].sort().join(' ') : `${provider.id} ${[...seen].sort().join(' ')}`;
  return { key, targets, provider };
}
