// Pages of rows by key: every row once in both directions, filters with duplicates, totals, and what each row shows.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageRequest, ResultPage, ResultsFilter } from '../../../../shared/ipc/lists.ts';
import { resultPage } from '../../../../shared/ipc/lists.ts';
import type { Reason } from '../../../../shared/verdict/verdict.ts';
import { SyncStore } from '../../../lab/sync-store.ts';
import { batch, NOW_MS, toVersion2, verdict } from '../store/temporary-store.ts';
import { TemporaryReader } from './temporary-reader.ts';

let temporary: TemporaryReader;
beforeEach(() => {
  temporary = new TemporaryReader();
});
afterEach(() => {
  temporary.remove();
});

const CYCLE: readonly (Reason | null)[] = ['accepted', 'mailbox_not_found', 'role', 'timeout', null];

/** 600 rows: each seventh repeats the first of its seventy, each thirteenth has no address, the rest cycle through `CYCLE`. */
function mixedList(): { listId: number; reasons: (Reason | null)[] } {
  const kinds = Array.from({ length: 600 }, (_, index) => {
    const row = index + 1;
    if (row % 13 === 0) return { cell: '', of: null };
    const first = row - (row % 70) + 1;
    if (row % 7 === 0 && first < row && first % 13 !== 0) return { cell: `u${String(first)}@d.example`, of: first };
    return { cell: `u${String(row)}@d.example`, of: row };
  });
  const listId = temporary.import(`id,email\n${kinds.map(({ cell }, index) => `${String(index + 1)},${cell}`).join('\n')}\n`).list.id;
  const reasonOf = (row: number): Reason | null => CYCLE[row % CYCLE.length] ?? null;
  const own = kinds.flatMap(({ of }, index) => (of === index + 1 ? [index + 1] : []));
  temporary.store.commit(
    batch(listId, own.flatMap((row) => {
      const reason = reasonOf(row);
      return reason === null ? [] : [verdict(row, { reason })];
    })),
  );
  return { listId, reasons: kinds.map(({ of }) => (of === null ? null : reasonOf(of))) };
}

async function walk(listId: number, filter: ResultsFilter, direction: 'after' | 'before', limit: number): Promise<number[]> {
  const rows: number[] = [];
  let place: Pick<PageRequest, 'after' | 'before'> = direction === 'after' ? {} : { before: 1_000 };
  for (;;) {
    const page: ResultPage = await temporary.page(listId, filter, { ...place, limit });
    const ids = page.rows.map(({ row }) => row);
    if (direction === 'after') rows.push(...ids);
    else rows.unshift(...ids);
    const edge = direction === 'after' ? ids.at(-1) : ids[0];
    expect(direction === 'after' ? page.hasBefore : page.hasAfter).toBe(rows.length > ids.length);
    if (edge === undefined || !(direction === 'after' ? page.hasAfter : page.hasBefore)) return rows;
    place = direction === 'after' ? { after: edge } : { before: edge };
  }
}

describe('pages', () => {
  const filters: readonly (readonly [name: string, filter: ResultsFilter, matches: (reason: Reason | null) => boolean])[] = [
    ['no filter', {}, () => true],
    ['empty filters', { statuses: [], reasons: [], search: '' }, () => true],
    ['a status', { statuses: ['undeliverable'] }, (reason) => reason === 'mailbox_not_found'],
    ['statuses', { statuses: ['risky', 'unknown'] }, (reason) => reason === 'role' || reason === 'timeout'],
    ['a reason', { reasons: ['accepted'] }, (reason) => reason === 'accepted'],
    ['both', { statuses: ['risky', 'deliverable'], reasons: ['role', 'timeout'] }, (reason) => reason === 'role'],
    ['what contradicts itself', { statuses: ['risky'], reasons: ['timeout'] }, () => false],
    ['a reason that no row has', { reasons: ['null_mx'] }, () => false],
    ['a search in a status', { statuses: ['deliverable'], search: 'd.EXAMPLE' }, (reason) => reason === 'accepted'],
  ];
  for (const [name, filter, matches] of filters) {
    it(`give every row once, both ways, with ${name}`, async () => {
      const { listId, reasons } = mixedList();
      const expected = reasons.flatMap((reason, index) => (matches(reason) ? [index + 1] : []));
      expect(await walk(listId, filter, 'after', 37)).toEqual(expected);
      expect(await walk(listId, filter, 'before', 37)).toEqual(expected);
      const page = await temporary.page(listId, filter, { limit: 10 });
      expect(page.total).toBe(expected.length);
      expect(resultPage.parse(page)).toEqual(page);
    });
  }

  it('lie between two rows where both are named, and tell what is beyond', async () => {
    const listId = temporary.importAddresses(Array.from({ length: 20 }, (_, index) => `u${String(index)}@d.example`));
    expect(await temporary.page(listId, {}, { after: 5, before: 9 })).toMatchObject({ rows: [{ row: 6 }, { row: 7 }, { row: 8 }], hasBefore: true, hasAfter: true });
    expect(await temporary.page(listId, {}, { after: 18, before: 99 })).toMatchObject({ rows: [{ row: 19 }, { row: 20 }], hasBefore: true, hasAfter: false });
    expect(await temporary.page(listId, {}, { after: 5, before: 6 })).toMatchObject({ rows: [], hasBefore: true, hasAfter: true });
    expect(await temporary.page(listId, {}, { after: 20 })).toMatchObject({ rows: [], hasBefore: true, hasAfter: false, total: 20 });
    expect(await temporary.page(listId, {}, { before: 1 })).toMatchObject({ rows: [], hasBefore: false, hasAfter: true, total: 20 });
    expect(await temporary.page(listId, {}, { before: 3 })).toMatchObject({ rows: [{ row: 1 }, { row: 2 }], hasBefore: false, hasAfter: true });
  });
});

