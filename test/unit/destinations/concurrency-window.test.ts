import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConcurrencyWindow } from '../../../electron/engine/destinations/concurrency-window.ts';

/** Clean flights that it takes to be at `size`. */
function flightsTo(window: ReturnType<typeof createConcurrencyWindow>, size: number): number {
  let flights = 0;
  for (; window.size < size; flights += 1) window.clean();
  return flights;
}

describe('createConcurrencyWindow', () => {
  it('starts at one and widens by one with each clean flight, as long as nothing went wrong', () => {
    const window = createConcurrencyWindow(10);
    expect(window.size).toBe(1);
    expect(flightsTo(window, 10)).toBe(9);
    window.clean();
    expect(window.size).toBe(10);
  });

  it('halves on trouble, and then feels for the edge: a whole window of clean flights for one more', () => {
    const window = createConcurrencyWindow(10);
    flightsTo(window, 8);
    window.bad(5, 10);
    expect(window.size).toBe(4);
    expect(flightsTo(window, 5)).toBe(4);
    expect(flightsTo(window, 6)).toBe(5);
  });

  it('halves once for what was under way together, and again for what was begun after that', () => {
    const window = createConcurrencyWindow(16);
    flightsTo(window, 16);
    for (const begunMs of [5, 6, 7]) window.bad(begunMs, 10);
    expect(window.size).toBe(8);
    window.bad(11, 12);
    expect(window.size).toBe(4);
  });

  it('begins again at one after a pause, quickly up to where trouble came', () => {
    const window = createConcurrencyWindow(16);
    flightsTo(window, 16);
    window.bad(5, 10);
    window.restart();
    expect(window.size).toBe(1);
    expect(flightsTo(window, 8)).toBe(7);
    expect(flightsTo(window, 9)).toBe(8);
  });

  it('is never above its limit, never below one, and recovers, whatever happens', () => {
    const event = fc.constantFrom('clean', 'clean', 'clean', 'bad', 'late', 'restart');
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 50 }), fc.array(event, { maxLength: 300 }), (limit, events) => {
        const window = createConcurrencyWindow(limit);
        const most = Math.max(1, limit);
        for (const [nowMs, what] of events.entries()) {
          const before = window.size;
          if (what === 'clean') window.clean();
          else if (what === 'restart') window.restart();
          else window.bad(what === 'bad' ? nowMs : -1, nowMs);
          expect(window.size).toBeGreaterThanOrEqual(1);
          expect(window.size).toBeLessThanOrEqual(most);
          if (what === 'clean') expect(window.size - before).toBeLessThanOrEqual(1);
          if (what === 'bad') expect(window.size).toBe(Math.max(1, Math.floor(before / 2)));
        }
        // The slowest way: a window for each step.
        for (let i = 0; i < most * most; i += 1) window.clean();
        expect(window.size).toBe(most);
      }),
    );
  });
});
