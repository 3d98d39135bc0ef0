// Whatever the lists are (promise 2): an append reads back as an import of both files would, a merge as the union of the
// lists, and the parts of a split merge into all rows again. With the store and the combining in this thread: it is what
// they do that is looked at, thousands of cells of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_HOOKS } from '../../../../electron/worker/call-hooks.ts';
import type { CombineLists } from '../../../../electron/worker/combine/combine-lists.ts';
import type { ListId, VerdictRecord } from '../../../../electron/worker/interface.ts';
import type { SplitRule } from '../../../../electron/worker/store-combine.ts';
import { combineHere } from '../../../lab/combine-here.ts';
import { batch, TemporaryStore, verdict } from '../store/temporary-store.ts';
import { contentOf, readRows, type ReadRow } from './combining-store.ts';

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

const combine = (): CombineLists => combineHere(temporary.store);

function rowsOf(listId: ListId): ReadRow[] {
  const outPath = join(temporary.folder, 'out.csv');
  temporary.store.exportList({ listId, outPath, spreadsheetSafe: false });
  return readRows(readFileSync(outPath), temporary.store.list(listId));
}

function judge(listId: ListId): void {
  const claims = temporary.claim(listId);
  const verdicts = claims.flatMap(({ addresses }) => addresses.flatMap(({ rowId, address }) => {
    const given = verdictOf(address);
    return given === null ? [] : [verdict(rowId, given)];
  }));
  temporary.store.commit(batch(listId, verdicts, { releasedDomainIds: claims.map(({ domainId }) => domainId) }));
  temporary.store.unlock(listId);
}

function verdictOf(address: string): Partial<VerdictRecord> | null {
  const reasons = ['accepted', 'mailbox_not_found', 'accept_all'] as const;
  const reason = reasons[address.charCodeAt(1) % 4];
  return reason === undefined ? null : { reason };
}

function ruleOf(by: 'parts' | 'status' | 'domain' | 'rows', count: number, rows: number): SplitRule {
  switch (by) {
    case 'parts':
      return { by, parts: count };
    case 'domain':
      return { by, most: count };
    case 'rows':
      return { by, rows: Uint32Array.from({ length: rows }, (_, index) => index + 1).filter((row) => row % count === 1) };
    case 'status':
      return { by };
  }
}

describe('whatever the lists', () => {
  const cell = fc.oneof(fc.constantFrom('', 'x', '=1', '"q', 'a,b', 'l\nm', ' s ', ';', '\'=2'), fc.string({ maxLength: 5 }).map((text) => text.replaceAll(/[\r\n\0]/g, ' ')));
  const address = fc.oneof({ weight: 6, arbitrary: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 })).map(([user, host]) => `u${String(user)}@h${String(host)}.test`) }, { weight: 1, arbitrary: fc.constantFrom('', 'no at', 'U1@H1.test', 'x@y@z.test') });
  const table = fc.record({
    columns: fc.uniqueArray(fc.constantFrom('name', 'city', 'Phone', 'note'), { maxLength: 3 }),
    delimiter: fc.constantFrom(',', ';', '\t'),
    rows: fc.array(fc.tuple(address, fc.array(cell, { minLength: 3, maxLength: 3 })), { minLength: 1, maxLength: 12 }),
  });
  type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;
  const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const csv = ({ columns, delimiter, rows }: Table): string =>
    [['email', ...columns], ...rows.map(([one, cells]) => [one, ...cells.slice(0, columns.length)])].map((record) => `${record.map(quoted).join(delimiter)}\n`).join('');
  const reading = ({ delimiter }: Table) => ({ column: 'email', delimiter, hasHeader: true, encoding: 'utf-8' });
  it('an append reads back as an import of both, a merge as the union, and split parts merge into all rows again', async () => {
    await fc.assert(
      fc.asyncProperty(table, table, fc.integer({ min: 2, max: 4 }), fc.constantFrom('parts', 'status', 'domain', 'rows'), async (a, b, count, rule) => {
        const appended = temporary.import(csv(a), reading(a)).list.id;
        await combine().appendFile({ listId: appended, path: temporary.write('b.csv', csv(b)), ...reading(b) }, NO_HOOKS);
        const first = temporary.import(csv(a), reading(a)).list.id;
        const second = temporary.import(csv(b), reading(b)).list.id;
        const merged = (await combine().mergeLists({ listIds: [first, second], name: 'm' }, NO_HOOKS)).list;
        // The same rows in the same order, however they came together; and each as it was in its own list.
        const all = rowsOf(appended);
        expect(rowsOf(merged.id)).toEqual(all);
        expect(contentOf(all)).toEqual(contentOf([...rowsOf(first), ...rowsOf(second)]));
        expect(temporary.store.list(appended).counters).toEqual(merged.counters);

        judge(merged.id);
        const judged = rowsOf(merged.id);
        // Rows of one kind only make one part: that is refused, and there is nothing to merge.
        const { lists } = await combine().splitList({ listId: merged.id, rule: ruleOf(rule, count, merged.counters.rows) }, NO_HOOKS).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'BadUsage' });
          return { lists: [] };
        });
        if (lists.length < 2) return;
        const again = (await combine().mergeLists({ listIds: lists.map(({ id }) => id), name: 'again' }, NO_HOOKS)).list;
        expect(contentOf(rowsOf(again.id))).toEqual(contentOf(judged));
        expect(again.counters).toEqual(temporary.store.list(merged.id).counters);
        for (const { id } of temporary.store.lists()) temporary.store.deleteList(id);
      }),
      { numRuns: 10 },
    );
  }, 240_000);
});
