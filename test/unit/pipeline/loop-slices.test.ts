import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createLoopSlices } from '../../../electron/engine/pipeline/loop-slices.ts';

/** A clock and a loop that are driven by hand. */
function driven() {
  const turns: (() => void)[] = [];
  const at = { ms: 0 };
  const slices = createLoopSlices({ monotonicMs: () => at.ms }, (callback) => turns.push(callback));
  return { at, turns, slices };
}

const microtasks = () => new Promise((resolve) => setImmediate(resolve));

describe('loop slices', () => {
  it('let work go on at once while the slice is young, and make it wait for the next turn once it is over', async () => {
    const { at, turns, slices } = driven();
    expect(slices.enter()).toBeNull();
    at.ms = 5;
    expect(slices.enter()).toBeNull();
    at.ms = 6;
    let resumed = false;
    const wait = slices.enter();
    expect(wait).not.toBeNull();
    void wait?.then(() => {
      resumed = true;
    });
    await microtasks();
    expect(resumed).toBe(false);
    turns.shift()?.();
    await microtasks();
    expect(resumed).toBe(true);
  });

  it('forget the slice when a turn comes and nobody waits', () => {
    const { at, turns, slices } = driven();
    expect(slices.enter()).toBeNull();
    turns.shift()?.();
    at.ms = 1_000;
    expect(slices.enter()).toBeNull();
    expect(turns).toHaveLength(1);
  });

  it('resume everybody, in the order of coming, and hold no turn longer than a slice and one piece of work', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }), async (costs) => {
        const { at, turns, slices } = driven();
        const order: number[] = [];
        let turnBeganMs = 0;
        let longest = 0;
        const all = costs.map(async (cost, index) => {
          const wait = slices.enter();
          if (wait !== null) await wait;
          order.push(index);
          at.ms += cost;
          longest = Math.max(longest, at.ms - turnBeganMs);
        });
        for (let i = 0; i < 200 && turns.length > 0; i += 1) {
          turnBeganMs = at.ms;
          turns.shift()?.();
          await microtasks();
        }
        await Promise.all(all);
        expect(order).toEqual(costs.map((_, index) => index));
        expect(longest).toBeLessThanOrEqual(6 + 9);
      }),
      { numRuns: 50 },
    );
  });
});
