// Views of a list, filtered, searched and sorted in every combination, against the same done by hand over all rows.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultPage, SORT_KEYS, type PageRequest, type ResultsFilter, type ResultsSort } from '../../../../shared/ipc/lists.ts';
import { REASONS, statusOf, type Flag, type Reason } from '../../../../shared/verdict/verdict.ts';
import { batch, NOW_MS, verdict } from '../store/temporary-store.ts';
import { TemporaryReader } from './temporary-reader.ts';

let temporary: TemporaryReader;
beforeEach(() => {
  temporary = new TemporaryReader();
});
afterEach(() => {
  temporary.remove();
});

interface Row {
  readonly row: number;
  readonly cell: string;
  /** Its first row's number, where it repeats one. */
  readonly of: number;
  readonly domain: string | null;
  readonly reason: Reason | null;
  readonly score: number | null;
  readonly flags: readonly Flag[];
  readonly checkedAtMs: number | null;
}

const CYCLE: readonly (Reason | null)[] = ['accepted', 'mailbox_not_found', 'role', 'timeout', null];
const FLAGS: readonly (readonly Flag[])[] = [[], ['free', 'provider:google'], ['gateway:mimecast'], ['role', 'tls']];

/** 400 rows: some repeat the one 30 before, some are empty, some impossible; verdicts in no order of theirs. */
function list(): { listId: number; rows: Row[] } {
  const rows: Row[] = [];
  for (let row = 1; row <= 400; row++) {
    const first = rows[row - 31];
    if (row % 11 === 0 && first !== undefined && first.domain !== null && first.of === first.row) rows.push({ ...first, row });
    else if (row % 17 === 0) rows.push({ row, cell: '', of: row, domain: null, reason: null, score: null, flags: [], checkedAtMs: null });
    else {
      const domain = ['one.example', 'Two.example', 'müller.example'][row % 3] ?? '';
      const reason = CYCLE[(row * 7) % CYCLE.length] ?? null;
      const judged = reason !== null;
      rows.push({
        row, cell: `${String((row * 7_919) % 1_009)}.${row % 2 === 0 ? 'A' : 'b'}@${domain}`, of: row, domain: domain.toLowerCase(), reason,
        score: judged ? (row * 13) % 101 : null, flags: judged ? (FLAGS[row % FLAGS.length] ?? []) : [],
        checkedAtMs: judged ? NOW_MS + ((row * 331) % 400) * 1_000 : null,
      });
    }
  }
  const listId = temporary.import(`email,note\n${rows.map(({ cell, row }) => `${cell},note ${String(row)}`).join('\n')}\n`).list.id;
  const verdicts = rows.flatMap(({ row, of, reason, score, flags, checkedAtMs }) =>
    reason === null || of !== row ? [] : [verdict(row, { reason, score: score ?? 0, flags, checkedAtMs: checkedAtMs ?? 0 })],
  );
  const shuffled = verdicts.toSorted((a, b) => ((a.rowId * 97) % 401) - ((b.rowId * 97) % 401));
  for (let at = 0; at < shuffled.length; at += 50) temporary.store.commit(batch(listId, shuffled.slice(at, at + 50)));
  return { listId, rows };
}

function matches({ statuses, reasons, domains, providers, flags, duplicates, search }: ResultsFilter, row: Row): boolean {
  const has = <T>(names: readonly T[] | undefined, test: (name: T) => boolean): boolean => names === undefined || names.some(test);
  return (
    has(statuses, (name) => row.reason !== null && statusOf(row.reason) === name) &&
    has(reasons, (name) => row.reason === name) &&
    has(domains, (name) => row.domain === name.toLowerCase()) &&
    has(providers, (name) => row.flags.some((flag) => flag.endsWith(`:${name}`))) &&
    has(flags, (name) => row.flags.includes(name)) &&
    (duplicates === undefined || (row.of !== row.row) === (duplicates === 'only')) &&
    (search === undefined || `${row.cell}\nnote ${String(row.row)}`.toLowerCase().includes(search.toLowerCase()))
  );
}

function sorted(rows: readonly Row[], { key, descending }: ResultsSort): number[] {
  const keyOf = (row: Row): string | number | null => {
    switch (key) {
      case 'row': return row.row;
      case 'address': return row.cell === '' ? null : asALabels(row.cell.toLowerCase());
      case 'domain': return row.domain === null ? null : asALabels(row.domain);
      case 'status': return row.reason === null ? null : REASONS.indexOf(row.reason);
      case 'checkedAt': return row.checkedAtMs;
      case 'score': return row.score;
    }
  };
  const compare = (a: Row, b: Row): number => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === null || other === null) return one === other ? a.row - b.row : one === null ? 1 : -1;
    if (one === other) return a.row - b.row;
    return (one < other ? -1 : 1) * (descending ? -1 : 1);
  };
  return rows.toSorted(compare).map(({ row }) => row);
}

const asALabels = (text: string): string => text.replace('müller.example', 'xn--mller-kva.example');

