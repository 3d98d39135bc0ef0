import { describe, expect, it } from 'vitest';
import { createBatcher } from '../../../electron/engine/run/batcher.ts';
import type { CommitAck, VerdictBatch, VerdictRecord } from '../../../electron/worker/interface.ts';
import { createManualClock } from '../../lab/manual-clock.ts';

const record = (rowId: number): VerdictRecord => ({
  rowId, reason: 'accepted', score: 100, flags: [], didYouMean: null, reply: null, mx: null, checkedAtMs: 0, attempt: 1,
  retryAtMs: null, provisional: false, heard: 'recipient', evidence: [],
});

const ack: CommitAck = {
  committed: 0,
  counters: {
    rows: 0,
    byState: { pending: 0, scheduled: 0, done: 0, duplicate: 0, suppressed: 0, empty: 0 },
    byStatus: { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 },
    byReason: {},
  },
};

function setUp(settings = { maxVerdicts: 3, maxDelayMs: 250 }) {
  const clock = createManualClock();
  const batches: { batch: VerdictBatch; resolve: () => void; reject: (error: Error) => void }[] = [];
  const committed: number[][] = [];
  const failures: unknown[] = [];
  let arrived: () => void = () => undefined;
  const batcher = createBatcher({
    listId: 1,
    settings,
    clock,
    commit: (batch) =>
      new Promise((resolve, reject) => {
        batches.push({ batch, resolve: () => { resolve(ack); }, reject });
        arrived();
      }),
    onCommitted: (_ack, batch) => committed.push(batch.verdicts.map((verdict) => verdict.rowId)),
    onFailed: (error) => failures.push(error),
  });
  const nextBatch = () => new Promise<void>((resolve) => { arrived = resolve; });
  return { clock, batcher, batches, committed, failures, nextBatch };
}

