// The rate of an import and the time left: of the last few seconds, and nothing before there is something to reckon with.
import { describe, expect, it } from 'vitest';
import { ImportPace } from '../../../../electron/worker/intake/import-pace.ts';

describe('ImportPace', () => {
  it('says nothing at first, then the rate and the time that is left at it', () => {
    let nowMs = 5_000;
    const pace = new ImportPace(() => nowMs);
    nowMs += 100;
    expect(pace.progress(1_000, 10_000, 10)).toEqual({ bytesRead: 1_000, totalBytes: 10_000, rows: 10 });
    nowMs += 300;
    expect(pace.progress(4_000, 10_000, 40)).toEqual({ bytesRead: 4_000, totalBytes: 10_000, rows: 40, bytesPerSecond: 10_000, leftMs: 600 });
    nowMs += 600;
    expect(pace.progress(10_000, 10_000, 100)).toMatchObject({ bytesPerSecond: 10_000, leftMs: 0 });
  });

  it('follows a rate that changes, in a few seconds', () => {
    let nowMs = 0;
    const pace = new ImportPace(() => nowMs);
    let bytes = 0;
    const go = (seconds: number, bytesPerSecond: number): number => {
      let rate = 0;
      for (let step = 0; step < seconds * 10; step++) {
        nowMs += 100;
        bytes += bytesPerSecond / 10;
        rate = pace.progress(bytes, 1e9, 0).bytesPerSecond ?? 0;
      }
      return rate;
    };
    expect(go(5, 1_000_000)).toBe(1_000_000);
    const soon = go(2, 3_000_000);
    expect(soon).toBeGreaterThan(1_900_000);
    expect(soon).toBeLessThan(2_100_000);
    expect(go(20, 3_000_000)).toBeGreaterThan(2_990_000);
  });
});
