import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConcurrencyWindow } from '../../../electron/engine/destinations/concurrency-window.ts';

describe('createConcurrencyWindow', () => {
  it('starts at one, widens by one on clean flights and halves on bad news', () => {
    const window = createConcurrencyWindow(10);
    expect(window.size).toBe(1);
    for (let i = 0; i < 6; i += 1) window.clean();
    expect(window.size).toBe(7);
    window.bad();
    expect(window.size).toBe(3);
  });

  it('stays between one and its limit whatever happens', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 50 }), fc.array(fc.boolean(), { maxLength: 200 }), (limit, events) => {
        const window = createConcurrencyWindow(limit);
        for (const clean of events) {
          if (clean) window.clean();
          else window.bad();
          expect(window.size).toBeGreaterThanOrEqual(1);
          expect(window.size).toBeLessThanOrEqual(Math.max(1, limit));
        }
      }),
    );
  });
});
