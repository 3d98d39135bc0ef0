// Search: in every original cell and nowhere else, literal, in either case; in steps, with others served in between.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batch, verdict } from '../store/temporary-store.ts';
import { TemporaryReader } from './temporary-reader.ts';

let temporary: TemporaryReader;
beforeEach(() => {
  temporary = new TemporaryReader();
});
afterEach(() => {
  temporary.remove();
});

const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;
const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => `user${String(index + 1)}@d${String(index % 50)}.example`);

describe('a search', () => {
  const cases: readonly (readonly [name: string, search: string, rows: readonly number[]])[] = [
    ['in an address, in either case', 'BOB@', [2]],
    ['in another column', 'société', [2]],
    ['as SQLite folds case: ASCII only', 'SOCIÉTÉ', []],
    ['with what is a wildcard elsewhere', '100%', [3]],
    ['with another one', 'a_b', [3]],
    ['with the sign that escapes them', 'c\\d', [3]],
    ['with a quote that is doubled in the file', 'the "best"', [1]],
    ['over a line end in a cell', 'two\nlines', [2]],
    ['with a delimiter in a cell', 'doe, jane', [1]],
    ['not over the border of two cells', 'one.example,doe', []],
    ['not in the quotes around a cell', '"doe', []],
    ['of a duplicate in its own cells', 'again', [4]],
    ['of nothing that is there', 'nowhere', []],
  ];
  it.each(cases)('finds %s', async (_, search, rows) => {
    const listId = temporary.import(
      [
        'email,name,note',
        'ann@one.example,"Doe, Jane","the ""best"""',
        'bob@two.example,société,"two\nlines"',
        'carl@three.example,100% a_b,c\\d',
        'ann@one.example,again,',
        '',
      ].join('\n'),
    ).list.id;
    const page = await temporary.page(listId, { search });
    expect(page.rows.map(({ row }) => row)).toEqual(rows);
    expect(page).toMatchObject({ total: rows.length, hasBefore: false, hasAfter: false });
  });

  it('pages through its hits and counts them', async () => {
    const listId = temporary.importAddresses(addresses(5_000));
    const hits = addresses(5_000).flatMap((address, index) => (address.includes('7@d') ? [index + 1] : []));
    const first = await temporary.page(listId, { search: '7@D' }, { limit: 200 });
    expect(first).toMatchObject({ total: hits.length, hasBefore: false, hasAfter: true });
    const last = await temporary.page(listId, { search: '7@D' }, { before: 9_999, limit: 3 });
    expect(last.rows.map(({ row }) => row)).toEqual(hits.slice(-3));
    expect(last).toMatchObject({ total: hits.length, hasBefore: true, hasAfter: false });
    expect(await temporary.rows(listId, { search: '7@D' }, { after: hits[199] ?? 0, limit: 2 })).toEqual(hits.slice(200, 202));
  });

  it('within a status follows the verdicts, also in what it counts', async () => {
    const listId = temporary.importAddresses(addresses(40));
    const filter = { search: 'user1', statuses: ['risky'] as const };
    const page = (limit: number) => temporary.page(listId, { search: filter.search, statuses: [...filter.statuses] }, { limit });
    expect(await page(1)).toMatchObject({ rows: [], total: 0 });
    temporary.store.commit(batch(listId, [verdict(1, { reason: 'role' }), verdict(2, { reason: 'role' }), verdict(10, { reason: 'role' })]));
    expect(await page(1)).toMatchObject({ rows: [{ row: 1 }], total: 2, hasAfter: true });
    temporary.store.commit(batch(listId, [verdict(11, { reason: 'role' })]));
    expect(await page(1)).toMatchObject({ total: 3 });
  });
});

describe('while a search goes on', () => {
  it('other calls are answered', async () => {
    const listId = temporary.importAddresses(addresses(60_000));
    const order: string[] = [];
    const searching = temporary.page(listId, { search: 'nothing like it' }).then(() => order.push('search'));
    await temporary.page(listId, {}).then(() => order.push('page'));
    temporary.reader.detail(listId, 5);
    order.push('detail');
    await searching;
    expect(order).toEqual(['page', 'detail', 'search']);
  });

  it('another text ends it, the same one does not', async () => {
    const listId = temporary.importAddresses(addresses(60_000));
    const old = temporary.page(listId, { search: 'user5999' });
    const same = temporary.page(listId, { search: 'user59999@' });
    const again = temporary.page(listId, { search: 'user59999@' }, { before: 70_000 });
    await expect(old).rejects.toThrow(failing('Cancelled'));
    for (const page of [await same, await again]) expect(page.rows.map(({ row }) => row)).toEqual([59_999]);
  });

  it('the deletion of the list ends it', async () => {
    const listId = temporary.importAddresses(addresses(60_000));
    const searching = temporary.page(listId, { search: 'nothing like it' });
    temporary.store.deleteList(listId);
    await expect(searching).rejects.toThrow(failing('ListNotFound'));
  });
});
