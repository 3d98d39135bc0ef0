// Imports of lists with messy cells, mailboxes under several addresses, and people who must not be asked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemporaryStore } from './store/temporary-store.ts';

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

/** What the engine would ask. */
const asked = (listId: number): string[] => temporary.claim(listId).flatMap(({ addresses }) => addresses.map(({ address }) => address));

/** Cells of an export, by column. */
function exported(listId: number): Record<string, string>[] {
  const outPath = join(temporary.folder, 'exported.csv');
  temporary.store.exportList({ listId, outPath, spreadsheetSafe: false });
  return parse(readFileSync(outPath), { bom: true, columns: true });
}

describe('messy cells', () => {
  const cells = [
    'Ann <ann@one.example>', 'mailto:bob@one.example?subject=x', '\u200bcarl@one.example\u00a0', 'dora@one.example.', 'ann@ONE.example', '(eve@one.example)',
    'john smith@one.example', 'call me', 'f..g@one.example', 'ann@one.example\n', 'x@y@one.example',
  ];

  it('are asked by the address that they hold and nothing else, and kept as they are', () => {
    const report = temporary.import(`n,email\n${cells.map((cell, index) => `${String(index)},"${cell}"`).join('\n')}\n`);
    expect(report).toMatchObject({ rows: 11, duplicates: 1, empty: 0, extracted: 4, suppressed: 0, problemCount: 0 });
    expect(asked(report.list.id)).toEqual(['ann@one.example', 'bob@one.example', 'carl@one.example', 'dora@one.example', 'eve@one.example']);
    expect(temporary.store.counters(report.list.id).byReason).toEqual({
      syntax_space: 1, syntax_no_at: 1, syntax_dots: 1, syntax_bad_character: 1, syntax_multiple_at: 1,
    });
    expect(exported(report.list.id).map((row) => row['email'])).toEqual(cells);
  });

  it('with several addresses are asked for the first, and named', () => {
    const report = temporary.import('email\nann@one.example; bob@one.example\n"Doe, Jo <jo@one.example>,\nann@one.example,x@one.example"\nann@one.example\nbob@one.example and me\n', { delimiter: ',' });
    expect(report).toMatchObject({ rows: 4, duplicates: 1, extracted: 2, problemCount: 2 });
    expect(report.problems).toEqual([
      { row: 1, line: 2, problem: 'the cell holds 2 addresses; the first is verified', dropped: false },
      { row: 2, line: 3, problem: 'the cell holds 3 addresses; the first is verified', dropped: false },
    ]);
    expect(asked(report.list.id)).toEqual(['ann@one.example', 'jo@one.example']);
  });

  it('make a column of addresses by themselves', () => {
    const report = temporary.import('k1,k2\n1,Ann <ann@one.example>\n2,Bob <bob@one.example>\n');
    expect(report.list).toMatchObject({ addressColumn: 1, hasHeader: true });
  });
});

describe('duplicates', () => {
  const text = 'email\nJ.Doe@gmail.com\njdoe+x@googlemail.com\nann@one.example\nAnn@one.example\nJ.Doe@gmail.com\n';

  it('are equal addresses, or by wish addresses of one mailbox', () => {
    expect(temporary.import(text)).toMatchObject({ rows: 5, duplicates: 1 });
    const report = temporary.import(text, { duplicatesBy: 'mailbox' });
    expect(report).toMatchObject({ rows: 5, duplicates: 2 });
    // Asked as it was written.
    expect(asked(report.list.id)).toEqual(['J.Doe@gmail.com', 'ann@one.example', 'Ann@one.example']);
    expect(exported(report.list.id).map((row) => row['winnow_duplicate_of'])).toEqual(['', '1', '', '', '1']);
  });
});

describe("the user's list of those never to be asked", () => {
  it('is kept to: addresses and whole domains, messy cells and repeated rows too', () => {
    const text = 'email\nann@one.example\nbob@one.example\nAnn <ann@one.example>\neve@two.example\nx@mail.two.example\nbad\n';
    const report = temporary.import(text, { lists: { suppress: ['ann@one.example', 'two.example'] } });
    expect(report).toMatchObject({ rows: 6, duplicates: 0, extracted: 1, suppressed: 4 });
    expect(asked(report.list.id)).toEqual(['bob@one.example']);
    expect(temporary.store.counters(report.list.id)).toMatchObject({ rows: 6, byState: { pending: 1, done: 1, suppressed: 4, duplicate: 0 } });
    expect(exported(report.list.id).map((row) => row['winnow_reason'])).toEqual(['suppressed', 'pending', 'suppressed', 'suppressed', 'suppressed', 'syntax_no_at']);
  });

  it('holds nobody back where it is empty', () => {
    expect(temporary.import('email\nann@one.example\n', { lists: {} })).toMatchObject({ rows: 1, suppressed: 0 });
  });
});
