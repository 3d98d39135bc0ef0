// Full jitter: never longer than the step, all the way down to nothing, and bounded.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullJitterMs } from '../../../electron/engine/smtp/back-off.ts';

it('doubles the step up to its bound', () => {
  const longest = (tries: number): number => fullJitterMs(tries, { baseMs: 500, maxMs: 8_000 }, () => 1);
  expect([0, 1, 2, 3, 4, 5, 500, 2_000].map(longest)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
});

it('takes any share of the step (property)', () => {
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, share) => {
      const waitMs = fullJitterMs(tries, { baseMs: 500, maxMs: 8_000 }, () => share);
      expect(waitMs).toBe(Math.round(share * fullJitterMs(tries, { baseMs: 500, maxMs: 8_000 }, () => 1)));
    }),
  );
});