describe('a row', () => {
  it('shows its own cell, its state and its verdict; a duplicate shows the verdict of its first row', async () => {
    const cells = [' Ann@One.example ', 'b@one.example', '', 'no address', 'Ann@one.example', 'no address', 'c@one.example'];
    const listId = temporary.import(`email\n${cells.map((cell) => `"${cell}"`).join('\n')}\n`).list.id;
    temporary.store.commit(
      batch(listId, [
        verdict(1),
        verdict(2, { reason: 'greylisted', score: 40, reply: '450 4.2.0 greylisted', retryAtMs: NOW_MS + 60_000 }),
      ]),
    );
    const { rows } = await temporary.page(listId, {});
    expect(rows.map(({ row, address, state, status, reason, duplicateOf }) => [row, address, state, status, reason, duplicateOf])).toEqual([
      [1, ' Ann@One.example ', 'done', 'deliverable', 'accepted', null],
      [2, 'b@one.example', 'scheduled', 'unknown', 'greylisted', null],
      [3, '', 'empty', null, null, null],
      [4, 'no address', 'done', 'undeliverable', 'syntax_no_at', null],
      [5, 'Ann@one.example', 'duplicate', 'deliverable', 'accepted', 1],
      [6, 'no address', 'duplicate', 'undeliverable', 'syntax_no_at', 4],
      [7, 'c@one.example', 'pending', null, null, null],
    ]);
    expect(rows[0]).toMatchObject({ score: 95, reply: '250 2.1.5 Ok' });
    expect(rows[6]).toMatchObject({ score: null, reply: null });
  });

  it('shows the guard of a spreadsheet-safe export of ours taken off, and a long cell cut', async () => {
    const listId = temporary.importAddresses(['=cmd@one.example', `${'x'.repeat(400)}@one.example`]);
    const outPath = temporary.write('out.csv', '');
    temporary.store.exportList({ listId, outPath });
    const again = temporary.store.importList({ path: outPath }).list.id;
    const { rows } = await temporary.page(again, {});
    expect(rows.map(({ address }) => address)).toEqual(['=cmd@one.example', 'x'.repeat(320)]);
    expect(await temporary.rows(again, { search: "'=cmd" })).toEqual([]);
    expect(await temporary.rows(again, { search: '=CMD' })).toEqual([1]);
  });
});

describe('counts for an export', () => {
  it('are exactly what the export writes, at every moment', () => {
    const { listId } = mixedList();
    const check = (): void => {
      for (const statuses of [undefined, ['deliverable'], ['risky', 'unknown'], [], ['undeliverable', 'deliverable', 'risky', 'unknown']] as const) {
        const options = { listId, outPath: `${temporary.folder}/out.csv`, ...(statuses === undefined ? {} : { statuses }) };
        expect(temporary.reader.exportCount(listId, statuses)).toBe(temporary.store.exportList(options).rows);
      }
    };
    check();
    // A scheduled one, asked again; bare refusals that become undeliverable when somebody is accepted.
    const open = temporary.claim(listId).flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId));
    const rest = open.filter((row) => row % 70 === 1 || row % 5 === 4);
    temporary.store.commit(
      batch(listId, rest.map((row) => verdict(row, { reason: 'policy_rejected', provisional: true, retryAtMs: NOW_MS + 1 })), { releasedDomainIds: [1] }),
    );
    check();
    temporary.store.commit(batch(listId, [], { domains: [{ domainId: 1, catchAll: 'refused', acceptedAny: true, random: null }] }));
    check();
    expect(temporary.reader.exportCount(listId)).toBe(600);
  });

  it('and pages know the duplicates of a list that an older version imported', async () => {
    const { listId } = mixedList();
    const expected = await walk(listId, { statuses: ['unknown'] }, 'after', 50);
    temporary.store.close();
    const database = new Database(join(temporary.dir, 'lists', `${String(listId)}.db`));
    toVersion2(database);
    database.exec("DROP TABLE duplicates; DROP INDEX verdicts_by_reason; DELETE FROM counters WHERE name LIKE 'duplicates:%'; PRAGMA user_version = 1");
    database.close();
    temporary.store = new SyncStore(temporary.dir);
    temporary.store.lists();
    expect(temporary.reader.exportCount(listId, ['unknown'])).toBe(expected.length);
    expect(await walk(listId, { statuses: ['unknown'] }, 'after', 50)).toEqual(expected);
  });
});
