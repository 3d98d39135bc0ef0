import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunQueue } from '../../../electron/main/lists/run-queue.ts';
import type { JobRecord } from '../../../electron/worker/store-jobs.ts';

function bench(dnsOnly: readonly number[] = [], fail = false) {
  const kept: (readonly JobRecord[])[] = [];
  const failures: unknown[] = [];
  const queue = new RunQueue({
    async setJobs(jobs) {
      if (fail) throw new Error('disk full');
      kept.push(jobs);
    },
    onFailed: (error) => failures.push(error),
    isKept: (listId) => !dnsOnly.includes(listId),
  });
  return { queue, kept, failures };
}

describe('the queue', () => {
  it('is first come, first served, each list once', () => {
    const { queue } = bench();
    for (const listId of [3, 1, 3, 2]) queue.add(listId);
    expect(queue.waiting).toEqual([3, 1, 2]);
    expect([queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([3, 1, 2, undefined]);
  });

  it('puts a list before another, behind all, or first where the other cannot be overtaken', () => {
    const { queue } = bench();
    for (const listId of [1, 2, 3, 4]) queue.add(listId);
    queue.move(4, 2);
    expect(queue.waiting).toEqual([1, 4, 2, 3]);
    queue.move(1, null);
    expect(queue.waiting).toEqual([4, 2, 3, 1]);
    queue.move(3, 99);
    expect(queue.waiting).toEqual([3, 4, 2, 1]);
    queue.move(99, 3);
    queue.move(3, 3);
    expect(queue.waiting).toEqual([3, 4, 2, 1]);
  });

  it('loses and doubles no list, however it is moved about', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 8 })), fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.option(fc.integer({ min: 1, max: 9 })))), (lists, moves) => {
        const { queue } = bench();
        for (const listId of lists) queue.add(listId);
        for (const [listId, before] of moves) {
          queue.move(listId, before);
          if (before !== null && before !== listId && lists.includes(listId) && lists.includes(before)) {
            expect(queue.waiting.indexOf(before) - queue.waiting.indexOf(listId)).toBe(1);
          }
        }
        expect([...queue.waiting].sort()).toEqual([...lists].sort());
      }),
    );
  });

  it('keeps who is asked, who waits and who sleeps, with what each wishes; never what was for DNS only', async () => {
    const { queue, kept } = bench([4]);
    for (const listId of [2, 4]) queue.add(listId);
    queue.setWish(2, { kind: 'older', days: 30 });
    await queue.keep([1], [3]);
    expect(kept.at(-1)).toEqual([{ listId: 1, again: null }, { listId: 2, again: { kind: 'older', days: 30 } }, { listId: 3, again: null }]);
    queue.setWish(2, null);
    await queue.keep([], []);
    expect(kept.at(-1)).toEqual([{ listId: 2, again: null }]);
  });

  it('goes on where it cannot be kept, and says so', async () => {
    const { queue, failures } = bench([], true);
    queue.add(1);
    await queue.keep([], []);
    expect(failures).toHaveLength(1);
    expect(queue.waiting).toEqual([1]);
  });
});
