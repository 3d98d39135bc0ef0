// Verifying again on a real SQLite file: which rows become due, and that no verdict is lost by it.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Counters } from '../../../electron/worker/interface.ts';
import { Reader } from '../../../electron/worker/reader/reader.ts';
import type { RowsWish } from '../../../electron/worker/store-jobs.ts';
import { REASONS, statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import { batch, NOW_MS, TemporaryStore, verdict } from '../worker/store/temporary-store.ts';

const DAY_MS = 86_400_000;
const LATER_MS = NOW_MS + 10 * DAY_MS;

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

/** A list of which row N has the Nth of these verdicts; null: none. */
function judged(verdicts: readonly (Parameters<typeof verdict>[1] | null)[]): number {
  const id = temporary.importAddresses(verdicts.map((_, index) => `user${String(index)}@${index % 2 === 0 ? 'even' : 'odd'}.example`));
  temporary.claim(id);
  temporary.store.commit(batch(id, verdicts.flatMap((one, index) => (one === null ? [] : [verdict(index + 1, one)]))));
  temporary.store.unlock(id);
  return id;
}

function reopenAll(listId: number, wish: RowsWish, nowMs = LATER_MS): number {
  let rows = 0;
  for (let from: number | null = 0; from !== null; ) {
    const report = temporary.store.jobs.reopen({ listId, wish, afterRow: from, nowMs });
    rows += report.rows;
    from = report.nextRow;
  }
  return rows;
}

const claimedRows = (listId: number, nowMs = LATER_MS): { row: number; attempt: number }[] =>
  temporary.claim(listId, { nowMs }).flatMap(({ addresses }) => addresses.map(({ rowId, attempt }) => ({ row: rowId, attempt }))).sort((a, b) => a.row - b.row);

function shown(listId: number): (string | null)[] {
  const reader = new Reader(temporary.dir);
  try {
    return Array.from({ length: temporary.store.counters(listId).rows }, (_, index) => reader.detail(listId, index + 1).row.reason);
  } finally {
    reader.close();
  }
}

describe('verify again', () => {
  it('all: hands out every row that has a verdict, as at the first time, and keeps the verdicts meanwhile', () => {
    const id = judged([{}, { reason: 'mailbox_not_found', score: 0 }, { reason: 'timeout', heard: 'nothing' }]);
    const before = shown(id);
    expect(reopenAll(id, { kind: 'all' })).toBe(3);
    expect(temporary.store.counters(id)).toMatchObject({ byState: { scheduled: 3, done: 0 }, byStatus: { deliverable: 1, undeliverable: 1, unknown: 1 } });
    expect(shown(id)).toEqual(before);
    expect(claimedRows(id)).toEqual([1, 2, 3].map((row) => ({ row, attempt: 1 })));
  });

  it('unknown: only those', () => {
    const id = judged([{}, { reason: 'timeout' }, { reason: 'greylisted' }, { reason: 'mailbox_full' }]);
    expect(reopenAll(id, { kind: 'unknown' })).toBe(2);
    expect(claimedRows(id).map(({ row }) => row)).toEqual([2, 3]);
  });

  it('older: by when each was checked', () => {
    const id = judged([{ checkedAtMs: LATER_MS - 8 * DAY_MS }, { checkedAtMs: LATER_MS - 6 * DAY_MS }, { checkedAtMs: LATER_MS - 7 * DAY_MS - 1 }]);
    expect(reopenAll(id, { kind: 'older', days: 7 })).toBe(2);
    expect(claimedRows(id).map(({ row }) => row)).toEqual([1, 3]);
  });

  it('rows: those that were chosen and can be asked', () => {
    const id = temporary.importAddresses(['a@one.example', 'nonsense', 'c@one.example']);
    temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(1), verdict(3)]));
    temporary.store.unlock(id);
    expect(reopenAll(id, { kind: 'rows', rows: Uint32Array.of(2, 3, 99) })).toBe(1);
    expect(claimedRows(id).map(({ row }) => row)).toEqual([3]);
  });

  it('leaves alone what nobody has asked, what waits for a retry already, and what can never be asked', () => {
    const id = temporary.importAddresses(['a@one.example', 'nonsense', 'c@two.example', 'd@two.example']);
    temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(1), verdict(3, { reason: 'greylisted', checkedAtMs: LATER_MS, retryAtMs: LATER_MS + DAY_MS })]));
    temporary.store.unlock(id);
    expect(reopenAll(id, { kind: 'all' })).toBe(1);
    expect(reopenAll(id, { kind: 'all' })).toBe(0);
    expect(claimedRows(id)).toEqual([{ row: 1, attempt: 1 }, { row: 4, attempt: 1 }]);
  });

  it('reopens more rows than one slice holds', () => {
    const count = 11_000;
    const id = temporary.importAddresses(Array.from({ length: count }, (_, index) => `user${String(index)}@one.example`));
    temporary.claim(id, { maxAddressesPerDomain: count });
    temporary.store.commit(batch(id, Array.from({ length: count }, (_, index) => verdict(index + 1)), { releasedDomainIds: [1] }));
    temporary.store.unlock(id);
    expect(temporary.store.jobs.reopen({ listId: id, wish: { kind: 'all' }, afterRow: 0, nowMs: LATER_MS }).nextRow).not.toBeNull();
    temporary.reopen();
    // As after a crash in the middle: from the beginning again.
    reopenAll(id, { kind: 'all' });
    expect(temporary.store.counters(id).byState).toMatchObject({ scheduled: count, done: 0 });
    expect(temporary.claim(id, { nowMs: LATER_MS, maxAddressesPerDomain: count })[0]?.addresses).toHaveLength(count);
  });

  it('a new verdict takes the place of the old one, whose evidence stays', () => {
    const evidence = [{ stage: 'RCPT', code: 250, enhanced: '2.1.5', text: 'Ok', mxHost: 'mx.example.com', ip: null, tls: null, atMs: NOW_MS, attempt: 1 }] as const;
    const id = judged([{ evidence }]);
    reopenAll(id, { kind: 'all' });
    claimedRows(id);
    const gone = { ...evidence[0], code: 550, enhanced: '5.1.1', text: 'User unknown', atMs: LATER_MS };
    temporary.store.commit(batch(id, [verdict(1, { reason: 'mailbox_not_found', score: 0, reply: '550 5.1.1 User unknown', checkedAtMs: LATER_MS, evidence: [gone] })]));
    expect(temporary.store.counters(id)).toMatchObject({ byState: { scheduled: 0, done: 1 }, byStatus: { deliverable: 0, undeliverable: 1 } });
    const reader = new Reader(temporary.dir);
    const detail = reader.detail(id, 1);
    reader.close();
    expect(detail.row.reason).toBe('mailbox_not_found');
    expect(detail.evidence.map(({ code }) => code)).toEqual([250, 550]);
  });

  it('where nothing certain is heard, a certain verdict stays, through all retries; what was heard is kept', () => {
    const id = judged([{ reason: 'mailbox_not_found', score: 0, reply: '550 5.1.1 User unknown' }]);
    reopenAll(id, { kind: 'all' });
    claimedRows(id);
    const silence = { reason: 'timeout', heard: 'nothing', reply: 'no answer', mx: null, checkedAtMs: LATER_MS } as const;
    temporary.store.commit(batch(id, [verdict(1, { ...silence, retryAtMs: LATER_MS + DAY_MS })], { releasedDomainIds: [1] }));
    expect(temporary.store.counters(id)).toMatchObject({ byState: { scheduled: 1, done: 0 }, byReason: { mailbox_not_found: 1 } });
    expect(temporary.store.schedule(id).byReason).toEqual([{ reason: 'timeout', count: 1, nextAtMs: LATER_MS + DAY_MS }]);
    expect(claimedRows(id, LATER_MS + DAY_MS)).toEqual([{ row: 1, attempt: 2 }]);
    temporary.store.commit(batch(id, [verdict(1, { ...silence, attempt: 2 })], { releasedDomainIds: [1] }));
    expect(temporary.store.counters(id)).toMatchObject({ byState: { scheduled: 0, done: 1 }, byReason: { mailbox_not_found: 1 } });
    expect(temporary.store.counters(id).byReason.timeout ?? 0).toBe(0);
    expect(shown(id)).toEqual(['mailbox_not_found']);
    // The same is not so for a row that is asked for the first time.
    const other = judged([{ reason: 'mailbox_full', retryAtMs: NOW_MS }]);
    claimedRows(other);
    temporary.store.commit(batch(other, [verdict(1, { ...silence, attempt: 2 })]));
    expect(shown(other)).toEqual(['timeout']);
  });

  it('keeps the counters right, whatever was wished and came of it', () => {
    const reasons = REASONS.filter((reason) => !reason.startsWith('syntax_') && reason !== 'not_probed');
    const reason = fc.constantFrom(...reasons);
    const wish = fc.constantFrom<RowsWish>({ kind: 'all' }, { kind: 'unknown' }, { kind: 'older', days: 5 }, { kind: 'rows', rows: Uint32Array.of(1, 3) });
    fc.assert(
      fc.property(fc.array(fc.tuple(reason, reason, fc.boolean()), { minLength: 1, maxLength: 6 }), wish, (rows, wished) => {
        const id = judged(rows.map(([first]) => ({ reason: first })));
        reopenAll(id, wished);
        const due = new Set(claimedRows(id).map(({ row }) => row));
        const again = rows.flatMap(([, second, retries], index) => (due.has(index + 1) ? [verdict(index + 1, { reason: second, retryAtMs: retries ? LATER_MS + DAY_MS : null })] : []));
        temporary.store.commit(batch(id, again));
        const expected = rows.map(([first, second], index) => (due.has(index + 1) && !(statusOf(first) !== 'unknown' && statusOf(second) === 'unknown') ? second : first));
        expect(shown(id)).toEqual(expected);
        expect(countsOf(temporary.store.counters(id))).toEqual(counted(expected));
        expect(temporary.store.counters(id).byState.scheduled).toBe(again.filter(({ retryAtMs }) => retryAtMs !== null).length);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the queue', () => {
  it('is as it was written, in its order, after a restart, without lists that are gone', () => {
    const [one, two, three] = [1, 2, 3].map((number) => temporary.importAddresses([`user${String(number)}@one.example`]));
    temporary.store.jobs.setJobs([{ listId: three!, again: { kind: 'older', days: 30 } }, { listId: one!, again: null }, { listId: two!, again: { kind: 'all' } }]);
    temporary.store.deleteList(one!);
    temporary.reopen();
    expect(temporary.store.jobs.jobs()).toEqual([{ listId: three, again: { kind: 'older', days: 30 } }, { listId: two, again: { kind: 'all' } }]);
    temporary.store.jobs.setJobs([{ listId: two!, again: null }, { listId: three!, again: null }]);
    expect(temporary.store.jobs.jobs().map(({ listId }) => listId)).toEqual([two, three]);
  });
});

describe('the workload', () => {
  it('names the domains with most rows that are to be asked about', () => {
    const id = temporary.importAddresses(['a@big.example', 'b@big.example', 'c@big.example', 'd@small.example', 'nonsense']);
    expect(temporary.store.jobs.workload(id, 1, null, NOW_MS)).toEqual({ rows: 4, domains: 2, commonest: [{ domain: 'big.example', rows: 3 }] });
    temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(1), verdict(2, { reason: 'timeout' }), verdict(3), verdict(4, { reason: 'timeout' })], { releasedDomainIds: [1, 2] }));
    expect(temporary.store.jobs.workload(id, 5, null, NOW_MS)).toEqual({ rows: 0, domains: 0, commonest: [] });
    expect(temporary.store.jobs.workload(id, 5, { kind: 'unknown' }, NOW_MS)).toEqual({
      rows: 2, domains: 2, commonest: [{ domain: 'big.example', rows: 1 }, { domain: 'small.example', rows: 1 }],
    });
  });
});

function countsOf({ byReason }: Counters): Record<string, number> {
  return Object.fromEntries(Object.entries(byReason).filter(([, count]) => count > 0));
}

function counted(reasons: readonly Reason[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
