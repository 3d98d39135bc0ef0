// Imports of files as they come: every encoding and dialect, and everything that can be wrong with a file (faults 68-76).
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import type { ImportOptions } from '../../../electron/worker/interface.ts';
import { detailsOf, TemporaryStore } from './store/temporary-store.ts';

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;
/** Nothing stored: no list, no file of one. */
function expectNothingStored(): void {
  expect(temporary.store.lists()).toEqual([]);
  expect(readdirSync(join(temporary.dir, 'lists'))).toEqual([]);
}

/** Rows of a list as the export gives them, without our columns. */
function exported(listId: number, delimiter = ','): string[][] {
  const outPath = join(temporary.folder, 'exported.csv');
  temporary.store.exportList({ listId, outPath, spreadsheetSafe: false });
  const rows = parse(readFileSync(outPath), { bom: true, delimiter });
  return rows.map((row) => row.slice(0, -9));
}

describe('encodings', () => {
  const text = 'name,email\r\nJosé “Pepe” €,jose@example.com\r\nZoë,zoe@example.com\r\n';
  const files: readonly (readonly [name: string, bytes: Buffer, encoding: string])[] = [
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with BOM', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16 LE', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16 LE with BOM', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE', Buffer.from(text, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 BE with BOM', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', iconv.encode(text, 'windows-1252'), 'windows-1252'],
  ];
  for (const [name, bytes, encoding] of files) {
    it(`reads ${name}`, () => {
      const report = temporary.import(bytes);
      expect(report.list).toMatchObject({ encoding, columns: ['name', 'email'], addressColumn: 1, hasHeader: true, delimiter: ',' });
      expect([report.rows, report.problemCount]).toEqual([2, 0]);
      expect(exported(report.list.id)).toEqual(parse(text));
    });
  }

  it('reads what the user names', () => {
    const report = temporary.import(iconv.encode('имя;почта\nИван;ivan@example.com\n', 'koi8-r'), { encoding: 'KOI8-R' });
    expect(report.list).toMatchObject({ encoding: 'koi8-r', columns: ['имя', 'почта'], addressColumn: 1 });
  });

  it('keeps every byte of Windows-1252, the undefined ones too', () => {
    const cell = Buffer.from(Array.from({ length: 128 }, (_, index) => index + 128));
    const report = temporary.import(Buffer.concat([Buffer.from('email,x\na@b.com,'), cell, Buffer.from('\n')]));
    expect(report.list.encoding).toBe('windows-1252');
    expect(exported(report.list.id)[1]?.[1]).toBe(new TextDecoder('windows-1252').decode(cell));
  });

  it('reads foreign records of a UTF-8 file as Windows-1252 and names them', () => {
    const good = 'é,a@example.com\n'.repeat(80_000);
    const bytes = Buffer.concat([Buffer.from(`n,email\n${good}`), Buffer.from([0xe8]), Buffer.from(',b@example.com\nü,c@example.com\n')]);
    const report = temporary.import(bytes);
    expect(report.list.encoding).toBe('utf-8');
    expect(report.problems).toEqual([{ row: 80_001, line: 80_002, problem: expect.stringContaining('Windows-1252') as string, dropped: false }]);
    const rows = exported(report.list.id);
    expect(rows.slice(-2)).toEqual([['è', 'b@example.com'], ['ü', 'c@example.com']]);
    expect(rows[1]).toEqual(['é', 'a@example.com']);
  });

  it('names the row of half a surrogate pair', () => {
    const report = temporary.import(Buffer.from('\uFEFFn,email\nx\uD83D,a@example.com\ny,b@example.com\n', 'utf16le'));
    expect(report.problems).toMatchObject([{ row: 1, line: 2, dropped: false }]);
  });
});

