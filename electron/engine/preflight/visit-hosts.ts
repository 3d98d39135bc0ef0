// Visits one mail server of each domain, all at the same time, each by its first address that may be dialled. Domains
// that share a host are visited once: who is asked shall be unrelated.
// Never rejects; a domain that DNS knows nothing of is left out.
import type { PreflightOptions, Visit } from './types.ts';

export async function visitHosts({ visits, resolver, meet }: PreflightOptions, signal: AbortSignal): Promise<readonly Visit[]> {
  const targets = await Promise.all(visits.map(async (domain) => {
    const lookup = await resolver.lookup(domain);
    if (lookup.kind !== 'hosts') return null;
    for (const { name, addresses } of lookup.hosts) {
      const address = addresses.find(({ family }) => family === 4) ?? addresses[0];
      if (address !== undefined) return { domain, mxHost: name, ip: address.ip };
    }
    return null;
  }));
  const seen = new Set<string>();
  const distinct = targets.flatMap((target) => {
    if (target === null || seen.has(target.ip)) return [];
    seen.add(target.ip);
    return [target];
  });
  return Promise.all(distinct.map(async (target): Promise<Visit> => ({ ...target, meeting: await meet(target.ip, signal) })));
}
