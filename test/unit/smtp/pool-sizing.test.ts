// How wide a target is: by demand up to its limit, and back after a window of little use.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PoolSizing, SIZING_WINDOW_MS } from '../../../electron/engine/smtp/pool-sizing.ts';

describe('PoolSizing', () => {
  it('widens when more than 80 % are used and one more is asked for', () => {
    const sizing = new PoolSizing(0);
    const sizes = [0, 1, 2, 3, 4, 5, 6, 7].map((connections) => [sizing.admits(connections, 10), sizing.size]);
    expect(sizes).toEqual([[true, 2], [true, 3], [true, 4], [true, 5], [true, 7], [true, 8], [true, 9], [true, 10]]);
    expect([sizing.admits(9, 10), sizing.admits(10, 10), sizing.size]).toEqual([true, false, 10]);
  });

  it('halves after a window in which less than 30 % were ever used, and not below one', () => {
    const sizing = new PoolSizing(0);
    sizing.admits(9, 10);
    sizing.taken();
    sizing.taken();
    sizing.givenBack();
    expect([sizing.review(SIZING_WINDOW_MS - 1), sizing.review(SIZING_WINDOW_MS), sizing.size]).toEqual([false, true, 5]);
    expect([sizing.review(2 * SIZING_WINDOW_MS), sizing.size]).toEqual([true, 2]);
    // One of two is more than 30 %.
    expect([sizing.review(3 * SIZING_WINDOW_MS), sizing.size]).toEqual([false, 2]);
    sizing.givenBack();
    expect(sizing.review(4 * SIZING_WINDOW_MS)).toBe(false);
    expect([sizing.review(5 * SIZING_WINDOW_MS), sizing.size]).toEqual([true, 1]);
  });

  it('stays after a window with one busy moment', () => {
    const sizing = new PoolSizing(0);
    sizing.admits(9, 10);
    for (let i = 0; i < 3; i += 1) sizing.taken();
    for (let i = 0; i < 3; i += 1) sizing.givenBack();
    expect([sizing.review(SIZING_WINDOW_MS), sizing.size]).toEqual([false, 10]);
  });

  it('is never wider than its limit nor narrower than one, and opens nothing beyond (property)', () => {
    const step = fc.oneof(fc.nat({ max: 12 }).map((connections) => ({ connections })), fc.constant('review' as const));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.array(step, { maxLength: 40 }), (limit, steps) => {
        const sizing = new PoolSizing(0);
        let nowMs = 0;
        for (const each of steps) {
          if (each === 'review') sizing.review((nowMs += SIZING_WINDOW_MS));
          else expect(sizing.admits(each.connections, limit)).toBe(each.connections < limit);
          expect(sizing.size).toBeGreaterThanOrEqual(1);
          expect(sizing.size).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
