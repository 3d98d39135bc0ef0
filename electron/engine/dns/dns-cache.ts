// The cache before the resolver: one question in flight for each name and type, certain answers kept for their TTL
// (negative ones too, RFC 2308), in levels. A failure is never kept: SERVFAIL and silence say nothing about a name.
import type { Clock } from '../clock.ts';
import type { CacheLevel } from './cache-level.ts';
import type { DnsResult, QueryType } from './dns-answer.ts';

export interface DnsCacheStats {
  readonly hits: number;
  readonly misses: number;
  /** Questions that joined one that was already out. */
  readonly coalesced: number;
  /** Entries by level. */
  readonly sizes: Readonly<Record<string, number>>;
}

export interface DnsCache {
  ask(name: string, type: QueryType): Promise<DnsResult>;
  stats(): DnsCacheStats;
}

export interface DnsCacheOptions {
  /** Read in this order; may be empty. */
  readonly levels: readonly CacheLevel[];
  readonly clock: Clock;
  /** Asked on a miss. Never rejects. */
  readonly source: (name: string, type: QueryType) => Promise<DnsResult>;
}

export function createDnsCache({ levels, clock, source }: DnsCacheOptions): DnsCache {
  const inFlight = new Map<string, Promise<DnsResult>>();
  const counts = { hits: 0, misses: 0, coalesced: 0 };

  async function answer(key: string, name: string, type: QueryType): Promise<DnsResult> {
    for (const [index, level] of levels.entries()) {
      const entry = await level.get(key);
      if (entry === null || entry.expiresAtMs <= clock.monotonicMs()) continue;
      for (const nearer of levels.slice(0, index)) nearer.set(key, entry);
      counts.hits += 1;
      return entry.answer;
    }
    counts.misses += 1;
    const result = await source(name, type);
    if (result.kind !== 'failed') {
      const entry = { answer: result, expiresAtMs: clock.monotonicMs() + result.ttlSec * 1000 };
      for (const level of levels) level.set(key, entry);
    }
    return result;
  }

  return {
    ask(name, type) {
      const key = `${type} ${name}`;
      const joined = inFlight.get(key);
      if (joined !== undefined) {
        counts.coalesced += 1;
        return joined;
      }
      const asked = answer(key, name, type).finally(() => inFlight.delete(key));
      inFlight.set(key, asked);
      return asked;
    },
    stats: () => ({ ...counts, sizes: Object.fromEntries(levels.map((level) => [level.name, level.size])) }),
  };
}
