import { describe, expect, it } from 'vitest';
import type { CachedAnswer, CacheLevel } from '../../../electron/engine/dns/cache-level.ts';
import type { DnsResult } from '../../../electron/engine/dns/dns-answer.ts';
import { createDnsCache } from '../../../electron/engine/dns/dns-cache.ts';
import { createMemoryCacheLevel } from '../../../electron/engine/dns/memory-cache-level.ts';
import { questionKey } from '../../../electron/engine/dns/question.ts';
import { createDrivenClock, type DrivenClock } from '../../integration/dns/driven-clock.ts';

const NODATA: DnsResult = { kind: 'nodata', ttlSec: 60 };
const FAILED: DnsResult = { kind: 'failed', detail: 'SERVFAIL' };
const DEADLINE_MS = 1e9;

function memory(clock: DrivenClock): CacheLevel {
  return createMemoryCacheLevel({ maxEntries: 100, shards: 4, clock });
}

/** Questions are answered by hand, or at once with `results`. */
function cacheOver(options: { results?: readonly DnsResult[]; levels?: (clock: DrivenClock) => readonly CacheLevel[] } = {}) {
  const clock = createDrivenClock();
  const asked: { readonly question: string; readonly deadlineMs: number; readonly answer: (result: DnsResult) => void }[] = [];
  const observed: string[] = [];
  const cache = createDnsCache({
    levels: options.levels?.(clock) ?? [memory(clock)],
    clock,
    observer: { lookup: () => undefined, question: (tookMs, from, outcome) => observed.push(`${from} ${outcome} ${tookMs}`) },
    source: (question) => {
      const { name, type, deadlineMs } = question;
      asked.push({ question: questionKey(name, type), deadlineMs, answer: (result) => { question.settle(result); } });
      const result = options.results?.[Math.min(asked.length, options.results.length) - 1];
      if (result !== undefined) question.settle(result);
    },
  });
  return { clock, asked, cache, observed };
}

/** A level that answers later, as one in a database does. */
function slowLevel(name: string): CacheLevel & { readonly entries: Map<string, CachedAnswer>; readonly calls: number[] } {
  const entries = new Map<string, CachedAnswer>();
  const calls: number[] = [];
  const level = {
    name,
    entries,
    calls,
    get: (asked: string, type: 'MX' | 'A' | 'AAAA') => Promise.resolve(entries.get(questionKey(asked, type)) ?? null),
    getMany: (questions: readonly { name: string; type: 'MX' | 'A' | 'AAAA' }[]) => {
      calls.push(questions.length);
      return Promise.resolve(questions.map((question) => entries.get(questionKey(question.name, question.type)) ?? null));
    },
    set: (entry: Parameters<CacheLevel['set']>[0]) => { entries.set(questionKey(entry.name, entry.type), { answer: entry.answer, expiresAtMs: entry.expiresAtMs }); },
    setMany: (all: Parameters<CacheLevel['setMany']>[0]) => { for (const entry of all) level.set(entry); },
    get size() {
      return entries.size;
    },
    close: () => undefined,
  };
  return level;
}

describe('createDnsCache', () => {
  it('asks once within the TTL and again after it', async () => {
    const { asked, cache, clock } = cacheOver({ results: [NODATA] });
    await cache.ask('a.test', 'MX', DEADLINE_MS);
    clock.advance(59_999);
    await cache.ask('a.test', 'MX', DEADLINE_MS);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(cache.tryAsk('a.test', 'MX')).toBeNull();
    await cache.ask('a.test', 'MX', DEADLINE_MS);
    expect(asked).toHaveLength(2);
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 2, coalesced: 0 });
  });

  it('answers from memory at once, without a promise', async () => {
    const { cache, observed } = cacheOver({ results: [NODATA] });
    expect(cache.tryAsk('a.test', 'MX')).toBeNull();
    await cache.ask('a.test', 'MX', DEADLINE_MS);
    expect(cache.tryAsk('a.test', 'MX')).toEqual(NODATA);
    expect(cache.tryAsk('a.test', 'A')).toBeNull();
    expect(observed).toEqual(['server nodata 0', 'memory nodata 0']);
  });

  it('tells types and names apart', async () => {
    const { asked, cache } = cacheOver({ results: [NODATA] });
    await Promise.all([cache.ask('a.test', 'MX', DEADLINE_MS), cache.ask('a.test', 'A', DEADLINE_MS), cache.ask('b.test', 'MX', DEADLINE_MS)]);
    expect(asked.map(({ question }) => question).sort()).toEqual(['A a.test', 'MX a.test', 'MX b.test']);
  });

  it('has one question in flight for each name and type', async () => {
    const { asked, cache, observed, clock } = cacheOver();
    const answers = Promise.all(Array.from({ length: 100 }, () => cache.ask('a.test', 'MX', DEADLINE_MS)));
    expect(asked).toHaveLength(1);
    clock.advance(20);
    asked[0]?.answer(NODATA);
    expect(new Set(await answers)).toEqual(new Set([NODATA]));
    expect(cache.stats()).toMatchObject({ misses: 1, coalesced: 99 });
    expect(observed).toEqual(['server nodata 20', ...Array.from({ length: 99 }, () => 'joined nodata 20')]);
  });

  it('keeps no failure', async () => {
    const { asked, cache } = cacheOver({ results: [FAILED, NODATA] });
    expect((await cache.ask('a.test', 'MX', DEADLINE_MS)).kind).toBe('failed');
    expect((await cache.ask('a.test', 'MX', DEADLINE_MS)).kind).toBe('nodata');
    expect(asked).toHaveLength(2);
    expect(cache.stats().sizes).toEqual({ memory: 1 });
  });
});

