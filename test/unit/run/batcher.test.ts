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

  it('has one commit under way at a time, in order, and reports only what is acknowledged', async () => {
    const { batcher, batches, committed, nextBatch } = setUp();
    for (let rowId = 1; rowId <= 7; rowId += 1) batcher.add(record(rowId));
    expect(batches).toHaveLength(1);
    expect(committed).toEqual([]);
    expect(batcher.pending).toBe(7);
    const second = nextBatch();
    batches[0]?.resolve();
    await second;
    expect(committed).toEqual([[1, 2, 3]]);
    const flushed = batcher.flush();
    batches[1]?.resolve();
    await flushed;
    expect(committed).toEqual([[1, 2, 3], [4, 5, 6, 7]]);
    expect(batcher.pending).toBe(0);
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
});
