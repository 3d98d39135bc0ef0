// The first level of the DNS cache: answers in memory, in shards, so that no single structure of a hundred thousand
// entries is walked or grown at once. Bounded by answers. A hit is synchronous and costs no promise; whether it has
// expired is the cache's business, and a sweeper removes what has.
import type { Clock } from '../clock.ts';
import type { CachedAnswer, CacheEntry, CacheLevel } from './cache-level.ts';
import { CacheSweeper, type SweepStats } from './cache-sweeper.ts';
import type { QueryType } from './dns-answer.ts';
import { MemoryShard, type Held } from './memory-shard.ts';

/** Names that are found without asking their shard. A power of two. */
const RECENT = 32_768;

export interface MemoryCacheOptions {
  /** Answers in all shards together. */
  readonly maxEntries: number;
  readonly shards: number;
  readonly clock: Clock;
}

export interface ShardStats {
  /** Answers held. */
  readonly size: number;
  /** How long ago its answers were given, on the average. */
  readonly meanAgeMs: number;
}

export interface MemoryCacheStats {
  readonly shards: readonly ShardStats[];
  /** Answers given up for want of room. */
  readonly evictions: number;
  readonly sweep: SweepStats;
}

export interface MemoryCacheLevel extends CacheLevel {
  tryGet(name: string, type: QueryType): CachedAnswer | null;
  stats(): MemoryCacheStats;
}

export function createMemoryCacheLevel({ maxEntries, shards, clock }: MemoryCacheOptions): MemoryCacheLevel {
  const count = Math.max(1, Math.min(shards, maxEntries));
  const first = new MemoryShard(Math.max(1, Math.floor(maxEntries / count)));
  const all = [first, ...Array.from({ length: count - 1 }, () => new MemoryShard(Math.max(1, Math.floor(maxEntries / count))))];
  const sweeper = new CacheSweeper(all, clock);

  const shardOf = (hash: number): MemoryShard => all[hash % count] ?? first;
  /** The last name that was found for each hash: one step, where a map and the order of use take many. */
  const recent = new Array<Held | null>(RECENT).fill(null);

  function tryGet(name: string, type: QueryType): CachedAnswer | null {
    const hash = hashOf(name);
    const slot = hash & (RECENT - 1);
    const last = recent[slot] ?? null;
    if (last !== null && last.at >= 0 && last.name === name) {
      shardOf(hash).use(last);
      return last[type];
    }
    const held = shardOf(hash).find(name);
    if (held === null) return null;
    recent[slot] = held;
    return held[type];
  }

  function set(entry: CacheEntry): void {
    shardOf(hashOf(entry.name)).set(entry.name, entry.type, entry);
    sweeper.wake();
  }

  return {
    name: 'memory',
    tryGet,
    get: (name, type) => Promise.resolve(tryGet(name, type)),
    getMany: (questions) => Promise.resolve(questions.map(({ name, type }) => tryGet(name, type))),
    set,
    setMany(entries) {
      for (const entry of entries) set(entry);
    },
    get size() {
      return all.reduce((sum, shard) => sum + shard.size, 0);
    },
    stats() {
      const nowMs = clock.monotonicMs();
      return {
        shards: all.map((shard) => ({ size: shard.size, meanAgeMs: shard.meanAgeMs(nowMs) })),
        evictions: all.reduce((sum, shard) => sum + shard.evicted, 0),
        sweep: sweeper.stats(),
      };
    },
    close() {
      sweeper.close();
    },
  };
}

/** FNV-1a: cheap, and spreads names that differ in one letter. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