describe('createBatcher', () => {
  it('commits when a batch is full, and after the delay when it is not', async () => {
    const { clock, batcher, batches } = setUp();
    batcher.add(record(1));
    expect(batches).toHaveLength(0);
    clock.advance(250);
    expect(batches).toHaveLength(1);
    batches[0]?.resolve();
    await batcher.flush();
    for (const rowId of [2, 3, 4]) batcher.add(record(rowId));
    expect(batches[1]?.batch.verdicts.map((verdict) => verdict.rowId)).toEqual([2, 3, 4]);
  });

  it('has two commits under way at most, in order, and reports only what is acknowledged', async () => {
    const { batcher, batches, committed } = setUp();
    const rows = () => batches.map(({ batch }) => batch.verdicts.map((verdict) => verdict.rowId));
    for (let rowId = 1; rowId <= 8; rowId += 1) batcher.add(record(rowId));
    expect(rows()).toEqual([[1, 2, 3], [4, 5, 6]]);
    expect(committed).toEqual([]);
    expect(batcher.pending).toBe(8);
    const flushed = batcher.flush();
    expect(batches).toHaveLength(2);
    batches[0]?.resolve();
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    expect(committed).toEqual([[1, 2, 3]]);
    expect(rows()[2]).toEqual([7, 8]);
    batches[1]?.resolve();
    batches[2]?.resolve();
    await flushed;
    expect(committed).toEqual([[1, 2, 3], [4, 5, 6], [7, 8]]);
    expect(batcher.pending).toBe(0);
  });

  it('makes bigger batches while the writer is the slower one, and smaller ones again when it is not', async () => {
    const { clock, batcher, batches } = setUp();
    const sizes = () => batches.map(({ batch }) => batch.verdicts.length);
    for (let rowId = 1; rowId <= 10; rowId += 1) {
      clock.advance(50);
      batcher.add(record(rowId));
    }
    expect(sizes()).toEqual([3, 3]);
    batches[0]?.resolve();
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    // Four wait, and six are wanted now.
    expect(sizes()).toEqual([3, 3]);
    clock.advance(100);
    batcher.add(record(11));
    batcher.add(record(12));
    expect(sizes()).toEqual([3, 3, 6]);
    batches[1]?.resolve();
    batches[2]?.resolve();
    await batcher.flush();
    batcher.add(record(13));
    clock.advance(250);
    expect(sizes()).toEqual([3, 3, 6, 1]);
    batches[3]?.resolve();
    await batcher.flush();
    for (let rowId = 14; rowId <= 16; rowId += 1) batcher.add(record(rowId));
    expect(sizes()).toEqual([3, 3, 6, 1, 3]);
  });

  it('makes bigger batches while full ones follow one another at once, however fast the writer is', async () => {
    const { clock, batcher, batches } = setUp();
    const sizes = () => batches.map(({ batch }) => batch.verdicts.length);
    let rowId = 0;
    const fill = async (count: number, everyMs: number) => {
      for (let added = 0; added < count; added += 1) {
        clock.advance(everyMs);
        batcher.add(record((rowId += 1)));
        for (const { resolve } of batches) resolve();
        await new Promise<void>((resolve) => { setImmediate(resolve); });
      }
    };
    // Three in 15 ms, six in 30, twelve in 60: far enough apart.
    await fill(33, 5);
    expect(sizes()).toEqual([3, 3, 6, 12]);
    await fill(3, 5);
    expect(sizes()).toEqual([3, 3, 6, 12, 12]);
    // Nothing comes up to the mark in time: smaller again.
    clock.advance(1_000);
    await fill(3, 100);
    expect(sizes().slice(5).every((size) => size < 12)).toBe(true);
  });

  it('ends a claim no earlier than with the verdicts that were added before', () => {
    const { clock, batcher, batches } = setUp();
    batcher.add(record(1));
    batcher.end({ domainId: 9, catchAll: 'refused', acceptedAny: true, random: null });
    clock.advance(250);
    expect(batches[0]?.batch.verdicts).toHaveLength(1);
    expect(batches[0]?.batch.releasedDomainIds).toEqual([9]);
    expect(batches[0]?.batch.domains).toEqual([{ domainId: 9, catchAll: 'refused', acceptedAny: true, random: null }]);
  });

  it('stops after a failed commit: nothing more is written and nothing is reported', async () => {
    const { clock, batcher, batches, committed, failures } = setUp();
    for (const rowId of [1, 2, 3]) batcher.add(record(rowId));
    batches[0]?.reject(new Error('disk full'));
    await batcher.flush();
    batcher.add(record(4));
    clock.advance(10_000);
    await batcher.flush();
    expect(failures).toHaveLength(1);
    expect(batches).toHaveLength(1);
    expect(committed).toEqual([]);
  });

  it('goes on after a timer that fired during a commit', async () => {
    const { clock, batcher, batches, nextBatch } = setUp();
    for (const rowId of [1, 2, 3]) batcher.add(record(rowId));
    batcher.add(record(4));
    clock.advance(300);
    expect(batches).toHaveLength(1);
    const flushed = nextBatch();
    batches[0]?.resolve();
    // The first commit's acknowledgement sets the timer for what is left.
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    clock.advance(300);
    await flushed;
    expect(batches[1]?.batch.verdicts.map((verdict) => verdict.rowId)).toEqual([4]);
  });

  it('tells of each commit: its verdicts, the writer’s own time, and the wait for its turn', async () => {
    const clock = createManualClock();
    const heard: number[][] = [];
    let answer: (ack: CommitAck) => void = () => undefined;
    const batcher = createBatcher({
      listId: 1,
      settings: { maxVerdicts: 2, maxDelayMs: 250 },
      clock,
      commit: () => new Promise((resolve) => { answer = resolve; }),
      onCommitted: () => undefined,
      onFailed: () => undefined,
      observer: { committed: (...what) => heard.push(what) },
    });
    for (const rowId of [1, 2]) batcher.add(record(rowId));
    clock.advance(30);
    answer({ ...ack, tookMs: 10 });
    await batcher.flush();
    for (const rowId of [3, 4]) batcher.add(record(rowId));
    clock.advance(5);
    answer(ack);
    await batcher.flush();
    expect(heard).toEqual([[2, 10, 20], [2, 5, 0]]);
  });
});