describe('a question that joins another', () => {
  it('ends by its own deadline where that is earlier', async () => {
    const { asked, cache, clock } = cacheOver();
    const patient = cache.ask('a.test', 'MX', 8_000);
    const hasty = cache.ask('a.test', 'MX', 3_000);
    clock.advance(3_000);
    expect(await hasty).toEqual({ kind: 'failed', detail: 'no answer in time' });
    asked[0]?.answer(NODATA);
    expect(await patient).toEqual(NODATA);
    expect(asked).toHaveLength(1);
    expect(clock.timers).toBe(1); // the sweeper's
  });

  it('is asked again where the other ran out of time and this one has some left', async () => {
    const { asked, cache, clock } = cacheOver();
    const first = cache.ask('a.test', 'MX', 3_000);
    const second = cache.ask('a.test', 'MX', 8_000);
    clock.advance(3_000);
    asked[0]?.answer(FAILED);
    expect(await first).toEqual(FAILED);
    for (let turn = 0; asked.length < 2 && turn < 10; turn += 1) await Promise.resolve();
    expect(asked.map(({ deadlineMs }) => deadlineMs)).toEqual([3_000, 8_000]);
    asked[1]?.answer(NODATA);
    expect(await second).toEqual(NODATA);
  });

  it('is not asked again where a server has said that it will not answer', async () => {
    const { asked, cache } = cacheOver();
    const both = [cache.ask('a.test', 'MX', 3_000), cache.ask('a.test', 'MX', 8_000)];
    asked[0]?.answer(FAILED);
    expect(await Promise.all(both)).toEqual([FAILED, FAILED]);
    expect(asked).toHaveLength(1);
  });
});

describe('levels', () => {
  it('are read through and written back to', async () => {
    const near = slowLevel('near');
    const far = slowLevel('far');
    const { asked, cache, clock, observed } = cacheOver({ results: [NODATA], levels: () => [near, far] });
    await cache.ask('a.test', 'MX', DEADLINE_MS);
    expect([near.size, far.size]).toEqual([1, 1]);
    near.entries.clear();
    expect(await cache.ask('a.test', 'MX', DEADLINE_MS)).toEqual(NODATA);
    expect(near.size).toBe(1);
    expect(asked).toHaveLength(1);
    expect(observed).toEqual(['server nodata 0', 'far nodata 0']);
    clock.advance(60_000);
    await cache.ask('a.test', 'MX', DEADLINE_MS);
    expect(asked).toHaveLength(2);
  });

  it('behind memory are asked before the source, and once for all who ask at the same time', async () => {
    const far = slowLevel('far');
    const { asked, cache, observed } = cacheOver({ levels: (clock) => [memory(clock), far] });
    far.set({ name: 'a.test', type: 'MX', answer: NODATA, expiresAtMs: 60_000 });
    await Promise.all([cache.ask('a.test', 'MX', DEADLINE_MS), cache.ask('a.test', 'MX', DEADLINE_MS)]);
    expect(asked).toEqual([]);
    expect(cache.tryAsk('a.test', 'MX')).toEqual(NODATA);
    expect(observed).toEqual(['far nodata 0', 'joined nodata 0', 'memory nodata 0']);
  });

  it('are read in bulk with one call each, and nobody else is asked', async () => {
    const far = slowLevel('far');
    const { asked, cache } = cacheOver({ levels: (clock) => [memory(clock), far] });
    cache.setMany([{ name: 'n0.test', type: 'MX', answer: NODATA }]);
    far.entries.clear();
    for (let index = 1; index < 10; index += 2) far.set({ name: `n${index}.test`, type: 'MX', answer: NODATA, expiresAtMs: 60_000 });
    far.set({ name: 'n9.test', type: 'MX', answer: NODATA, expiresAtMs: 0 });
    const questions = Array.from({ length: 10 }, (_, index) => ({ name: `n${index}.test`, type: 'MX' as const }));
    expect((await cache.getMany(questions)).map((answer) => answer !== null)).toEqual([true, true, false, true, false, true, false, true, false, false]);
    expect(far.calls).toEqual([9]);
    // What was found is in memory now.
    expect(cache.tryAsk('n7.test', 'MX')).toEqual(NODATA);
    expect(asked).toEqual([]);
    expect(cache.stats()).toMatchObject({ hits: 6, misses: 0 });
  });

  it('are written in bulk, each answer for its TTL', async () => {
    const far = slowLevel('far');
    const { cache, clock } = cacheOver({ levels: () => [far] });
    clock.advance(5_000);
    cache.setMany([{ name: 'a.test', type: 'MX', answer: NODATA }, { name: 'b.test', type: 'A', answer: { kind: 'nxdomain', ttlSec: 30 } }]);
    expect([...far.entries]).toEqual([['MX a.test', { answer: NODATA, expiresAtMs: 65_000 }], ['A b.test', { answer: { kind: 'nxdomain', ttlSec: 30 }, expiresAtMs: 35_000 }]]);
  });
});
