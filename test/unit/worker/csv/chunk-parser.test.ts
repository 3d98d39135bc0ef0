// The chunk parser against csv-parse, whatever the chunks; and its bounds.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkParser } from '../../../../electron/worker/csv/chunk-parser.ts';
import { MAX_RECORD_LENGTH } from '../../../../electron/worker/csv/record-scanner.ts';
import { cellAt } from '../../../../electron/worker/csv/split-record.ts';

interface Parsed {
  readonly records: string[][];
  readonly places: { readonly record: number; readonly line: number }[];
  readonly problems: { readonly record: number; readonly line: number; readonly problem: string; readonly dropped: boolean }[];
  blankLines: number;
}

function parseChunks(chunks: readonly Buffer[], delimiter = ','): Parsed {
  const parsed: Parsed = { records: [], places: [], problems: [], blankLines: 0 };
  const parser = new ChunkParser(delimiter, {
    record({ latin1, scanner, record, line }) {
      const cells = Array.from({ length: scanner.count }, (_, index) => Buffer.from(cellAt(latin1, scanner, index), 'latin1').toString('utf8'));
      parsed.records.push(cells);
      parsed.places.push({ record, line });
    },
    blankLine() {
      parsed.blankLines++;
    },
    problem(problem) {
      parsed.problems.push(problem);
    },
  });
  for (const chunk of chunks) {
    parser.push(chunk);
    // The reader uses its buffer again.
    chunk.fill(0x22);
  }
  parser.end();
  return parsed;
}

const parseText = (text: string, delimiter?: string): Parsed => parseChunks([Buffer.from(text, 'utf8')], delimiter);

/** Cuts the text's bytes at the given places (fractions of its length). */
function cut(text: string, places: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'utf8');
  const at = [...places.map((place) => Math.floor(place * bytes.length)), 0, bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => Buffer.from(bytes.subarray(at[index], end)));
}

const oracle = (text: string, delimiter = ','): string[][] =>
  parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_quotes: true, relax_column_count: true, skip_empty_lines: true });

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '@', '.', '"', ',', ';', '\t', '|', '\r', '\n', ' ', '\0', 'é', '日', '😀'), maxLength: 8 }),
  fc.constantFrom('', '""', '=1+1', ' ', '\r\n'),
);
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('ChunkParser', () => {
  it('reads what csv-parse reads, in any valid document and however it is cut', () => {
    const delimiters = fc.constantFrom(',', ';', '\t', '|');
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    const ends = fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(delimiters, rows, ends, fc.boolean(), cuts, (delimiter, document, lineEnds, always, places) => {
        const quote = (value: string): string =>
          always || /["\r\n]/.test(value) || value.includes(delimiter) || value === '' ? `"${value.replaceAll('"', '""')}"` : value;
        const text = document.map((row, index) => row.map(quote).join(delimiter) + (lineEnds[index] ?? '\n')).join('');
        const parsed = parseChunks(cut(text, places), delimiter);
        expect(parsed.records).toEqual(document);
        expect(parsed.records).toEqual(oracle(text, delimiter));
        expect(parsed.problems).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same for any text, however it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', '"', ',', '\r', '\n', ' ', '日'), maxLength: 60 });
    fc.assert(
      fc.property(text, cuts, (document, places) => {
        expect(parseChunks(cut(document, places))).toEqual(parseText(document));
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses no character of any text outside of quotes, delimiters and line ends', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', ' '), maxLength: 60 });
    const letters = (value: string): string => value.replaceAll(/[^ab]/g, '');
    fc.assert(
      fc.property(text, (document) => {
        expect(letters(parseText(document).records.flat().join(''))).toBe(letters(document));
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts records and physical lines, and blank lines apart', () => {
    const parsed = parseText('h\r\n\r\n"a\nb\r\nc"\r\n\n\rd\n e');
    expect(parsed.records).toEqual([['h'], ['a\nb\r\nc'], ['d'], [' e']]);
    expect(parsed.places).toEqual([
      { record: 1, line: 1 },
      { record: 2, line: 3 },
      { record: 3, line: 8 },
      { record: 4, line: 9 },
    ]);
    expect(parsed.blankLines).toBe(3);
  });

  it('loses one line to a quote that is never closed, names it, and reads the rest', () => {
    const parsed = parseText('a,b\n1,"open\n2,x\n3,y\n');
    expect(parsed.records).toEqual([['a', 'b'], ['1', '"open'], ['2', 'x'], ['3', 'y']]);
    expect(parsed.problems).toEqual([{ record: 2, line: 2, problem: expect.stringContaining('never closed') as string, dropped: false }]);
  });

  it('does the same where the file goes on for megabytes after it, in any chunks', () => {
    const rows = 20_000;
    const text = `a,b\n1,"open\n${`2,${'x'.repeat(120)}\n`.repeat(rows)}`;
    for (const places of [[], [0.1, 0.5, 0.9], Array.from({ length: 40 }, (_, index) => index / 40)]) {
      const parsed = parseChunks(cut(text, places));
      expect(parsed.records.length).toBe(rows + 2);
      expect(parsed.records[1]).toEqual(['1', '"open']);
      expect(parsed.problems.length).toBe(1);
      expect(parsed.places.at(-1)).toEqual({ record: rows + 2, line: rows + 2 });
    }
  });

  it('drops a record over the bound, names it, and reads the rest, in bounded memory', () => {
    const giant = 'x'.repeat(MAX_RECORD_LENGTH * 3 + 17);
    const text = `a\nb\n${giant}\r\nc\n${giant}`;
    for (const places of [[], [0.2, 0.4, 0.6], Array.from({ length: 60 }, (_, index) => index / 60)]) {
      const parsed = parseChunks(cut(text, places));
      expect(parsed.records).toEqual([['a'], ['b'], ['c']]);
      expect(parsed.places.at(-1)).toEqual({ record: 4, line: 4 });
      expect(parsed.problems.map(({ record, line, dropped }) => ({ record, line, dropped }))).toEqual([
        { record: 3, line: 3, dropped: true },
        { record: 5, line: 5, dropped: true },
      ]);
    }
  });

  it('keeps a record of exactly the bound', () => {
    for (const end of ['', '\n', '\r\n', '\r']) {
      for (const places of [[], [0.5], [0.999999]]) {
        const parsed = parseChunks(cut(`${'x'.repeat(MAX_RECORD_LENGTH)}${end}${end === '' ? '' : 'y'}`, places));
        expect(parsed.records.map((record) => record[0]?.length)).toEqual(end === '' ? [MAX_RECORD_LENGTH] : [MAX_RECORD_LENGTH, 1]);
        expect(parsed.problems).toEqual([]);
      }
    }
  });

  it('finds the line end of CRLF although the chunks part it', () => {
    const text = `${'x'.repeat(MAX_RECORD_LENGTH + 5)}\r\nb\r\n`;
    const bytes = Buffer.from(text);
    const at = text.indexOf('\n');
    const parsed = parseChunks([Buffer.from(bytes.subarray(0, at)), Buffer.from(bytes.subarray(at))]);
    expect(parsed.records).toEqual([['b']]);
    expect(parsed.blankLines).toBe(0);
  });
});
