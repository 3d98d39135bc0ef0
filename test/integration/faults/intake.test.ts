// Faults rows 68-72 and 74-76 as an import meets them, in every format: what is wrong with a file is told, with what was
// looked for, its row and its line; nothing half is stored, no row that can be read is lost.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportOptions, ImportReport } from '../../../electron/worker/interface.ts';
import { SyncStore } from '../../lab/sync-store.ts';
import { workbookFile } from '../../lab/zip-file.ts';

let folder = '';
let store: SyncStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-intake-'));
  store = new SyncStore(join(folder, 'store'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const failing = (code: string, message: RegExp): Error => expect.objectContaining({ code, name: 'UserError', message: expect.stringMatching(message) as string }) as Error;
function write(content: string | Uint8Array): string {
  const path = join(folder, 'list.dat');
  writeFileSync(path, content);
  return path;
}
const imported = (content: string | Uint8Array, options: Partial<ImportOptions> = {}): ImportReport => store.importList({ path: write(content), ...options });
function expectRefused(content: string | Uint8Array, code: string, message: RegExp, options: Partial<ImportOptions> = {}): void {
  expect(() => imported(content, options)).toThrow(failing(code, message));
  expect(store.lists()).toEqual([]);
  expect(readdirSync(join(folder, 'store', 'lists'))).toEqual([]);
}
/** What an export gives back, without our own columns. */
function exported(listId: number): string[][] {
  const outPath = join(folder, 'out.csv');
  store.exportList({ listId, outPath, spreadsheetSafe: false });
  return parse(readFileSync(outPath), { bom: true, delimiter: [',', ';', '\t'] }).map((cells) => cells.slice(0, -9));
}
const asked = (listId: number): string[] =>
  store.claim(listId, { maxDomains: 1_000, maxAddressesPerDomain: 1_000, nowMs: 0, includeScheduled: true }).flatMap(({ addresses }) => addresses.map(({ address }) => address));
/** A sheet of texts. */
const sheetOf = (rows: readonly (readonly string[])[]): Buffer =>
  workbookFile({ sheets: [['S', rows.map((cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`).join('')}</row>`).join('')]] });
const jsonLines = (...records: readonly object[]): string => records.map((record) => JSON.stringify(record)).join('\n');

describe('a file without a list (68)', () => {
  it('is told what was looked for: empty, a header only, no address column', () => {
    expectRefused('', 'FileEmpty', /list\.dat is empty\. Looked for rows with e-mail addresses/);
    expectRefused(gzipSync(''), 'FileEmpty', /nothing but blanks\. Looked for/);
    expectRefused(sheetOf([]), 'FileEmpty', /Looked for rows with e-mail addresses/);
    expectRefused('name,email\n', 'FileEmpty', /a header and no rows/);
    expectRefused(sheetOf([['name', 'email']]), 'FileEmpty', /a header and no rows/);
    expectRefused('[]', 'FileEmpty', /Looked for/);
    expectRefused(jsonLines({ name: 'Ann', phone: 1 }, { name: 'Bob', phone: 2 }), 'NoAddressColumn', /no column of e-mail addresses\. Looked for.*"name", "phone"/);
    expectRefused(sheetOf([['name'], ['Ann'], ['Bob']]), 'NoAddressColumn', /Looked for a header such as "email"/);
  });
});

describe('encodings (69)', () => {
  const cases: readonly (readonly [encoding: string, words: readonly string[], bom?: boolean])[] = [
    ['utf-8', ['José', 'Zoë', '山田']],
    ['utf-8', ['José', 'Zoë', '山田'], true],
    ['utf-16le', ['José', 'Łukasz', '山田']],
    ['utf-16le', ['José', 'Łukasz', '山田'], true],
    ['utf-16be', ['José', 'Łukasz', '山田'], true],
    ['windows-1252', ['Jürgen Köhler', 'Grüne Straße', 'Müller']],
    ['windows-1250', ['Łukasz Wiśniewski', 'Žižkov', 'Świętokrzyskie']],
    ['iso-8859-2', ['Łukasz Wiśniewski', 'Žižkov', 'Świętokrzyskie']],
    ['windows-1251', ['Иван Петров', 'Екатерина Смирнова', 'Москва']],
    ['shift_jis', ['山田太郎', '株式会社サクラ', '鈴木一郎']],
    ['gb18030', ['张伟', '北京市朝阳区', '上海有限公司']],
  ];
  for (const [encoding, words, addBOM = false] of cases) {
    it(`${encoding}${addBOM ? ' with BOM' : ''} is found and shown, packed or not`, () => {
      const rows = words.map((word, index) => [word, `user${String(index)}@one.example`]);
      const bytes = iconv.encode([['name', 'email'], ...rows].map((cells) => cells.join(';')).join('\r\n'), encoding, { addBOM });
      for (const content of [bytes, gzipSync(bytes)]) {
        const { list, problems } = imported(content);
        expect({ encoding: list.encoding, problems }).toEqual({ encoding, problems: [] });
        expect(exported(list.id)).toEqual([['name', 'email'], ...rows]);
      }
    });
  }

  it('can be changed by the user', () => {
    const bytes = iconv.encode('email,имя\na@one.example,x\n', 'koi8-r');
    expect(imported(bytes, { encoding: 'koi8-r' }).list).toMatchObject({ encoding: 'koi8-r', columns: ['email', 'имя'] });
    expect(imported(bytes, { encoding: 'windows-1252' }).list).toMatchObject({ encoding: 'windows-1252', columns: ['email', 'ÉÍÑ'] });
  });
});

describe('rows that are not as they should be (70)', () => {
  it('are named, and the others are there: ragged, an open quote, NULs, a giant line', () => {
    const text = `n,email\n1\n"2,b@one.example\n3\0,c@one.example\n4,d@one.example,x\n${'x'.repeat(2_000_000)}\n5,e@one.example\n`;
    for (const content of [text, gzipSync(text)]) {
      const { list, rows, problems } = imported(content);
      expect(rows).toBe(5);
      expect(problems.map(({ row, line, dropped }) => [row, line, dropped])).toEqual([[1, 2, false], [2, 3, false], [4, 5, false], [5, 6, true]]);
      expect(asked(list.id)).toEqual(['b@one.example', 'c@one.example', 'd@one.example', 'e@one.example']);
    }
  });

  it('of JSON are named by row and line', () => {
    const { rows, problems, list } = imported(`${jsonLines({ email: 'a@one.example' }, { email: 'b@one.example' })}\nbroken {\n${jsonLines({ email: 'c@one.example' })}\n`);
    expect(rows).toBe(3);
    expect(problems).toEqual([{ row: 3, line: 3, problem: expect.stringContaining('no JSON') as string, dropped: true }]);
    expect(exported(list.id).flat()).toEqual(['email', 'a@one.example', 'b@one.example', 'c@one.example']);
  });

  it('may have 5,000 cells', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => (index === 4_321 ? 'email' : `c${String(index)}`));
    const cells = names.map((name) => (name === 'email' ? 'a@one.example' : `${name}, x`));
    const record = Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    for (const content of [sheetOf([names, cells]), jsonLines(record)]) {
      const { list } = imported(content);
      expect(list.addressColumn).toBe(4_321);
      expect(exported(list.id)).toEqual([names, cells]);
    }
  });
});

describe('an address with controls (71)', () => {
  it('is judged at once and never asked, whatever format it came in', () => {
    const bad = ['a@b.com\r\nRCPT TO:<x@y.com>', '\0a@b.com', 'a\x01@b.com', 'a@b\u0085.com'];
    const inSheet = bad.map((cell) => [cell.replace('<', '&lt;').replace(/\p{Cc}/gu, (sign) => `_x00${sign.charCodeAt(0).toString(16).padStart(2, '0')}_`)]);
    for (const content of [jsonLines({ email: 'ok@b.com' }, ...bad.map((email) => ({ email }))), sheetOf([['email'], ['ok@b.com'], ...inSheet])]) {
      const { list } = imported(content);
      expect(store.counters(list.id).byReason).toEqual({ syntax_bad_character: bad.length });
      expect(asked(list.id)).toEqual(['ok@b.com']);
    }
  });
});

describe('headers that mean something elsewhere (72)', () => {
  it('are data in every format', () => {
    const header = ['__proto__', 'constructor', 'toString', 'email', 'hasOwnProperty'];
    const cells = ['1', '2', '3', 'a@one.example', '5'];
    const json = `{${header.map((name, index) => `${JSON.stringify(name)}:${JSON.stringify(cells[index])}`).join(',')}}\n`;
    for (const content of [sheetOf([header, cells]), json, gzipSync(`${header.join(',')}\n${cells.join(',')}\n`)]) {
      const { list } = imported(content);
      expect(list.columns).toEqual(header);
      expect(exported(list.id)).toEqual([header, cells]);
    }
    const twice = imported(sheetOf([['email', '', 'email'], ['a@one.example', 'x', 'y']]));
    expect(twice.list.columns).toEqual(['email', '', 'email']);
  });
});

describe('a hostile workbook (74)', () => {
  it('is refused with a message, or read within bounds', () => {
    const sheets: Parameters<typeof workbookFile>[0]['sheets'] = [['S', '<row><c t="inlineStr"><is><t>a@one.example</t></is></c></row>']];
    const part = (data: string, saysSize?: number): Buffer => workbookFile({ sheets, parts: [{ name: 'xl/worksheets/sheet1.xml', data, ...(saysSize === undefined ? {} : { saysSize }) }] });
    expectRefused(part(' '.repeat(20_000_000), 100), 'FileUnreadable', /list\.dat was not read.*zip bomb/);
    expectRefused(part('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet/>'), 'FileUnreadable', /list\.dat was not read.*entities/);
    const formatting = Array.from({ length: 200_000 }, (_, index) => `<row r="${String(index + 2)}" s="1" customFormat="1"><c s="1"/></row>`).join('');
    const { rows, list } = imported(part(`<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>a@one.example</t></is></c></row>${formatting}</sheetData></worksheet>`));
    expect(rows).toBe(1);
    expect(asked(list.id)).toEqual(['a@one.example']);
  });
});

describe('an address of a megabyte (75)', () => {
  it('is judged as too long, and the next one is asked', () => {
    const long = 'a'.repeat(1_000_000);
    for (const content of [`email\n${long}@one.example\nok@one.example\n`, jsonLines({ email: `${long}@one.example` }, { email: 'ok@one.example' }), sheetOf([['email'], [`${long}@one.example`], ['ok@one.example']])]) {
      const { list } = imported(content);
      expect(store.counters(list.id).byReason).toEqual({ syntax_too_long: 1 });
      expect(asked(list.id)).toEqual(['ok@one.example']);
    }
  });
});

describe('a file that goes or changes while it is read (76)', () => {
  const rows = Array.from({ length: 150_000 }, (_, index) => [`u${String((index * 7_919) % 1_000_003)}.${String(index)}@one.example`]);
  const contents: readonly (readonly [format: string, content: () => Uint8Array])[] = [
    ['gzip', () => gzipSync(rows.map((cells) => `${cells.join(',')}\n`).join(''))],
    ['xlsx', () => sheetOf([['email'], ...rows])],
  ];
  for (const [format, content] of contents) {
    for (const [what, change] of [['removed', (path: string) => { rmSync(path); }], ['changed', (path: string) => { appendFileSync(path, 'x'); }]] as const) {
      it(`stops the import with a message and leaves nothing: ${format} ${what}`, () => {
        const path = write(content());
        let done = false;
        const progress = (): void => {
          if (!done) change(path);
          done = true;
        };
        expect(() => store.importList({ path }, { progress, cancelled: () => false })).toThrow(failing('FileChanged', new RegExp(`list\\.dat was ${what}`)));
        expect(store.lists()).toEqual([]);
        expect(readdirSync(join(folder, 'store', 'lists'))).toEqual([]);
      });
    }
  }
});
