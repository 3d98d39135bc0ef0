// The first level of the DNS cache: lru-cache in shards, so that no single structure of a hundred thousand entries is
// walked or grown at once. Bounded by entries; the least recently used goes first. Expiry is the cache's business.
import { LRUCache } from 'lru-cache';
import type { CachedAnswer, CacheLevel } from './cache-level.ts';

export interface MemoryCacheOptions {
  /** In all shards together. */
  readonly maxEntries: number;
  readonly shards: number;
}

export interface MemoryCacheLevel extends CacheLevel {
  /** Entries in each shard. */
  shardSizes(): readonly number[];
}

export function createMemoryCacheLevel({ maxEntries, shards }: MemoryCacheOptions): MemoryCacheLevel {
  const max = Math.max(1, Math.ceil(maxEntries / shards));
  const [first, ...others] = Array.from({ length: Math.max(1, shards) }, () => new LRUCache<string, CachedAnswer>({ max }));
  if (first === undefined) throw new Error('A cache has at least one shard');
  const all = [first, ...others];
  const shardOf = (key: string): LRUCache<string, CachedAnswer> => all[hashOf(key) % all.length] ?? first;

  return {
    name: 'memory',
    get: (key) => shardOf(key).get(key) ?? null,
    set(key, entry) {
      shardOf(key).set(key, entry);
    },
    get size() {
      return all.reduce((sum, shard) => sum + shard.size, 0);
    },
    shardSizes: () => all.map((shard) => shard.size),
  };
}

/** FNV-1a: cheap, and spreads names that differ in one letter. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
