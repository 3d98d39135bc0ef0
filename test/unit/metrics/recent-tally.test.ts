import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentTally } from '../../../electron/engine/metrics/recent-tally.ts';
import { bucketOf } from '../../../electron/engine/metrics/scale.ts';

const add = (tally: RecentTally, atMs: number, valueMs = 1, units = 1, failed = false): void => {
  tally.add(atMs, bucketOf(valueMs), valueMs, units, failed);
};

describe('a sliding window', () => {
  it('knows nothing before anything happened', () => {
    expect(new RecentTally(0).over(10, 5_000)).toMatchObject({ count: 0, perSecond: 0, p50Ms: null, maxMs: null });
  });

  it('counts what happened within it, by the time that it covers', () => {
    const tally = new RecentTally(500);
    add(tally, 1_000, 10, 50);
    add(tally, 2_000, 30, 50, true);
    expect(tally.over(10, 2_500)).toMatchObject({ coveredSec: 2, count: 2, failed: 1, units: 100, perSecond: 1, unitsPerSecond: 50, maxMs: 30 });
  });

  it('forgets what slid out, and keeps it for a longer window', () => {
    const tally = new RecentTally(0);
    add(tally, 1_000);
    add(tally, 15_500);
    expect(tally.over(10, 20_000).count).toBe(1);
    expect(tally.over(10, 25_000).count).toBe(0);
    expect(tally.over(60, 25_000).count).toBe(2);
    expect(tally.over(300, 1_000_000).count).toBe(0);
  });

  it('tells quantiles over all of its seconds, to within a bucket', () => {
    const tally = new RecentTally(0);
    for (let ms = 1; ms <= 100; ms += 1) add(tally, (ms % 9) * 1_000, ms);
    const { p50Ms, p95Ms, p99Ms } = tally.over(10, 9_000);
    expect([p50Ms, p95Ms, p99Ms].map((ms) => bucketOf(ms!))).toEqual([50, 95, 99].map(bucketOf));
  });

  it('is right for any events and any moment, to the second', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 300 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(moments, fc.constantFrom(10, 60, 300), (times, windowSec) => {
        const tally = new RecentTally(0);
        for (const atMs of times) add(tally, atMs);
        const nowMs = times.at(-1) ?? 0;
        const first = Math.floor(nowMs / 1000) - windowSec + 1;
        expect(tally.over(windowSec, nowMs).count).toBe(times.filter((atMs) => Math.floor(atMs / 1000) >= first).length);
      }),
    );
  });
});
