// Workbooks: what cells show, whatever program wrote them (hucre and exceljs as the other side); which sheet is read; and
// hostile ones, which are refused or read within bounds (faults row 74).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSource, type ReadSource } from '../../../../lab/read-source.ts';
import { workbookFile, zipFile, type WorkbookParts, type ZipPart } from '../../../../lab/zip-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-xlsx-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const failing = (code: string, message: RegExp): Error => expect.objectContaining({ code, name: 'UserError', message: expect.stringMatching(message) as string }) as Error;
function write(bytes: Uint8Array): string {
  const path = join(folder, 'list.xlsx');
  writeFileSync(path, bytes);
  return path;
}
const read = async (parts: WorkbookParts, sheet?: string): Promise<ReadSource> => readSource(write(workbookFile(parts)), sheet === undefined ? {} : { sheet });
const row = (number: number, cells: string): string => `<row r="${String(number)}">${cells}</row>`;
const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;

describe('cells', () => {
  it('show shared, own, calculated and rich texts, truth and errors', async () => {
    const { rows, format } = await read({
      sharedStrings: '<sst><si><t>email</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">a </t></r><r><t>&amp; b</t></r><rPh sb="0" eb="1"><t>ei</t></rPh></si><si><t>_x005F_x0041__x000D_é</t></si><si/></sst>',
      sheets: [['S', row(1, '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>') + row(2, `${text('A2', 'ann@one.example')}<c r="B2" t="str"><f>A1&amp;"x"</f><v>emailx</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2" t="s"><v>2</v></c><c r="F2" t="s"><v>3</v></c>`)]],
    });
    expect(format).toBe('xlsx');
    expect(rows).toEqual([['email', 'a & b'], ['ann@one.example', 'emailx', 'TRUE', '#N/A', '_x0041_\ré']]);
  });

  it('show numbers, dates, times and padded numbers as the sheet does', async () => {
    const styles = '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="[$-407]dd/mm/yyyy\\ hh:mm;@"/><numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="&quot;day &quot;0.00"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="20"/></cellXfs></styleSheet>';
    const number = (ref: string, style: number, value: string): string => `<c r="${ref}" s="${String(style)}"><v>${value}</v></c>`;
    const cells = [
      ['A1', 0, '0.10000000000000001'], ['B1', 0, '4.9171234567E10'], ['C1', 1, '46347'], ['D1', 2, '1067'], ['E1', 3, '46347.590277777781'],
      ['F1', 4, '1.25'], ['G1', 5, '3'], ['H1', 6, '0.5'], ['I1', 1, '59'], ['J1', 1, '61'], ['K1', 1, '-1'], ['L1', 99, '7'],
    ] as const;
    const { rows } = await read({ styles, sheets: [['S', row(1, cells.map(([ref, style, value]) => number(ref, style, value)).join(''))]] });
    expect(rows).toEqual([['0.1', '49171234567', '2026-11-21', '01067', '2026-11-21 14:10:00', '30:00:00', '3', '12:00:00', '1900-02-28', '1900-03-01', '-1', '7']]);
    const old = await read({ styles, date1904: true, sheets: [['S', row(1, number('A1', 1, '44885'))]] });
    expect(old.rows).toEqual([['2026-11-21']]);
  });

  it('keep their places: gaps, missing references, rows that are not there', async () => {
    const { rows, text: csv } = await read({ sheets: [['S', row(2, text('A2', 'email') + text('C2', 'n')) + row(4, text('C4', 'x')) + `<row><c t="inlineStr"><is><t>b@one.example</t></is></c><c t="inlineStr"><is><t>y</t></is></c></row>`]] });
    expect(rows).toEqual([['email', '', 'n'], ['', '', 'x'], ['b@one.example', 'y', '']]);
    expect(csv.split('\n').findIndex((line) => line.startsWith('b@'))).toBe(4);
  });

  it('are the same as another program wrote, whatever they hold', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 20, unit: 'grapheme' }),
      fc.constantFrom('', 'a,b', '"q"', ' blank ', 'l\n1', '=1+1', "'x", '_x0041_', '<&>', 'ann@one.example'),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
    );
    // Controls cannot stand in XML; programs disagree on what becomes of them. A CR becomes LF by XML's own rule.
    const clean = cell.map((value) => (typeof value === 'string' ? value.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '').replace(/_x/g, 'x') : value));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(clean, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }), async (data) => {
        const rows = [['email', 'b', 'c', 'd', 'e'], ...data];
        const expected = rows.map((cells) => Array.from({ length: 5 }, (_, index) => String(cells[index] ?? ''))).filter((cells) => cells.some((one) => one !== ''));
        const book = new ExcelJS.Workbook();
        book.addWorksheet('S').addRows(rows);
        for (const bytes of [await writeXlsx({ sheets: [{ name: 'S', rows }] }), new Uint8Array(await book.xlsx.writeBuffer())]) {
          expect((await readSource(write(bytes))).rows).toEqual(expected);
        }
      }),
      { numRuns: 12 },
    );
  }, 30_000);

  it('tell how much of the file has been read, to its end', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => row(index + 1, text(`A${String(index + 1)}`, `u${String(index)}@one.example`))).join('');
    const { progress, size, rows: all } = await read({ sheets: [['S', rows]] });
    expect(all).toHaveLength(20_000);
    expect(progress.length).toBeGreaterThan(3);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBeGreaterThan(size * 0.8);
    expect(progress.at(-1)).toBeLessThanOrEqual(size);
  });
});

