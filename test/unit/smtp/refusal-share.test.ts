// How many recipients a host may be asked at once, by what it refused so far.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusalShare } from '../../../electron/engine/smtp/refusal-share.ts';

function share(answered: number, refused: number): RefusalShare {
  const made = new RefusalShare();
  made.count(answered, refused);
  return made;
}

describe('RefusalShare', () => {
  it('says nothing of a host that it hardly knows: as many as errors are left', () => {
    expect(share(99, 0).share).toBeNull();
    expect(share(99, 0).mostFor(9)).toBe(9);
    expect(share(99, 0).mostFor(0)).toBe(0);
    expect(share(99, 0).mostFor(-3)).toBe(0);
  });

  it.each([
    // n·p + 2·√(n·p·(1−p)) ≤ 9, by hand: 1 % → 396, 5 % → 93, 30 % → 17, all → 9.
    [0, 396],
    [50, 92],
    [300, 17],
    [1_000, 9],
  ])('%i refused of 1,000: %i at once for nine errors', (refused, most) => {
    const told = share(1_000, refused);
    const p = told.share ?? 0;
    const n = told.mostFor(9);
    expect(n * p + 2 * Math.sqrt(n * p * (1 - p))).toBeLessThanOrEqual(9 + 1e-9);
    if (refused > 0) expect(Math.abs(n - most)).toBeLessThanOrEqual(1);
    else expect(n).toBeGreaterThan(most);
  });

  it('keeps to the errors left where a host hangs up over errors', () => {
    const told = share(1_000, 10);
    expect(told.mostFor(9)).toBeGreaterThan(50);
    told.becomeStrict();
    expect(told.mostFor(9)).toBe(9);
  });

  it('forgets slowly: newer answers count more', () => {
    const told = share(1_001, 0);
    expect(told.share).toBeLessThan(0.01);
    told.count(400, 400);
    expect(told.share).toBeGreaterThan(0.4);
  });

  it('is the largest that keeps the promise, and never below the errors left (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1_000 }), fc.nat({ max: 1_000 }), fc.integer({ min: 1, max: 1_000 }), (answered, refused, errors) => {
        const told = share(answered, Math.min(answered, refused));
        const p = told.share ?? 0;
        const n = told.mostFor(errors);
        const likely = (count: number): number => count * p + 2 * Math.sqrt(count * p * (1 - p));
        expect(n).toBeGreaterThanOrEqual(errors);
        if (n > errors) expect(likely(n)).toBeLessThanOrEqual(errors + 1e-6);
        expect(Math.max(likely(n + 1), n + 1)).toBeGreaterThan(errors);
      }),
    );
  });
});
