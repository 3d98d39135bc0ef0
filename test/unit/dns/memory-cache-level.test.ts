import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CachedAnswer } from '../../../electron/engine/dns/cache-level.ts';
import { createMemoryCacheLevel, type MemoryCacheLevel } from '../../../electron/engine/dns/memory-cache-level.ts';
import { createDrivenClock } from '../../integration/dns/driven-clock.ts';

const entry: CachedAnswer = { answer: { kind: 'nodata', ttlSec: 60 }, expiresAtMs: 60_000 };

function levelOf(maxEntries: number, shards: number) {
  const clock = createDrivenClock();
  const level = createMemoryCacheLevel({ maxEntries, shards, clock });
  const set = (name: string, type: 'MX' | 'A' | 'AAAA' = 'MX', of: CachedAnswer = entry): void => {
    level.set({ name, type, ...of });
  };
  return { clock, level, set };
}

const known = (level: MemoryCacheLevel, name: string, type: 'MX' | 'A' | 'AAAA' = 'MX'): boolean => level.tryGet(name, type) !== null;

describe('createMemoryCacheLevel', () => {
  it('never holds more answers than its bound in all shards, and counts what it gave up', () => {
    const { level, set } = levelOf(64, 8);
    for (let index = 0; index < 5_000; index += 1) for (const type of ['MX', 'A'] as const) set(`n${index}.test`, type);
    expect(level.size).toBe(64);
    expect(level.stats().evictions).toBe(10_000 - 64);
  });

  it('spreads names over its shards', () => {
    const { level, set } = levelOf(16_000, 16);
    for (let index = 0; index < 8_000; index += 1) set(`name${index}.test`);
    for (const { size } of level.stats().shards) expect(Math.abs(size - 500)).toBeLessThan(150);
  });

  it('gives up the least recently used name first', () => {
    const { level, set } = levelOf(2, 1);
    set('a');
    set('b');
    level.tryGet('a', 'MX');
    set('c');
    expect([known(level, 'a'), known(level, 'b'), known(level, 'c')]).toEqual([true, false, true]);
  });

  it('knows the order of use of names that it finds by the short way too', () => {
    const { level, set } = levelOf(3, 1);
    for (const name of ['a', 'b', 'c']) set(name);
    level.tryGet('a', 'MX');
    set('d');
    level.tryGet('a', 'MX');
    set('e');
    set('f');
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => known(level, name))).toEqual([true, false, false, false, true, true]);
  });

  it('keeps the types of a name apart', () => {
    const { level, set } = levelOf(10, 1);
    set('a', 'A');
    expect([known(level, 'a', 'A'), known(level, 'a', 'MX'), known(level, 'a', 'AAAA')]).toEqual([true, false, false]);
  });

  it('tells the size and the mean age of its shards', () => {
    const { clock, level, set } = levelOf(10, 1);
    set('a', 'MX', { answer: { kind: 'nodata', ttlSec: 60 }, expiresAtMs: 60_000 });
    clock.advance(1_000);
    set('b', 'MX', { answer: { kind: 'nodata', ttlSec: 30 }, expiresAtMs: 31_000 });
    expect(level.stats().shards).toEqual([{ size: 2, meanAgeMs: 500 }]);
    expect(levelOf(10, 1).level.stats().shards).toEqual([{ size: 0, meanAgeMs: 0 }]);
  });

  it('after any sets, reads and sweeps holds what a plain map would, or less, and counts it rightly', () => {
    const step = fc.record({ name: fc.nat(12), type: fc.constantFrom('MX' as const, 'A' as const, 'AAAA' as const), ttlSec: fc.integer({ min: 1, max: 120 }), waitMs: fc.nat(40_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (steps, maxEntries) => {
        const { clock, level, set } = levelOf(maxEntries, 1);
        const model = new Map<string, number>();
        for (const { name, type, ttlSec, waitMs } of steps) {
          const expiresAtMs = clock.monotonicMs() + ttlSec * 1000;
          set(`n${name}`, type, { answer: { kind: 'nodata', ttlSec }, expiresAtMs });
          model.set(`${type} n${name}`, expiresAtMs);
          clock.advance(waitMs);
          let held = 0;
          for (const [key, expiry] of model) {
            const [ofType = '', ofName = ''] = key.split(' ');
            const found = level.tryGet(ofName, ofType as 'MX');
            if (found === null) continue;
            held += 1;
            expect(found.expiresAtMs).toBe(expiry);
          }
          expect(level.size).toBe(held);
          expect(level.size).toBeLessThanOrEqual(maxEntries);
        }
        level.close();
        expect(clock.timers).toBe(0);
      }),
    );
  });
});

describe('the sweep', () => {
  it('removes what has expired and nothing else, and rests where there is nothing', () => {
    const { clock, level, set } = levelOf(1_000, 4);
    expect(clock.timers).toBe(0);
    for (let index = 0; index < 300; index += 1) set(`n${index}`, 'MX', { answer: { kind: 'nodata', ttlSec: 60 }, expiresAtMs: index % 3 === 0 ? 10_000 : 100_000 });
    set('n0', 'A', { answer: { kind: 'nodata', ttlSec: 60 }, expiresAtMs: 100_000 });
    clock.advance(31_000);
    expect(level.size).toBe(201);
    expect(level.stats().sweep.expired).toBe(100);
    expect([known(level, 'n0', 'A'), known(level, 'n0'), known(level, 'n1'), known(level, 'n3')]).toEqual([true, false, true, false]);
    clock.advance(100_000);
    expect([level.size, clock.timers]).toEqual([0, 0]);
    set('again');
    expect(clock.timers).toBe(1);
  });

  it('goes in slices that end at their bound, with room between them', () => {
    const driven = createDrivenClock();
    // Every look at the clock costs time, as work does.
    let spentMs = 0;
    const clock = { ...driven, monotonicMs: () => driven.monotonicMs() + (spentMs += 0.3) };
    const level = createMemoryCacheLevel({ maxEntries: 10_000, shards: 4, clock });
    for (let index = 0; index < 5_000; index += 1) level.set({ name: `n${index}`, type: 'MX', answer: { kind: 'nodata', ttlSec: 1 }, expiresAtMs: 1_000 });
    driven.advance(30_000);
    const first = level.stats().sweep;
    expect(first.slices).toBe(1);
    expect(first.expired).toBeLessThan(500);
    driven.advance(3);
    expect(level.stats().sweep.slices).toBe(1);
    driven.advance(1_000);
    expect(level.size).toBe(0);
    expect(level.stats().sweep.longestSliceMs).toBeLessThan(5);
    level.close();
  });
});
