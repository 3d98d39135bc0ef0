import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInFlightQueue } from '../../../electron/engine/dns/in-flight-queue.ts';

describe('createInFlightQueue', () => {
  it('never runs more than its bound, starts the others in order and settles each as its task does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 30 }), fc.scheduler(), async (bound, outcomes, scheduler) => {
        const queue = createInFlightQueue(bound);
        const started: number[] = [];
        let running = 0;
        let peak = 0;
        const results = outcomes.map((succeeds, index) =>
          queue.run(async () => {
            started.push(index);
            running += 1;
            peak = Math.max(peak, running);
            await scheduler.schedule(Promise.resolve());
            running -= 1;
            if (!succeeds) throw new Error(`task ${index}`);
            return index;
          }),
        );
        const settled = Promise.allSettled(results);
        await scheduler.waitFor(settled);
        expect(peak).toBe(Math.min(bound, outcomes.length));
        expect(started).toEqual(outcomes.map((_, index) => index));
        expect((await settled).map(({ status }) => status === 'fulfilled')).toEqual(outcomes);
        expect([queue.running, queue.waiting]).toEqual([0, 0]);
      }),
    );
  });

  it('keeps order and count over thousands of waiters', async () => {
    const queue = createInFlightQueue(3);
    const started: number[] = [];
    const all = Array.from({ length: 5000 }, (_, index) => queue.run(async () => Promise.resolve(started.push(index))));
    expect([queue.running, queue.waiting]).toEqual([3, 4997]);
    await Promise.all(all);
    expect(started).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });
});
