import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplyTimes } from '../../../electron/engine/destinations/reply-times.ts';

describe('ReplyTimes', () => {
  it('notices a server that answers a second late where it was quick before (Postfix after ten errors)', () => {
    const times = new ReplyTimes();
    expect([52, 49, 55, 51].map((ms) => times.crawls(ms, 9))).toEqual([false, false, false, false]);
    expect(times.crawls(9_050, 9)).toBe(true);
  });

  it('measures a session against itself: one that was always slow is not crawling', () => {
    const times = new ReplyTimes();
    expect([3_000, 3_200, 2_900, 3_100, 6_000].map((ms) => times.crawls(ms, 9))).toEqual([false, false, false, false, false]);
  });

  it('expects more of a larger flight, and forgives the jitter of a quick network', () => {
    const times = new ReplyTimes();
    for (let i = 0; i < 5; i += 1) times.crawls(400, 5);
    expect(times.crawls(4_000, 50)).toBe(false);
    const quick = new ReplyTimes();
    for (let i = 0; i < 5; i += 1) quick.crawls(1, 9);
    expect(quick.crawls(300, 9)).toBe(false);
  });

  it('never calls a steady pace crawling, whatever the flights hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 60 }), (eachMs, sizes) => {
        const times = new ReplyTimes();
        for (const size of sizes) expect(times.crawls(eachMs * size, size)).toBe(false);
      }),
    );
  });
});