describe('sheets', () => {
  const sheets: WorkbookParts['sheets'] = [
    ['Notes', row(1, text('A1', 'nothing here'))],
    ['Hidden', row(1, text('A1', 'h@one.example')), 'hidden'],
    ['Größe &amp; Co', row(1, text('A1', 'a@one.example'))],
  ];

  it('the first visible one with addresses is read, unless another is named', async () => {
    const found = await read({ sheets });
    expect(found.fixed).toMatchObject({ sheetNames: ['Notes', 'Hidden', 'Größe & Co'], sheet: 'Größe & Co' });
    expect(found.rows).toEqual([['a@one.example']]);
    expect((await read({ sheets }, 'hidden')).rows).toEqual([['h@one.example']]);
    expect((await read({ sheets }, '1')).rows).toEqual([['nothing here']]);
    await expect(read({ sheets }, 'Nope')).rejects.toThrow(failing('BadUsage', /no sheet "Nope".*"Notes", "Hidden"/));
  });

  it('without an address anywhere the first filled one is read', async () => {
    expect((await read({ sheets: [['Empty', ''], ['Filled', row(1, text('A1', 'x'))]] })).fixed?.sheet).toBe('Filled');
  });
});

describe('the header', () => {
  const titled = (...rows: readonly (readonly string[])[]): WorkbookParts => ({
    sheets: [['S', rows.map((cells, at) => (cells.length === 0 ? '' : row(at + 1, cells.map((cell, column) => (cell === '' ? '' : text(`${String.fromCodePoint(65 + column)}${String(at + 1)}`, cell))).join('')))).join('')]],
  });
  const A = 'a@one.example';

  it.each<[string, WorkbookParts, number]>([
    ['a title and a blank row', titled(['Customers 2026'], [], ['Name', 'E-mail'], ['Ann', A]), 3],
    ['a title over the address column', titled(['', 'E-mail list of the customers'], ['Name', 'Contact'], ['Ann', A]), 2],
    ['a title, a date and a department', titled(['Customers', ''], ['As of', '2026-11-21'], ['Dept.', ''], ['Name', 'Mail', 'Town'], ['Ann', A, 'Ulm']), 4],
    ['a title over one column', titled(['Our customers'], ['E-Mail'], [A]), 2],
    ['a title, and rows without an address', titled(['Customers'], ['Name', 'E-mail', 'Town'], ['Bob', '', 'Ulm'], ['Ann', A, 'Ulm']), 2],
  ])('below %s is found; what stands above is told of', async (_name, parts, number) => {
    const { fixed, rows, problems, text: csv } = await read(parts);
    expect([fixed?.headerRow, fixed?.hasHeader]).toEqual([number, true]);
    expect(rows.at(-1)).toContain(A);
    expect(problems.map(({ line, dropped }) => [line < number, dropped])).toEqual(problems.map(() => [true, true]));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.problem).toMatch(/above the header and was left out: \S/);
    // Lines are the sheet's rows still.
    expect(csv.split('\n').findIndex((line) => line.includes(A)) + 1).toBeGreaterThan(number);
  });

  it.each<[string, WorkbookParts]>([
    ['is the first row', titled(['Name', 'E-mail'], ['Ann', A])],
    ['is the first row, though a cell below it is called like one', titled(['Name', 'Contact', 'x'], ['Ann', 'mail', 'y'], ['Ann', A, 'z'])],
    ['is none', titled(['Ann', A], ['Bob', 'b@one.example'])],
    ['of one column has any name', titled(['Kontakt'], [A])],
    ['cannot be told without an address', titled(['Customers'], ['Name', 'E-mail'], ['Ann', ''])],
  ])('that %s leaves nothing out', async (_name, parts) => {
    const { fixed, problems } = await read(parts);
    expect([fixed?.headerRow, problems]).toEqual([undefined, []]);
  });

  it('is what the user says: any row, or none', async () => {
    const parts = titled(['Customers'], ['Name', 'E-mail'], ['Ann', A]);
    const path = write(workbookFile(parts));
    expect((await readSource(path, { headerRow: 1 })).rows).toEqual([['Customers'], ['Name', 'E-mail'], ['Ann', A]]);
    expect((await readSource(path, { headerRow: 3 })).rows).toEqual([['Ann', A]]);
    expect(await readSource(path, { hasHeader: false })).toMatchObject({ problems: [], rows: [['Customers'], ['Name', 'E-mail'], ['Ann', A]] });
  });
});