describe('rows', () => {
  it('are marked: open, duplicate, empty, impossible; blank lines are none', () => {
    const report = temporary.import('email,n\n a@one.example ,1\n\nA@ONE.example,2\na@one.EXAMPLE,3\n,4\n\u00A0,5\nnot one,6\nnot one,7\nb@münchen.de,8\nb@xn--mnchen-3ya.de,9\n\n');
    expect(report).toMatchObject({ rows: 9, duplicates: 3, empty: 2, blankLines: 2, problemCount: 0 });
    const { byState, byReason } = temporary.store.counters(report.list.id);
    expect(byState).toEqual({ pending: 3, scheduled: 0, done: 1, duplicate: 3, suppressed: 0, empty: 2 });
    expect(byReason).toEqual({ syntax_no_at: 1 });
    expect(temporary.claim(report.list.id).flatMap((claim) => claim.addresses.map((one) => one.address))).toEqual([
      'a@one.example', 'A@one.example', 'b@xn--mnchen-3ya.de',
    ]);
  });

  it('with control characters in the address are judged at once and never handed out (71)', () => {
    const bad = ['a@b.com\r\nRCPT TO:<x@y.com>', 'a@b.com\n', '\0a@b.com', 'a\x01@b.com', 'a@b\x7F.com', 'a@b\u0085.com'];
    const report = temporary.import(`email\nok@b.com\n${bad.map((cell) => `"${cell}"`).join('\n')}\n`);
    expect(temporary.store.counters(report.list.id).byReason).toEqual({ syntax_bad_character: bad.length });
    expect(temporary.claim(report.list.id).flatMap((claim) => claim.addresses.map((one) => one.address))).toEqual(['ok@b.com']);
  });

  it('of a ragged file are all kept and named (70)', () => {
    const report = temporary.import('a,email,c\n1,a@one.example\n2,b@one.example,x,y,z\n3,c@one.example,z\n4\n');
    expect(report.problems.map(({ row, line }) => [row, line])).toEqual([[1, 2], [2, 3], [4, 5]]);
    expect(report).toMatchObject({ rows: 4, empty: 1 });
    expect(report.list.columns).toEqual(['a', 'email', 'c', '', '']);
    expect(exported(report.list.id)).toEqual([
      ['a', 'email', 'c', '', ''], ['1', 'a@one.example', '', '', ''], ['2', 'b@one.example', 'x', 'y', 'z'],
      ['3', 'c@one.example', 'z', '', ''], ['4', '', '', '', ''],
    ]);
  });

  it('go on after an open quote, a giant line and NULs (70)', () => {
    const giant = 'x'.repeat(3_000_000);
    const report = temporary.import(`n,email\n1,a@one.example\n"2,b@one.example\n3,${giant}\n4\0,d@one.example\n`);
    expect(report).toMatchObject({ rows: 3, problemCount: 2 });
    expect(report.problems.map(({ row, line, dropped }) => [row, line, dropped])).toEqual([[2, 3, false], [3, 4, true]]);
    expect(exported(report.list.id)).toEqual([['n', 'email'], ['1', 'a@one.example'], ['"2', 'b@one.example'], ['4\0', 'd@one.example']]);
    expect(temporary.claim(report.list.id)[0]?.addresses.map((one) => one.rowId)).toEqual([1, 2, 4]);
  });

  it('may have 5,000 columns (70)', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => (index === 4_321 ? 'email' : `c${String(index)}`));
    const row = names.map((name) => (name === 'email' ? 'a@one.example' : `"${name}, x"`));
    const report = temporary.import(`${names.join(',')}\n${row.join(',')}\n`);
    expect(report.list.addressColumn).toBe(4_321);
    expect(exported(report.list.id)[1]).toEqual(row.map((cell) => cell.replaceAll('"', '')));
  });

  it('may have a megabyte for an address (75)', () => {
    const report = temporary.import(`email\n${'a'.repeat(1_000_000)}\nok@one.example\n`);
    expect(temporary.store.counters(report.list.id).byReason).toEqual({ syntax_too_long: 1 });
  });

  it('keep headers like __proto__, constructor, doubles and empty ones as data (72)', () => {
    const header = ['__proto__', 'constructor', '', 'email', 'email', 'toString', '=cmd'];
    const report = temporary.import(`${header.join(',')}\n1,2,3,a@one.example,5,6,7\n`);
    expect(report.list.columns).toEqual(header);
    expect(exported(report.list.id)).toEqual([header, ['1', '2', '3', 'a@one.example', '5', '6', '7']]);
  });

  it('of a file without a header start with the first record', () => {
    const report = temporary.import('a@one.example;x\nb@one.example;y\n');
    expect(report.list).toMatchObject({ hasHeader: false, columns: ['column_1', 'column_2'], addressColumn: 0 });
    expect(report.rows).toBe(2);
  });

  it('carry the practice flag in a practice list', () => {
    const report = temporary.import('email\nbad\n', { practice: true, column: 'email' });
    const database = new Database(join(temporary.dir, 'lists', `${String(report.list.id)}.db`), { readonly: true });
    expect(detailsOf(database, 1).flags).toBe('practice');
    database.close();
  });
});