async function walk(listId: number, query: Pick<PageRequest, 'filter' | 'sort'>, limit: number): Promise<number[]> {
  const rows: number[] = [];
  for (;;) {
    const page = await temporary.page(listId, query.filter, { ...query, limit, ...(rows.length === 0 ? {} : { after: rows.at(-1) ?? 0 }) });
    expect(resultPage.parse(page)).toEqual(page);
    expect(page.hasBefore).toBe(rows.length > 0);
    if (page.start !== null) expect(page.start).toBe(rows.length);
    rows.push(...page.rows.map(({ row }) => row));
    if (!page.hasAfter || page.rows.length === 0) return rows;
  }
}

const FILTERS: readonly ResultsFilter[] = [
  {},
  { statuses: ['deliverable', 'risky'] },
  { reasons: ['timeout', 'role'] },
  { domains: ['TWO.example'] },
  { domains: ['müller.example', 'one.example'] },
  { domains: ['nobody.example'] },
  { providers: ['google'] },
  { providers: ['mimecast', 'google'], statuses: ['undeliverable'] },
  { flags: ['tls'] },
  { duplicates: 'only' },
  { duplicates: 'without', statuses: ['unknown'], domains: ['one.example'] },
  { search: 'NOTE 1' },
  { search: 'a@', statuses: ['deliverable'] },
  { search: 'note', duplicates: 'only', flags: ['free'] },
];

describe('a view', () => {
  it.each(SORT_KEYS)('has exactly the rows that match, sorted by %s, in both directions, by key', async (key) => {
    const { listId, rows } = list();
    for (const filter of FILTERS) {
      for (const descending of [false, true]) {
        const sort = { key, descending };
        const expected = sorted(rows.filter((row) => matches(filter, row)), sort);
        expect(await walk(listId, { filter, sort }, 67), JSON.stringify({ filter, sort })).toEqual(expected);
        const last = await temporary.page(listId, filter, { sort, before: 1_000, limit: 5 });
        if (key !== 'row' || !descending) expect(last.rows.map(({ row }) => row)).toEqual(expected.slice(-5));
        expect(last.total).toBe(expected.length);
      }
    }
  });

  it('is jumped into by position, and walked backwards from any row', async () => {
    const { listId, rows } = list();
    const sort = { key: 'score', descending: true } as const;
    const expected = sorted(rows, sort);
    const middle = await temporary.page(listId, {}, { sort, at: 150, limit: 10 });
    expect(middle).toMatchObject({ start: 150, total: 400, hasBefore: true, hasAfter: true });
    expect(middle.rows.map(({ row }) => row)).toEqual(expected.slice(150, 160));
    const before = await temporary.page(listId, {}, { sort, before: expected[150] ?? 0, limit: 10 });
    expect(before.rows.map(({ row }) => row)).toEqual(expected.slice(140, 150));
    expect(await temporary.page(listId, {}, { sort, at: 4_000, limit: 10 })).toMatchObject({ rows: [], start: 400, hasAfter: false });
  });

  it('follows the verdicts that come', async () => {
    const listId = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@one.example']);
    const sort = { key: 'score', descending: true } as const;
    expect(await temporary.rows(listId, {}, { sort })).toEqual([1, 2, 3]);
    temporary.store.commit(batch(listId, [verdict(2, { score: 10 })]));
    expect(await temporary.rows(listId, {}, { sort })).toEqual([2, 1, 3]);
    temporary.store.commit(batch(listId, [verdict(3, { score: 90 })]));
    expect(await temporary.rows(listId, {}, { sort })).toEqual([3, 2, 1]);
    expect(await temporary.rows(listId, { flags: ['free'] })).toEqual([]);
    temporary.store.commit(batch(listId, [verdict(1, { flags: ['free'] })]));
    expect(await temporary.rows(listId, { flags: ['free'] })).toEqual([1]);
  });

  it('is given up for another question to the same list', async () => {
    const listId = temporary.importAddresses(Array.from({ length: 20_000 }, (_, index) => `u${String(index)}@d${String(index % 99)}.example`));
    const old = temporary.page(listId, {}, { sort: { key: 'address', descending: false } });
    const newer = temporary.page(listId, {}, { sort: { key: 'domain', descending: false } });
    await expect(old).rejects.toMatchObject({ code: 'Cancelled' });
    expect((await newer).rows[0]).toMatchObject({ row: 1 });
  });
});

describe('a selection', () => {
  it('means the rows that match when it is used, but for those that were turned', async () => {
    const { listId, rows } = list();
    const filter: ResultsFilter = { statuses: ['deliverable'], duplicates: 'without' };
    const matching = rows.filter((row) => matches(filter, row)).map(({ row }) => row);
    const [first = 0, second = 0] = matching;
    expect([...(await temporary.reader.selectedRows(listId, { filter, all: true, turned: [[first, first]] }))]).toEqual(matching.slice(1));
    expect([...(await temporary.reader.selectedRows(listId, { filter, all: false, turned: [[first, second]] }))]).toEqual([first, second]);
  });

  it('gives its addresses, a line each, as many as may be', async () => {
    const listId = temporary.import('email\n a@one.example \n\nb@one.example\n"c\n@one.example"\n').list.id;
    const rule = { filter: {}, all: true, turned: [] };
    expect(await temporary.reader.selectedAddresses(listId, rule, 10)).toEqual({ text: 'a@one.example\nb@one.example\nc @one.example', copied: 3, selected: 3 });
    expect(await temporary.reader.selectedAddresses(listId, rule, 2)).toMatchObject({ copied: 2, selected: 3 });
  });
});
