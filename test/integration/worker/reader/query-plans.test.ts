// What SQLite does for a page: a seek in the right index and nothing else, so that depth and size do not matter.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ListView } from '../../../../electron/worker/reader/list-view.ts';
import { allRowsSql, duplicatesSql, reasonSql } from '../../../../electron/worker/reader/matching-reasons.ts';
import { searchSql } from '../../../../electron/worker/reader/text-scan.ts';
import { BODIES, PLACES } from '../../../../electron/worker/reader/details-heads.ts';
import { ADDRESSES, DUPLICATES, NEXT_DOMAINS, SAME_DOMAIN } from '../../../../electron/worker/reader/fixed-columns.ts';
import { JUDGED } from '../../../../electron/worker/reader/verdict-columns.ts';
import { Library } from '../../../../electron/worker/store/library.ts';
import { TemporaryReader } from './temporary-reader.ts';

let temporary: TemporaryReader;
let list: ListView;
beforeEach(() => {
  temporary = new TemporaryReader();
  // Enough for the planner to care: what an import tells it of tiny tables makes it scan them.
  const listId = temporary.importAddresses(Array.from({ length: 4_000 }, (_, row) => `u${String(row % 2_000)}@d${String(row % 50)}.example`));
  const library = new Library(temporary.dir);
  list = new ListView(library.get(listId));
  library.close();
});
afterEach(() => {
  list.close();
  temporary.remove();
});

const plan = (sql: string, parameters: readonly (string | number)[]): string[] =>
  list.database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters).map(({ detail }) => detail);

describe('the plan of', () => {
  for (const direction of ['up', 'down'] as const) {
    const sign = direction === 'up' ? '>' : '<';

    it(`a page without a filter, ${direction}: a seek by row number`, () => {
      expect(plan(allRowsSql(direction), [1, 100])).toEqual([`SEARCH rows USING INTEGER PRIMARY KEY (rowid${sign}?)`]);
    });

    it(`a page by reason, ${direction}: a seek in the index of reasons, which is in row order`, () => {
      expect(plan(reasonSql(direction), [1, 1, 100])).toEqual([
        `SEARCH verdicts USING COVERING INDEX verdicts_by_reason (reason=? AND rowid${sign}?)`,
      ]);
    });

    it(`duplicates by reason, ${direction}: in their order, each with its verdict`, () => {
      const steps = plan(duplicatesSql(direction), [1, '[1]', 100]);
      expect(steps.slice(0, 2)).toEqual([
        `SEARCH d USING INTEGER PRIMARY KEY (rowid${sign}?)`,
        'SEARCH v USING INTEGER PRIMARY KEY (rowid=?)',
      ]);
      expect(steps.join()).not.toContain('TEMP B-TREE');
    });
  }

  it('a step of a search: only the rows of the step', () => {
    for (const filtered of [false, true]) {
      const steps = plan(searchSql(filtered), [0, 2_000, '%x%', ...(filtered ? ['[1]'] : [])]);
      expect(steps[0]).toBe('SEARCH r USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
      expect(steps.join()).not.toMatch(/TEMP B-TREE|SCAN (r|v)\b/);
    }
  });

  it.each([
    ['verdicts', JUDGED, [0, 10], ['SEARCH verdicts USING INTEGER PRIMARY KEY (rowid>?)']],
    ['places of details', PLACES, [0, 10], ['SEARCH verdicts USING INTEGER PRIMARY KEY (rowid>?)']],
    ['details', BODIES, [0, 10], ['SEARCH details USING INTEGER PRIMARY KEY (rowid>?)']],
    ['duplicates', DUPLICATES, [0, 10], ['SEARCH duplicates USING INTEGER PRIMARY KEY (rowid>?)']],
    ['a domain', SAME_DOMAIN, [0, 0, 10], ['SEARCH rows USING COVERING INDEX rows_by_domain (domain_id=? AND rowid>?)']],
    ['domains', NEXT_DOMAINS, [0, 10], ['SEARCH rows USING COVERING INDEX rows_by_domain (domain_id>?)']],
    ['addresses', ADDRESSES, [0, 10], ['SEARCH rows USING INTEGER PRIMARY KEY (rowid>?)']],
  ])('a step of the column of %s: a seek, and no sorting', (_, sql, parameters, steps) => {
    expect(plan(sql, parameters)).toEqual(steps);
  });
});
