// Addresses that other lists have: left out of an import or an append, told by list, and counted apart from duplicates.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReader } from '../../../../electron/worker/reader-client.ts';
import { fileURLToPath } from 'node:url';
import { CombiningStore } from './combining-store.ts';

const READER = fileURLToPath(new URL('../../../../electron/worker/reader-entry.ts', import.meta.url));

let combining: CombiningStore;
beforeEach(async () => {
  combining = await new CombiningStore().open();
});
afterEach(async () => {
  await combining.remove();
});

it('marks rows with an address of another list, tells of which, and asks nobody about them', async () => {
  const customers = (await combining.import('email\na@one.test\nbad address\nb@one.test\n', { name: 'customers' })).list.id;
  const leavers = (await combining.import('email\nb@one.test\nc@two.test\n', { name: 'leavers' })).list.id;
  const text = 'email\nA@one.test\na@ONE.test\nbad address\nc@two.test\nd@two.test\nd@two.test\nb@one.test\ne@gone.test\n';
  const report = await combining.import(text, { notIn: [customers, leavers], lists: { suppress: ['e@gone.test'] } });
  expect(report).toMatchObject({
    rows: 8, duplicates: 1, suppressed: 1, elsewhere: [{ listId: customers, name: 'customers', rows: 2 }, { listId: leavers, name: 'leavers', rows: 1 }],
  });
  const { counters } = await combining.store.list(report.list.id);
  expect(counters.byState).toMatchObject({ pending: 2, done: 1, duplicate: 4, suppressed: 1 });
  const claims = await combining.store.claim(report.list.id, { maxDomains: 9, maxAddressesPerDomain: 9, nowMs: 0, includeScheduled: false });
  expect(claims.flatMap(({ addresses }) => addresses.map(({ address }) => address))).toEqual(['A@one.test', 'd@two.test']);
  await combining.store.unlock(report.list.id);
  expect((await combining.rows(report.list.id)).map(({ reason }) => reason)).toEqual(['pending', 'in_another_list', 'syntax_no_at', 'in_another_list', 'pending', 'pending', 'in_another_list', 'suppressed']);

  const reader = await openReader({ dir: combining.dir, workerPath: READER });
  const page = await reader.page({ listId: report.list.id, filter: {}, limit: 9 });
  expect(page.rows.map(({ state, otherList }) => [state, otherList ?? null])).toEqual([
    ['pending', null], ['duplicate', customers], ['done', null], ['duplicate', leavers], ['pending', null], ['duplicate', null], ['duplicate', customers], ['suppressed', null],
  ]);
  const ids = async (duplicates: 'only' | 'without') => (await reader.page({ listId: report.list.id, filter: { duplicates }, limit: 9 })).rows.map(({ row }) => row);
  expect([await ids('only'), await ids('without')]).toEqual([[2, 4, 6, 7], [1, 3, 5, 8]]);
  expect(await reader.exportCount(report.list.id, undefined, true)).toBe(4);
  await reader.close();
  const outPath = `${combining.folder}/without.csv`;
  expect(await combining.store.exportList({ listId: report.list.id, outPath, withoutDuplicates: true })).toMatchObject({ rows: 4 });
});

it('does so by the mailbox where the import does, and at an append', async () => {
  const first = (await combining.import('email\nann.b@gmail.com\n', { name: 'first' })).list.id;
  const { list, elsewhere, duplicates } = await combining.import('email\nannb+tag@gmail.com\nx@gmail.com\nX@gmail.com\n', { notIn: [first], duplicatesBy: 'mailbox' });
  expect([elsewhere, duplicates]).toEqual([[{ listId: first, name: 'first', rows: 1 }], 1]);
  const report = await combining.store.appendFile({ listId: list.id, path: combining.write('email\na.n.n.b@gmail.com\nnew@gmail.com\n'), notIn: [first] });
  expect(report).toMatchObject({ rows: 2, duplicates: 0, elsewhere: [{ listId: first, name: 'first', rows: 1 }] });
  expect(report.list.counters.byState).toMatchObject({ pending: 2, duplicate: 3 });
  await expect(combining.store.appendFile({ listId: list.id, path: combining.write('email\na@b.test\n'), notIn: [list.id] })).rejects.toMatchObject({ code: 'BadUsage' });
  await expect(combining.import('email\na@b.test\n', { notIn: [77] })).rejects.toMatchObject({ code: 'ListNotFound' });
});