describe('bad files (68)', () => {
  const cases: readonly (readonly [name: string, content: string | Buffer, code: string, message: RegExp, options?: Partial<ImportOptions>])[] = [
    ['empty', '', 'FileEmpty', /is empty\. Looked for rows with e-mail addresses/],
    ['blank', ' \n\n\t\r\n', 'FileEmpty', /nothing but blanks/],
    ['only a BOM', '\uFEFF', 'FileEmpty', /nothing but blanks|is empty/],
    ['only a header', 'name,email\n', 'FileEmpty', /has a header and no rows/],
    ['only a header and blank lines', 'name,email\n\n\n\r\n', 'FileEmpty', /has a header and no rows/],
    ['without addresses', 'name,phone\nBob,123\n', 'NoAddressColumn', /no column of e-mail addresses\. Looked for.*"name", "phone"/],
    ['without the named column', 'name,email\nBob,a@b.com\n', 'ColumnNotFound', /no column "Mail"\. Its columns are "name", "email"/, { column: 'Mail' }],
    ['a spreadsheet', 'PK\x03\x04\x14\x00', 'FileBinary', /xlsx.*Looked for a CSV/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'FileBinary', /PNG/],
    ['random bytes', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + (index >> 3)) & 0xff)), 'FileBinary', /binary/],
    ['an unknown encoding', 'a@b.com\n', 'BadUsage', /encoding "x-none"/, { encoding: 'x-none' }],
    ['a bad delimiter', 'a@b.com\n', 'BadUsage', /delimiter/, { delimiter: '""' }],
  ];
  for (const [name, content, code, message, options] of cases) {
    it(`are refused and leave nothing: ${name}`, () => {
      const path = temporary.write('bad.csv', content);
      const call = (): unknown => temporary.store.importList({ path, ...options });
      expect(call).toThrow(failing(code));
      expect(call).toThrow(message);
      if (code !== 'BadUsage') expect(call).toThrow(path);
      expectNothingStored();
    });
  }

  it('are refused where they are missing, folders, pipes or forbidden', () => {
    const path = join(temporary.folder, 'x.csv');
    const call = (): unknown => temporary.store.importList({ path });
    expect(call).toThrow(failing('FileNotFound'));
    mkdirSync(path);
    expect(call).toThrow(failing('FileIsFolder'));
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', [path]);
    expect(call).toThrow(failing('FileUnreadable'));
    rmSync(path);
    writeFileSync(path, 'a@b.com\n');
    chmodSync(path, 0);
    asNobody(() => {
      expect(call).toThrow(failing('FileUnreadable'));
    });
    expectNothingStored();
  });
});

describe('a file that changes while it is imported (76)', () => {
  const big = `email\n${'someone@one.example,\n'.repeat(150_000)}`;
  const changes: readonly (readonly [name: string, change: (path: string) => void])[] = [
    ['grows', (path) => { appendFileSync(path, 'x@y.com\n'); }],
    ['is overwritten', (path) => { writeFileSync(path, big.replaceAll('one', 'two')); }],
    ['is cut short', (path) => { writeFileSync(path, 'email\n'); }],
    ['is replaced', (path) => { renameSync(temporary.write('other.csv', big), path); }],
    ['is removed', (path) => { rmSync(path); }],
  ];
  for (const [name, change] of changes) {
    it(`stops the import with a message and leaves nothing: it ${name}`, () => {
      const path = temporary.write('list.csv', big);
      let changed = false;
      const progress = (): void => {
        if (!changed) change(path);
        changed = true;
      };
      expect(() => temporary.store.importList({ path }, { progress, cancelled: () => false })).toThrow(failing('FileChanged'));
      expect(changed).toBe(true);
      expectNothingStored();
    });
  }

  it('is dropped without a trace when it is cancelled', () => {
    const path = temporary.write('list.csv', big);
    let polls = 0;
    expect(() => temporary.store.importList({ path }, { progress: () => undefined, cancelled: () => ++polls > 2 })).toThrow(failing('Cancelled'));
    expectNothingStored();
    expect(temporary.store.importList({ path }).rows).toBe(150_000);
  });
});

/** Root may read everything: then the check is made as another user. */
function asNobody(check: () => void): void {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) {
    chmodSync(temporary.folder, 0o755);
    process.seteuid?.(65_534);
  }
  try {
    check();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
