// Formats that are text: gzip around any of them, JSON Lines and arrays, and lines with several addresses. Nothing is lost:
// what cannot be read is told of with its line, and the rest is there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressPieces } from '../../../../../electron/worker/intake/formats/address-pieces.ts';
import { valueSplitter } from '../../../../../electron/worker/intake/formats/json-values.ts';
import { LineSplitter } from '../../../../../electron/worker/intake/formats/line-splitter.ts';
import type { SourceOptions } from '../../../../../electron/worker/intake/list-source.ts';
import { openFormat } from '../../../../../electron/worker/intake/formats/open-format.ts';
import { readSource, type ReadSource } from '../../../../lab/read-source.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-formats-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const failing = (code: string, message: RegExp): Error => expect.objectContaining({ code, name: 'UserError', message: expect.stringMatching(message) as string }) as Error;
async function read(content: string | Buffer, options: SourceOptions = {}): Promise<ReadSource> {
  const path = join(folder, 'list.dat');
  writeFileSync(path, content);
  return await readSource(path, options);
}
const chunksOf = (text: string, sizes: readonly number[]): string[] => {
  const chunks: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return chunks;
};

describe('gzip', () => {
  it('gives what was packed, byte by byte, all members of it', async () => {
    const text = 'name;email\r\nJosé;jose@one.example\r\n';
    const packed = await read(Buffer.concat([gzipSync(iconv.encode(text, 'utf16le', { addBOM: true })), gzipSync(Buffer.from('x\0', 'latin1'))]));
    expect(packed).toMatchObject({ format: 'gzip', fixed: undefined });
    expect(Buffer.from(packed.text)).toHaveLength(Buffer.from(Buffer.concat([iconv.encode(text, 'utf16le', { addBOM: true }), Buffer.from('x\0')]).toString('utf8')).length);
    const many = Array.from({ length: 50 }, (_, part) => gzipSync(Array.from({ length: 5_000 }, (__, index) => `u${String(part)}.${String(index)}@one.example\n`).join('')));
    const all = await read(Buffer.concat(many));
    expect(all.rows).toHaveLength(250_000);
    expect(all.progress.at(-1)).toBe(all.size);
    expect(all.progress).toEqual([...all.progress].sort((a, b) => a - b));
  });

  it('may hold JSON Lines or lines of addresses', async () => {
    expect(await read(gzipSync('{"email":"a@one.example"}\n'))).toMatchObject({ format: 'gzip, jsonl', rows: [['email'], ['a@one.example']] });
    expect(await read(gzipSync('a@one.example; b@one.example\n'))).toMatchObject({ format: 'gzip, addresses', rows: [['email', 'line', 'text'], ['a@one.example', '1', 'a@one.example'], ['b@one.example', '1', '; b@one.example']] });
  });

  it('that is cut off or damaged is named', async () => {
    const whole = gzipSync(Array.from({ length: 100_000 }, (_, index) => `u${String(index * 7_919)}@one.example\n`).join(''));
    await expect(read(whole.subarray(0, whole.length / 2))).rejects.toThrow(failing('FileUnreadable', /list\.dat breaks off in the middle/));
    const bad = Buffer.from(whole);
    bad.fill(0xff, 1_000, 1_100);
    await expect(read(bad)).rejects.toThrow(failing('FileUnreadable', /list\.dat is a damaged gzip file/));
  });

  it('that unpacks to far more than any list is refused early', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, 'a@one.example\n'));
    expect(bomb.length).toBeLessThan(200_000);
    await expect(read(bomb)).rejects.toThrow(failing('FileUnreadable', /unpacks to more than 400 times its size/));
    // As small a file may be as repetitive as it likes.
    expect((await read(gzipSync(Buffer.alloc(1_000_000, 'a'.repeat(300))))).text).toHaveLength(1_000_000);
  });

  it('is only looked at as far as a preview needs', async () => {
    const path = join(folder, 'list.dat');
    writeFileSync(path, gzipSync(Array.from({ length: 150_000 }, (_, index) => `u${String(index)}@one.example\n`).join('')));
    const source = await openFormat(path, { limitBytes: 1_000_000 });
    const { bytes, complete } = await source.head(1_000);
    expect([bytes.length, complete]).toEqual([1_000, false]);
    let length = 0;
    for await (const chunk of source.chunks()) length += chunk.bytes.length;
    expect(length).toBeGreaterThanOrEqual(1_000_000);
    expect(length).toBeLessThan(2_000_000);
    await source.close();
  });
});

