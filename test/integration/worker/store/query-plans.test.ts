// A plan for every query of store, reader and export: none goes through a table that grows with a list, or sorts one,
// but for those that stand here with their reason. A query that nothing in `test/lab/prepared-queries` prepares fails too:
// whoever writes a new one lets it be prepared there.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PreparedQuery } from '../../../lab/prepared-queries.ts';

const WORKER = join(import.meta.dirname, '../../../../electron/worker');
const PROGRAM = join(import.meta.dirname, '../../../lab/prepared-queries.ts');

/** Tables of a few dozen rows, and what is no table. */
const SMALL = /^SCAN (?:CONSTANT ROW|\(subquery-\d+\)|\d+-ROW VALUES CLAUSE|lists|reasons|counters|jobs|j|meta|daily_counts|known_count|sqlite_schema)(?: |$)/;

/** Queries that may go through a large table, by file and a part of their SQL. */
const ALLOWED: readonly (readonly [file: string, sql: RegExp, why: string])[] = [
  ['store/dns-cache-table.ts', /ORDER BY expires_at_ms LIMIT/, 'reads the index of times from its beginning, a slice of it'],
  ['store/dns-cache-table.ts', /^SELECT count/, 'at most 50,000 rows, at the start and when it is full'],
  ['store/known-verdict-table.ts', /ORDER BY checked_at_ms LIMIT/, 'reads the index of times from its beginning, a slice of it'],
  ['store/repeated-rows.ts', /FROM duplicates/, 'a narrow table, read once when a list is first committed to'],
  ['store/common-domains.ts', /GROUP BY/, 'once a run: the commonest domains of the whole list are what is asked for'],
  ['store/workload-of.ts', /GROUP BY/, 'before a run: all domains of the list are what is asked for'],
  ['store/complete-list.ts', /GROUP BY/, 'once, at the end of an import'],
  ['combine/count-rows.ts', /GROUP BY/, 'once, at the end of a merge or a split'],
  ['combine/append-file.ts', /GROUP BY|UPDATE domains/, 'once, at the end of an append'],
  ['combine/split-groups.ts', /duplicates|verdicts|domain_id|FROM rows/, 'the whole list is what is asked for, once'],
  ['reader/list-view.ts', /count\(\*\) FROM duplicates|WHERE kind = 'empty'/, 'for filters: read once, remembered'],
];

let queries: readonly PreparedQuery[] = [];
beforeAll(() => {
  queries = JSON.parse(execFileSync(process.execPath, [PROGRAM], { encoding: 'utf8', maxBuffer: 1e8 })) as PreparedQuery[];
}, 120_000);

const fileOf = ({ place }: PreparedQuery): string => place.slice(0, place.lastIndexOf(':'));
const isCostly = (step: string): boolean => (step.startsWith('SCAN ') && !SMALL.test(step)) || step.includes('TEMP B-TREE');
const isAllowed = (query: PreparedQuery): boolean => ALLOWED.some(([file, sql]) => file === fileOf(query) && sql.test(query.sql.trim().replaceAll(/\s+/g, ' ')));

describe('query plans', () => {
  it('use an index for whatever grows with a list', () => {
    const costly = queries.filter((query) => query.plan.some(isCostly) && !isAllowed(query));
    expect(costly.map(({ place, sql, plan }) => `${place} ${sql} ${plan.filter(isCostly).join('; ')}`)).toEqual([]);
  });

  it('are known for every query of the source', () => {
    const seen = new Set(queries.map(({ place }) => place));
    const prepared = ['store', 'reader', 'export', 'combine'].flatMap((folder) =>
      readdirSync(join(WORKER, folder)).filter((name) => name.endsWith('.ts')).flatMap((name) =>
        readFileSync(join(WORKER, folder, name), 'utf8').split('\n').flatMap((line, index) => {
          const isQuery = /\.prepare\b/.test(line) && !line.includes('VACUUM') && !line.trimStart().startsWith('//');
          return isQuery ? [`${folder}/${name}:${String(index + 1)}`] : [];
        }),
      ),
    );
    expect(prepared.length).toBeGreaterThan(50);
    expect(prepared.filter((place) => !seen.has(place))).toEqual([]);
  });

  it('have no exception that nothing needs', () => {
    const needed = ALLOWED.filter(([file, sql]) => queries.some((query) => fileOf(query) === file && sql.test(query.sql.trim().replaceAll(/\s+/g, ' ')) && query.plan.some(isCostly)));
    expect(needed.map(([file, , why]) => `${file}: ${why}`)).toEqual(ALLOWED.map(([file, , why]) => `${file}: ${why}`));
  });
});
