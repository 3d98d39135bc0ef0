import { describe, expect, it } from 'vitest';
import type { CachedAnswer, CacheLevel } from '../../../electron/engine/dns/cache-level.ts';
import type { DnsResult } from '../../../electron/engine/dns/dns-answer.ts';
import { createDnsCache } from '../../../electron/engine/dns/dns-cache.ts';
import { createMemoryCacheLevel } from '../../../electron/engine/dns/memory-cache-level.ts';
import { createDrivenClock } from '../../integration/dns/driven-clock.ts';

const NODATA: DnsResult = { kind: 'nodata', ttlSec: 60 };

function cacheOver(results: readonly DnsResult[], levels: readonly CacheLevel[] = [createMemoryCacheLevel({ maxEntries: 100, shards: 4 })]) {
  const clock = createDrivenClock();
  const asked: string[] = [];
  const cache = createDnsCache({
    levels,
    clock,
    source: (name, type) => {
      asked.push(`${type} ${name}`);
      return Promise.resolve(results[Math.min(asked.length, results.length) - 1] ?? NODATA);
    },
  });
  return { clock, asked, cache };
}

/** A level that answers later, as one in a database does. */
function slowLevel(name: string): CacheLevel & { readonly entries: Map<string, CachedAnswer> } {
  const entries = new Map<string, CachedAnswer>();
  return {
    name,
    entries,
    get: (key) => Promise.resolve(entries.get(key) ?? null),
    set: (key, entry) => entries.set(key, entry),
    get size() {
      return entries.size;
    },
  };
}

describe('createDnsCache', () => {
  it('asks once within the TTL and again after it', async () => {
    const { asked, cache, clock } = cacheOver([NODATA]);
    await cache.ask('a.test', 'MX');
    clock.advance(59_999);
    await cache.ask('a.test', 'MX');
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await cache.ask('a.test', 'MX');
    expect(asked).toHaveLength(2);
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 2, coalesced: 0 });
  });

  it('tells types and names apart', async () => {
    const { asked, cache } = cacheOver([NODATA]);
    await Promise.all([cache.ask('a.test', 'MX'), cache.ask('a.test', 'A'), cache.ask('b.test', 'MX')]);
    expect(asked.sort()).toEqual(['A a.test', 'MX a.test', 'MX b.test']);
  });

  it('has one question in flight for each name and type', async () => {
    const { asked, cache } = cacheOver([NODATA]);
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache.ask('a.test', 'MX')));
    expect(asked).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set([NODATA]));
    expect(cache.stats()).toMatchObject({ misses: 1, coalesced: 99 });
  });

  it('keeps no failure', async () => {
    const { asked, cache } = cacheOver([{ kind: 'failed', detail: 'SERVFAIL' }, NODATA]);
    expect((await cache.ask('a.test', 'MX')).kind).toBe('failed');
    expect((await cache.ask('a.test', 'MX')).kind).toBe('nodata');
    expect(asked).toHaveLength(2);
    expect(cache.stats().sizes).toEqual({ memory: 1 });
  });

  it('reads through its levels and writes back to all of them', async () => {
    const near = slowLevel('near');
    const far = slowLevel('far');
    const { asked, cache, clock } = cacheOver([NODATA], [near, far]);
    await cache.ask('a.test', 'MX');
    expect([near.size, far.size]).toEqual([1, 1]);
    near.entries.clear();
    expect(await cache.ask('a.test', 'MX')).toEqual(NODATA);
    expect(near.size).toBe(1);
    expect(asked).toHaveLength(1);
    clock.advance(60_000);
    await cache.ask('a.test', 'MX');
    expect(asked).toHaveLength(2);
  });
});

describe('createMemoryCacheLevel', () => {
  const entry: CachedAnswer = { answer: { kind: 'nodata', ttlSec: 60 }, expiresAtMs: 60_000 };

  it('never holds more than its bound in all shards', () => {
    const level = createMemoryCacheLevel({ maxEntries: 64, shards: 8 });
    for (let index = 0; index < 10_000; index += 1) level.set(`MX n${index}.test`, entry);
    expect(level.size).toBe(64);
  });

  it('spreads names over its shards', () => {
    const level = createMemoryCacheLevel({ maxEntries: 16_000, shards: 16 });
    for (let index = 0; index < 8_000; index += 1) level.set(`MX name${index}.test`, entry);
    for (const size of level.shardSizes()) expect(Math.abs(size - 500)).toBeLessThan(150);
  });

  it('gives up the least recently used first', () => {
    const level = createMemoryCacheLevel({ maxEntries: 2, shards: 1 });
    level.set('a', entry);
    level.set('b', entry);
    void level.get('a');
    level.set('c', entry);
    expect([level.get('a'), level.get('b'), level.get('c')]).toEqual([entry, null, entry]);
  });
});