describe('JSON Lines', () => {
  it('have a column for each key, in the order in which they are first seen', async () => {
    const found = await read('\uFEFF{"email":"a@one.example","n":1}\r\n\n{"n":2.50,"tags":["x",{"y":null}],"__proto__":"p","email":null}\n{"email":"b@one.example","ok":true,"id":12345678901234567890,"deep":{"n":1.10}}');
    expect(found).toMatchObject({ format: 'jsonl', problems: [], fixed: { hasHeader: true, delimiter: ',', encoding: 'utf-8' } });
    expect(found.rows).toEqual([
      ['email', 'n', 'tags', '__proto__', 'ok', 'id', 'deep'],
      ['a@one.example', '1', '', '', '', '', ''],
      ['', '2.50', '["x",{"y":null}]', 'p', '', '', ''],
      ['b@one.example', '', '', '', 'true', '12345678901234567890', '{"n":"1.10"}'],
    ]);
  });

  it('keep what is found late in a cell of its own, and leave out with its line what is no JSON', async () => {
    const early = '{"email":"a@one.example","pad":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}\n'.repeat(20_000);
    const found = await read(`${early}{"email":"b@one.example","late":1,"__proto__":"x"}\nnot json\n{"email":"c@one.example","late":2}\n{"email":`);
    expect(found.rows.slice(-2)).toEqual([['b@one.example', '', '{"late":"1","__proto__":"x"}'], ['c@one.example', '', '{"late":"2"}']]);
    expect(found.problems).toEqual([
      { line: 20_001, problem: expect.stringContaining('"late"') as string, dropped: false },
      { line: 20_001, problem: expect.stringContaining('"__proto__"') as string, dropped: false },
      { line: 20_002, problem: expect.stringContaining('no JSON') as string, dropped: true },
      { line: 20_004, problem: expect.stringContaining('no JSON') as string, dropped: true },
    ]);
  });

  it('may be arrays, with or without names in the first, and in UTF-16', async () => {
    const found = await read(iconv.encode('["name","email"]\n["Zoë","a@one.example"]\n', 'utf16le', { addBOM: true }));
    expect(found).toMatchObject({ format: 'jsonl', rows: [['name', 'email'], ['Zoë', 'a@one.example']] });
    expect(found.fixed).not.toHaveProperty('hasHeader');
  });

  it('of a record without an end are left out, and the rest is there', async () => {
    const found = await read(`{"email":"a@one.example"}\n{"email":"${'x'.repeat(1_200_000)}"}\n{"email":"b@one.example"}\n`);
    expect(found.rows).toEqual([['email'], ['a@one.example'], ['b@one.example']]);
    expect(found.problems).toMatchObject([{ line: 2, dropped: true }]);
  });

  it('give every text back as it is, whatever it holds', async () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\\', "'", ' ', 'é', '\0') }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: value, b: value, n: fc.double({ noNaN: true, noDefaultInfinity: true }) }), { minLength: 1, maxLength: 6 }), async (records) => {
        const rows = [['a', 'b', 'n'], ...records.map(({ a, b, n }) => [a, b, JSON.stringify(n)])];
        for (const text of [records.map((one) => JSON.stringify(one)).join('\n'), JSON.stringify(records, null, 2)]) expect((await read(text)).rows).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a JSON array', () => {
  it('gives its elements; a broken one is left out with its line', async () => {
    const found = await read('[\n  {"email": "a@one.example",\n   "n": "]}"},\n  {"email": oops},\n  {"email": "b@one.example", "n": [1, {"x": 2}]}\n]\n');
    expect(found).toMatchObject({ format: 'json', rows: [['email', 'n'], ['a@one.example', ']}'], ['b@one.example', '[1,{"x":2}]']] });
    expect(found.problems).toEqual([{ line: 4, problem: expect.stringContaining('no JSON') as string, dropped: true }]);
  });

  it('of addresses is a list of them', async () => {
    expect((await read('["a@one.example","b@one.example"]')).rows).toEqual([['a@one.example'], ['b@one.example']]);
  });

  it('is cut into its elements wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), fc.constantFrom(0, 2), (values, sizes, indent) => {
        const splitter = valueSplitter('array');
        const found = chunksOf(JSON.stringify(values, null, indent), sizes).flatMap((chunk) => [...splitter.push(chunk)]);
        found.push(...splitter.end());
        expect(found.map(({ text }) => JSON.parse(text) as unknown)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });
});

describe('lines', () => {
  it('are the same wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'b'), maxLength: 40 }), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (text, sizes) => {
        const splitter = new LineSplitter();
        const lines = [...chunksOf(text, sizes).flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()].map((line) => line.text);
        const expected = text.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('text with several addresses a line', () => {
  it('gives each of them a row with its line, and loses nothing', async () => {
    const found = await read('a@x.de; B <b@y.de>, c@z.de\n\nann@one.example bob@one.example\n"Doe, Ann" <d@one.example>\n');
    expect(found.format).toBe('addresses');
    expect(found.rows).toEqual([
      ['email', 'line', 'text'],
      ['a@x.de', '1', 'a@x.de'],
      ['b@y.de', '1', '; B <b@y.de>'],
      ['c@z.de', '1', ', c@z.de'],
      ['ann@one.example', '3', 'ann@one.example'],
      ['bob@one.example', '3', ' bob@one.example'],
      ['d@one.example', '4', '"Doe, Ann" <d@one.example>'],
    ]);
  });

  it('is no CSV, and a CSV is no such text', async () => {
    for (const csv of ['a@one.example,b@two.example|1\nc@one.example,d@two.example|2\n', 'email\na@one.example\n', 'a@one.example\nb@one.example\n', 'name,email\nAnn,a@one.example\n', 'Ann;a@one.example;b@one.example\nBob;c@one.example;d@one.example\n']) {
      expect((await read(csv)).format).toBe('text');
    }
    expect((await read('a@x.de;b@y.de\n', { delimiter: ';' })).format).toBe('text');
  });

  it('keeps what is no address as a row of its own, and the others of its line', async () => {
    const lines = 'a@one.example; b@one.example\n'.repeat(20);
    const found = await read(`${lines}c@one.example; nobody; not@@one; d@one.example\n`);
    expect(found.rows.slice(-4).map((cells) => cells.slice(0, 2))).toEqual([['c@one.example', '21'], ['nobody', '21'], ['not@@one', '21'], ['d@one.example', '21']]);
  });

  it('may be one line of any length, and is cut only between addresses', () => {
    const addresses = Array.from({ length: 6_000 }, (_, index) => (index % 3 === 0 ? `Name, N. <u${String(index)}@one.example>` : `u${String(index)}@one.example`));
    fc.assert(
      fc.property(fc.constantFrom('; ', ', ', ';'), fc.array(fc.integer({ min: 1_000, max: 70_000 }), { minLength: 1, maxLength: 5 }), (separator, sizes) => {
        const text = addresses.join(separator);
        const pieces = new AddressPieces();
        const rows = [...chunksOf(text, sizes).flatMap((chunk) => pieces.push(chunk)), ...pieces.end()];
        expect(rows.map(([address]) => address)).toEqual(addresses.map((_, index) => `u${String(index)}@one.example`));
        expect(rows.map(([, , piece]) => piece).join('')).toBe(text);
      }),
      { numRuns: 5 },
    );
  });
});

describe('several address columns', () => {
  const csv = 'name;work;home;note\nAnn;a@one.example;a@two.example;x\nBob;;"b@one.example, c@one.example";"y;z"\nEve;;;\n';

  it('give each address a row with all cells of its record', async () => {
    const found = await read(csv, { addressColumns: 'all' });
    expect(found.fixed).toMatchObject({ hasHeader: true, addressColumn: 4 });
    expect(found.rows).toEqual([
      ['name', 'work', 'home', 'note', 'address', 'address_column'],
      ['Ann', 'a@one.example', 'a@two.example', 'x', 'a@one.example', 'work'],
      ['Ann', 'a@one.example', 'a@two.example', 'x', 'a@two.example', 'home'],
      ['Bob', '', 'b@one.example, c@one.example', 'y;z', 'b@one.example', 'home'],
      ['Bob', '', 'b@one.example, c@one.example', 'y;z', 'c@one.example', 'home'],
      ['Eve', '', '', '', '', ''],
    ]);
  });

  it('may be named, and must be there', async () => {
    const found = await read(csv, { addressColumns: ['HOME', '1'] });
    expect(found.rows.slice(1).map((cells) => cells.slice(4))).toEqual([['Ann', 'name'], ['a@two.example', 'home'], ['Bob', 'name'], ['b@one.example', 'home'], ['c@one.example', 'home'], ['Eve', 'name']]);
    await expect(read(csv, { addressColumns: ['nope'] })).rejects.toThrow(failing('ColumnNotFound', /no column "nope"/));
    await expect(read('a,b\n1,2\n', { addressColumns: 'all' })).rejects.toThrow(failing('NoAddressColumn', /no column of e-mail addresses/));
  });

  it('are found in any format, with what was wrong in it', async () => {
    const found = await read('{"a":"x@one.example","b":"y@one.example"}\nbroken\n', { addressColumns: 'all' });
    expect(found.rows.map((cells) => cells.slice(2))).toEqual([['address', 'address_column'], ['x@one.example', 'a'], ['y@one.example', 'b']]);
    expect(found.problems).toMatchObject([{ line: 2, dropped: true }]);
    const ragged = await read('a,b\nx@one.example,y@one.example,z\n', { addressColumns: ['a'] });
    expect(ragged.rows[1]).toEqual(['x@one.example', 'y@one.example', 'z', 'x@one.example', 'a']);
    expect(ragged.problems).toMatchObject([{ line: 2, dropped: false }]);
  });
});

describe('several files as one list', () => {
  it('have the columns of all of them by name, each address with its file, and problems with theirs', async () => {
    const files: readonly (readonly [string, string | Buffer])[] = [
      ['a.csv', 'Name;E-Mail\nAnn;a@one.example\nBob;b@one.example;x\n'],
      ['b.jsonl.gz', gzipSync('{"email":"c@one.example","name":"Cid"}\nbroken\n')],
      ['c.txt', 'd@one.example\n'],
    ];
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    const found = await readSource(folder, { together: files.map(([name]) => join(folder, name)) });
    expect(found).toMatchObject({ format: 'files', fixed: { hasHeader: true, addressColumn: 5 } });
    expect(found.rows).toEqual([
      ['Name', 'E-Mail', '', 'email', 'column_1', 'address', 'source_file'],
      ['Ann', 'a@one.example', '', '', '', 'a@one.example', 'a.csv'],
      ['Bob', 'b@one.example', 'x', '', '', 'b@one.example', 'a.csv'],
      ['Cid', '', '', 'c@one.example', '', 'c@one.example', 'b.jsonl.gz'],
      ['', '', '', '', 'd@one.example', 'd@one.example', 'c.txt'],
    ]);
    expect(found.problems).toEqual([
      { line: 3, problem: 'a.csv: the row has 3 cells, the header 2', dropped: false },
      { line: 2, problem: expect.stringMatching(/^b\.jsonl\.gz: .*no JSON/) as string, dropped: true },
    ]);
    expect(found.progress.at(-1)).toBe(found.size);
    // Each as it was chosen: another column, and several of them.
    const togetherReading = [{ addressColumn: 0 }, { addressColumns: ['email'] }];
    const chosen = await readSource(folder, { together: files.map(([name]) => join(folder, name)), togetherReading });
    expect(chosen.rows.map((row) => row.slice(-2))).toEqual([['address', 'source_file'], ['Ann', 'a.csv'], ['Bob', 'a.csv'], ['c@one.example', 'b.jsonl.gz'], ['d@one.example', 'c.txt']]);
    expect(chosen.rows[3]?.slice(0, -2)).toContain('email');
    await expect(readSource(folder, { together: [join(folder, 'a.csv'), join(folder, 'gone.csv')] })).rejects.toThrow(failing('FileNotFound', /gone\.csv/));
  });
});

describe('a text in memory', () => {
  it('is read as a file would be', async () => {
    expect(await readSource('Pasted', { text: 'a@one.example; b@one.example' })).toMatchObject({ format: 'addresses', rows: [['email', 'line', 'text'], ['a@one.example', '1', 'a@one.example'], ['b@one.example', '1', '; b@one.example']] });
    expect(await readSource('Pasted', { text: 'n,email\n1,a@one.example\n' })).toMatchObject({ format: 'text', rows: [['n', 'email'], ['1', 'a@one.example']] });
    await expect(readSource('Pasted', { text: '' })).rejects.toThrow(failing('FileEmpty', /Pasted is empty/));
  });
});
