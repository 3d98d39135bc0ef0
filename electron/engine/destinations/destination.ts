// A destination: who serves a domain. All domains with the same set of MX hosts, or of the same known provider
// region, share one, so that limits hold for the server that is asked and not for each of its thousand domains.
// Identity and addresses only; what is going on with it is the pipeline's business.
import type { MxHost } from '../dns/types.ts';
import { mailFlagOf, mailProviderOf, type MailFlag } from '../../../shared/verdict/mail-providers.ts';
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

/** `families`: the address families that this run may use; a host that has only others gets no target.
 *  `favoured`: the MX host to try first among its equals, because it was the one that answered before: RFC 5321 5.1 has
 *  equals shuffled unless there is "a clear reason to favor one". Never before a host of better preference. */
export function destinationOf(hosts: readonly MxHost[], families: readonly (4 | 6)[] = [4, 6], favoured: string | null = null): Destination {
  const targets: DestinationTarget[] = [];
  const seen = new Set<string>();
  for (const host of inOrder(hosts, favoured)) {
    for (const { ip, family } of host.addresses) {
      if (seen.has(ip) || !families.includes(family)) continue;
      seen.add(ip);
      targets.push({ ip, mxHost: host.name });
    }
  }
  const provider = providerOf(hosts[0]?.name ?? '');
  return { key: keyOf(hosts, seen, provider), targets, provider };
}

/** Who runs the hosts that serve a domain, as flags, each once: a gateway may stand before the provider itself. */
export function mailFlagsOf(hosts: readonly MxHost[]): MailFlag[] {
  const found = new Set<MailFlag>();
  for (const { name } of hosts) {
    const provider = mailProviderOf(name);
    if (provider !== null) found.add(mailFlagOf(provider));
  }
  return [...found];
}

/** Whether what one host says of a mailbox holds for the other: the same host by name or address, or two hosts of one
 *  known provider, which is one cluster. A backup MX of another kind may accept what the first one refuses. */
export function isSameServer(one: DestinationTarget, other: DestinationTarget): boolean {
  if (one.mxHost === other.mxHost || one.ip === other.ip) return true;
  const provider = mailProviderOf(one.mxHost);
  return provider !== null && provider.separateHosts !== true && provider.id === mailProviderOf(other.mxHost)?.id;
}

function inOrder(hosts: readonly MxHost[], favoured: string | null): readonly MxHost[] {
  const host = hosts.find(({ name }) => name === favoured);
  if (host === undefined) return hosts;
  const at = hosts.findIndex(({ preference }) => preference === host.preference);
  const others = hosts.filter((other) => other !== host);
  return [...others.slice(0, at), host, ...others.slice(at)];
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
