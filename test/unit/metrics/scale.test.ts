import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDS, BUCKETS, bucketOf, quantileOf } from '../../../electron/engine/metrics/scale.ts';

const duration = fc.double({ min: 0, max: 5e6, noNaN: true });

describe('the scale', () => {
  it('rises by a fifth at most, and holds round numbers', () => {
    for (let index = 1; index < BOUNDS.length; index += 1) expect(BOUNDS[index]! / BOUNDS[index - 1]!).toBeLessThanOrEqual(1.2001);
    for (const round of [0.1, 0.25, 1, 2.5, 5, 10, 25, 100, 1000, 60_000, 3_600_000]) expect(BOUNDS).toContain(round);
  });

  it('puts a value into the first bucket whose bound is not below it', () => {
    fc.assert(
      fc.property(duration, (value) => {
        expect(bucketOf(value)).toBe(BOUNDS.findIndex((bound) => value <= bound));
      }),
    );
    expect(bucketOf(1e9)).toBe(BUCKETS - 1);
    expect(bucketOf(Number.NaN)).toBe(0);
    expect(bucketOf(-1)).toBe(0);
  });

  it('tells any quantile to within its bucket', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 200 }), fc.constantFrom(0.5, 0.95, 0.99, 1), (values, share) => {
        const counts = new Float64Array(BUCKETS);
        for (const value of values) counts[bucketOf(value)]! += 1;
        const exact = values.sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)]!;
        const told = quantileOf(counts, values.length, values.at(-1)!, share)!;
        expect(bucketOf(told)).toBe(bucketOf(exact));
        expect(told).toBeLessThanOrEqual(values.at(-1)!);
      }),
    );
    expect(quantileOf(new Float64Array(BUCKETS), 0, 0, 0.5)).toBeNull();
  });
});