describe('a hostile workbook (74)', () => {
  const sheet = (data: string | Buffer, more: Partial<ZipPart> = {}): ZipPart => ({ name: 'xl/worksheets/sheet1.xml', data, ...more });
  const one: WorkbookParts = { sheets: [['S', row(1, text('A1', 'a@one.example'))]] };

  it('that unpacks to more than it says is refused at that size', async () => {
    const bomb = Buffer.alloc(50_000_000, ' ');
    const before = process.memoryUsage().rss;
    await expect(read({ ...one, parts: [sheet(bomb, { saysSize: 1_000 })] })).rejects.toThrow(failing('FileUnreadable', /sheet1\.xml unpacks to more than/));
    await expect(read({ ...one, parts: [sheet('', { saysSize: 4_294_967_294 - 1 })] })).rejects.toThrow(failing('FileUnreadable', /damaged|unpacks/));
    await expect(read({ ...one, sharedStrings: 'x', parts: [{ name: 'xl/sharedStrings.xml', data: 'x', saysSize: 2_000_000_000 }] })).rejects.toThrow(failing('FileUnreadable', /sharedStrings\.xml unpacks to more than the 1024 MiB/));
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it('with entities of its own is refused, and no file is read for it', async () => {
    const secret = join(folder, 'secret.txt');
    writeFileSync(secret, 'secret@one.example');
    const external = `<!DOCTYPE x [<!ENTITY e SYSTEM "file://${secret}">]><worksheet><sheetData>${row(1, text('A1', '&e;'))}</sheetData></worksheet>`;
    await expect(read({ ...one, parts: [sheet(external)] })).rejects.toThrow(failing('FileUnreadable', /document type declaration/));
    expect((await read({ sheets: [['S', row(1, text('A1', '&e;&#x41;&amp;'))]] })).rows).toEqual([['&e;A&']]);
  });

  it('with a million rows of formatting is read within bounds', async () => {
    const rows = Buffer.concat([Buffer.from(row(1, text('A1', 'a@one.example'))), ...Array.from({ length: 100 }, (_, block) => Buffer.from(Array.from({ length: 10_000 }, (__, index) => `<row r="${String(block * 10_000 + index + 2)}" s="1"><c r="A${String(block * 10_000 + index + 2)}" s="1"/></row>`).join('')))]);
    const found = await read({ ...one, parts: [sheet(Buffer.concat([Buffer.from('<worksheet><sheetData>'), rows, Buffer.from('</sheetData></worksheet>')]))] });
    expect(found.rows).toEqual([['a@one.example']]);
    expect(found.text.length).toBeLessThan(100);
  }, 30_000);

  it('with rows, columns or texts beyond bounds is refused or read without them', async () => {
    await expect(read({ sheets: [['S', row(1_048_577, text('A1048577', 'x'))]] })).rejects.toThrow(failing('FileUnreadable', /more rows than a sheet/));
    await expect(read({ sheets: [['S', row(1, text('XFE1', 'x'))]] })).rejects.toThrow(failing('FileUnreadable', /beyond the last column/));
    const long = `<si><t>${'x'.repeat(600_000)}</t></si>`;
    const { rows, problems } = await read({
      sharedStrings: `<sst>${long}</sst>`,
      sheets: [['S', row(1, text('A1', 'email')) + row(2, Array.from({ length: 500 }, () => '<c t="s"><v>0</v></c>').join('')) + row(3, text('A3', 'a@one.example'))]],
    });
    expect(rows).toEqual([['email'], ['a@one.example']]);
    expect(problems).toEqual([{ line: 2, problem: expect.stringContaining('longer than') as string, dropped: true }]);
  });

  it('that is cut off, damaged, protected or none is named', async () => {
    const good = workbookFile(one);
    await expect(readSource(write(good.subarray(0, good.length - 30)))).rejects.toThrow(failing('FileBinary', /list\.xlsx looks like an Excel workbook.*damaged/));
    await expect(read({ ...one, parts: [sheet('<worksheet/>', { saysCrc: 1 })] })).rejects.toThrow(failing('FileUnreadable', /damaged: its part xl\/worksheets\/sheet1\.xml/));
    await expect(read({ ...one, parts: [sheet('<worksheet/>', { flags: 1 })] })).rejects.toThrow(failing('FileUnreadable', /password/));
    await expect(read({ ...one, parts: [sheet('<worksheet><sheetData><row r="1"')] })).rejects.toThrow(failing('FileUnreadable', /breaks off/));
    await expect(readSource(write(zipFile([{ name: 'a.txt', data: 'x' }])))).rejects.toThrow(failing('FileBinary', /a ZIP archive/));
    await expect(readSource(write(zipFile([{ name: 'word/document.xml', data: 'x' }])))).rejects.toThrow(failing('FileBinary', /Word/));
    await expect(readSource(write(zipFile([{ name: 'content.xml', data: 'x' }])))).rejects.toThrow(failing('FileBinary', /\.ods/));
  });
});
