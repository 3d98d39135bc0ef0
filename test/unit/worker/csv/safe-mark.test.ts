// The mark of a spreadsheet-safe export without a column of ours: found in those, and in no file that another writer makes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardCell } from '../../../../electron/worker/csv/guard-cell.ts';
import { needsQuotes } from '../../../../electron/worker/csv/needs-quotes.ts';
import { hasSafeMark, markedName } from '../../../../electron/worker/csv/safe-mark.ts';

type Quotes = (cell: string, at: { readonly row: number; readonly column: number }) => boolean;

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const written = (table: readonly (readonly string[])[], quotes: Quotes): string[] =>
  table.map((row, rowAt) => row.map((cell, column) => (quotes(cell, { row: rowAt, column }) || needsQuotes(cell, ',') ? quoted(cell) : cell)).join(','));

const cell = fc.oneof(fc.constantFrom('', 'email', 'a@one.example', "'=1", '=1', 'First Name', '2020', '-5', 'Größe', 'a,b', '"', ' x', 'x\\y', '日本'), fc.string({ maxLength: 5 }).filter((text) => !/[\r\n]/.test(text)));
const table = fc.integer({ min: 1, max: 4 }).chain((width) => {
  const row = fc.array(cell, { minLength: width, maxLength: width });
  return fc.tuple(row, fc.array(row, { maxLength: 4 })).map(([header, rows]) => [header, ...rows]);
});

describe('the mark', () => {
  it('is found where an export has set it, unless every name needs quotes by itself', () => {
    fc.assert(
      fc.property(table, (cells) => {
        const safe = cells.map((row) => row.map(guardCell));
        const marked = markedName(safe[0] ?? [], ',');
        expect(hasSafeMark(written(safe, (_cell, { row, column }) => row === 0 && column === marked), ',')).toBe(marked >= 0);
      }),
    );
  });

  /** How other writers quote beside what needs it. */
  const writers: Readonly<Record<string, Quotes>> = {
    'nothing (RFC 4180, our own exact exports)': () => false,
    'what has blanks or a backslash (PHP)': (text) => /[\s\\]/.test(text),
    'what has blanks or is not ASCII (Perl)': (text) => /[\s\x7f-\uffff]/.test(text),
  };

  it.each(Object.entries(writers))('is in no file of who quotes %s', (_name, quotes) => {
    fc.assert(
      fc.property(table.filter(([names = []]) => names.some((name) => /^[a-z]\w*$/i.test(name))), (cells) => {
        expect(hasSafeMark(written(cells, quotes), ',')).toBe(false);
      }),
    );
  });

  it('is in no file of who quotes everything, or all text, as soon as there are two words or an address', () => {
    const all: Quotes = () => true;
    const text: Quotes = (value) => !/^-?\d+(\.\d+)?$/.test(value);
    for (const quotes of [all, text]) {
      expect(hasSafeMark(written([['email', 'name'], ['', '']], quotes), ',')).toBe(false);
      expect(hasSafeMark(written([['email'], ["'-a@one.example"], ['b@one.example']], quotes), ',')).toBe(false);
      expect(hasSafeMark(written([['email', '2020'], ['b@one.example', '7']], quotes), ',')).toBe(false);
    }
  });
});
