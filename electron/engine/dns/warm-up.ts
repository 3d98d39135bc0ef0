// Looks up domains before they are needed, so that the first connections of a run need not wait for DNS: a list's
// commonest domains, which most of its rows belong to.
// Always holds: at most half of the places are taken, so that whoever asks meanwhile still gets his turn. Never rejects.
import { canonicalName } from './dns-name.ts';
import type { DnsCache } from './dns-cache.ts';
import type { MxLookup } from './types.ts';

export interface WarmUpOptions {
  readonly cache: Pick<DnsCache, 'getMany'>;
  readonly lookup: (domain: string) => Promise<MxLookup>;
  /** Look-ups that may be under way at a time in all. */
  readonly concurrency: number;
}

/** Resolves when all of them have ended, however they did. */
export async function warmUp(domains: readonly string[], { cache, lookup, concurrency }: WarmUpOptions): Promise<void> {
  const names = [...new Set(domains.map(canonicalName))];
  // What a level behind memory knows is fetched in one call.
  await cache.getMany(names.map((name) => ({ name, type: 'MX' })));
  let next = 0;
  async function goOn(): Promise<void> {
    for (let name = names[next]; name !== undefined; name = names[next]) {
      next += 1;
      await lookup(name);
    }
  }
  const places = Math.min(names.length, Math.max(1, Math.floor(concurrency / 2)));
  await Promise.all(Array.from({ length: places }, goOn));
}
