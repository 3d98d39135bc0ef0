// Exports: every original cell to the character, our columns behind them, safe for spreadsheets, whole or not at all.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportOptions } from '../../../electron/worker/export/export-api.ts';
import { WINNOW_COLUMNS } from '../../../shared/export/winnow-columns.ts';
import { EXPORT_WORDS } from '../../../shared/verdict/tool-words/export-words.ts';
import { TOOL_WORDS } from '../../../shared/verdict/tool-words/tool-words.ts';
import { decodeWindows1252 } from '../../../electron/worker/intake/windows-1252.ts';
import { batch, NOW_MS, TemporaryStore, verdict } from './store/temporary-store.ts';

let temporary: TemporaryStore;
let outPath = '';
beforeEach(() => {
  temporary = new TemporaryStore();
  outPath = join(temporary.folder, 'out.csv');
});
afterEach(() => {
  temporary.remove();
});

const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;

function exportText(listId: number, options: Partial<ExportOptions> = {}): string {
  temporary.store.exportList({ listId, outPath, ...options });
  return readFileSync(outPath, 'utf8');
}

describe('our columns', () => {
  it('say what is known of each row; a duplicate has what its first row has', () => {
    const id = temporary.import('n;email\r\n1;a@one.example\r\n2;b@one.example\r\n3;a@one.example\r\n4;\r\n5;bad\r\n6;c@one.example\r\n').list.id;
    temporary.claim(id);
    const reply = '452 4.2.2 "full", sorry';
    temporary.store.commit(batch(id, [
      verdict(1, { reason: 'mailbox_full', score: 40, flags: ['free', 'tagged'], didYouMean: 'a@two.example', reply, mx: 'mx1.one.example' }),
      verdict(6, { reason: 'greylisted', score: 30, reply: '450 4.7.1 later', retryAtMs: NOW_MS + 1 }),
    ]));
    const time = new Date(NOW_MS).toISOString();
    const text = exportText(id);
    const rows = text.split('\r\n').map((line) => line.replace(/;\d{4}-\d\d-\d\dT[\d:.]+Z;/, ';TIME;'));
    expect(rows).toEqual([
      `n;email;${WINNOW_COLUMNS.join(';')}`,
      '1;a@one.example;risky;mailbox_full;40;a@two.example;free tagged;"452 4.2.2 ""full"", sorry";mx1.one.example;TIME;',
      '2;b@one.example;;pending;;;;;;;',
      '3;a@one.example;risky;mailbox_full;40;a@two.example;free tagged;"452 4.2.2 ""full"", sorry";mx1.one.example;TIME;1',
      '4;;;empty;;;;;;;',
      '5;bad;undeliverable;syntax_no_at;0;;;;;TIME;',
      '6;c@one.example;unknown;greylisted;30;;;450 4.7.1 later;mx.example.com;TIME;',
      '',
    ]);
    expect(text).toContain(`;${time};`);
  });

  it('are right in a long list too, where most rows say the same and then none does', () => {
    const [alike, all] = [7_000, 9_000];
    const id = temporary.importAddresses(Array.from({ length: all }, (_, index) => `user${String(index + 1)}@one.example`));
    temporary.claim(id);
    const replyOf = (row: number): string => (row <= alike ? '250 2.1.5 Ok' : `250 2.1.5 Ok ${String(row)}`);
    temporary.store.commit(batch(id, Array.from({ length: all }, (_, index) => verdict(index + 1, { reply: replyOf(index + 1) }))));
    const place = WINNOW_COLUMNS.indexOf('winnow_reply') + 1;
    expect(exportText(id).split('\n').slice(1, -1).map((line) => line.split(',')[place])).toEqual(Array.from({ length: all }, (_, index) => replyOf(index + 1)));
    // With the domain's facts, which other words need.
    expect(exportText(id, { words: 'reacher' }).split('\n').length).toBe(all + 2);
  });

  it('are filtered by status, duplicates with their first rows', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'a@one.example', 'bad', 'bad']);
    temporary.store.commit(batch(id, [verdict(1)]));
    const firsts = (statuses: ExportOptions['statuses']): string[] =>
      exportText(id, statuses === undefined ? {} : { statuses }).split('\n').slice(1, -1).map((line) => line.split(',')[0] ?? '');
    expect(firsts(['deliverable'])).toEqual(['a@one.example', 'a@one.example']);
    expect(firsts(['undeliverable'])).toEqual(['bad', 'bad']);
    expect(firsts(['risky', 'unknown'])).toEqual([]);
    expect(firsts(undefined).length).toBe(5);
  });
});

describe("another tool's columns", () => {
  const records = (listId: number, options: Partial<ExportOptions>): Record<string, string>[] =>
    parse(exportText(listId, options), { columns: true, delimiter: ';' });

  it('stand in the place of ours, beside the original cells; a duplicate has what its first row has', () => {
    const id = temporary.import('n;email\n1;A@One.Example\n2;b@one.example\n3;A@one.example\n4;\n5;bad\n6;"=c"\n').list.id;
    temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(1, { reason: 'role', score: 70, flags: ['role'], mx: 'mx1.one.example' })]));
    const zerobounce = records(id, { words: 'zerobounce' });
    expect(Object.keys(zerobounce[0] ?? {})).toEqual(['n', 'email', ...TOOL_WORDS.zerobounce.columns]);
    expect(zerobounce.map((row) => [row['n'], row['email'], row['ZB Status'], row['ZB Sub Status'], row['ZB Account'], row['ZB Domain']])).toEqual([
      ['1', 'A@One.Example', 'do_not_mail', 'role_based', 'A', 'one.example'],
      ['2', 'b@one.example', '', '', '', ''], // not verified: no word of ZeroBounce would be true
      ['3', 'A@one.example', 'do_not_mail', 'role_based', 'A', 'one.example'],
      ['4', '', '', '', '', ''],
      ['5', 'bad', 'invalid', 'failed_syntax_check', '', ''],
      ['6', "'=c", 'invalid', 'failed_syntax_check', '', ''],
    ]);
    expect(records(id, { words: 'kickbox', statuses: ['risky'] }).map((row) => [row['n'], row['result'], row['reason']])).toEqual([
      ['1', 'risky', 'low_quality'],
      ['3', 'risky', 'low_quality'],
    ]);
  });

  it('have a word for who is never to be asked only where the tool has one', () => {
    const id = temporary.import('n;email\n1;a@one.example\n', { lists: { suppress: ['one.example'] } }).list.id;
    const firsts = EXPORT_WORDS.map((words) => Object.values(records(id, { words })[0] ?? {}).slice(2, 4));
    expect(firsts).toEqual([['', 'suppressed'], ['', ''], ['do_not_mail', 'global_suppression'], ['', ''], ['', '']]);
  });

  it('know what the random recipient of the domain was told', () => {
    const id = temporary.import('n;email\n1;a@one.example\n2;b@two.example\n').list.id;
    const [one] = temporary.claim(id);
    if (one === undefined) throw new Error('nothing was claimed');
    const facts = { ...one.facts, domainId: one.domainId, catchAll: 'accepted' as const };
    temporary.store.commit(batch(id, [verdict(1, { reason: 'mailbox_full' }), verdict(2)], { domains: [facts] }));
    expect(records(id, { words: 'reacher' }).map((row) => row['smtp.is_catch_all'])).toEqual(['true', 'false']);
  });

  it.each(EXPORT_WORDS)('read back (%s), give every original cell, and are a plain file to our own import', (words) => {
    const id = temporary.import('n;email;note\n1;a@one.example;"x;""y"""\n2;b@one.example;\n').list.id;
    temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(1), verdict(2, { reason: 'mailbox_not_found', score: 0 })]));
    const text = exportText(id, { words, spreadsheetSafe: false });
    expect(parse(text, { delimiter: ';' }).map((cells) => cells.slice(0, 3))).toEqual([
      ['n', 'email', 'note'],
      ['1', 'a@one.example', 'x;"y"'],
      ['2', 'b@one.example', ''],
    ]);
    const back = temporary.import(text).list;
    expect([back.columns.slice(0, 3), back.addressColumn]).toEqual([['n', 'email', 'note'], 1]);
    expect(parse(exportText(back.id, { words, spreadsheetSafe: false }), { delimiter: ';' })[1]?.slice(0, 3)).toEqual(['1', 'a@one.example', 'x;"y"']);
  });
});

describe('the form of the file', () => {
  it('follows the source: delimiter, line ends, BOM', () => {
    expect(exportText(temporary.import('a\temail\r\n1\tx@one.example\r\n').list.id).split('\r\n')[0]).toBe(`a\temail\t${WINNOW_COLUMNS.join('\t')}`);
    expect(exportText(temporary.import('\uFEFFa|email\n1|x@one.example\n').list.id).startsWith(`\uFEFFa|email|winnow_status|`)).toBe(true);
    expect(exportText(temporary.import(iconv.encode('é;email\rü;x@one.example\r', 'windows-1252')).list.id).startsWith('é;email;winnow_status;')).toBe(true);
    expect(exportText(temporary.import('x@one.example\n').list.id).split('\n')[0]).toBe(`column_1,${WINNOW_COLUMNS.join(',')}`);
  });

  it('guards what a spreadsheet would run, also in headers and replies, unless told otherwise', () => {
    const id = temporary.import('=h,email,x\n+1,-a@one.example,"@SUM(1)\n2"\n"\tt","b@one.example","\rc"\n').list.id;
    temporary.store.commit(batch(id, [verdict(1, { reply: '=HYPERLINK("x")', didYouMean: '-a@two.example' })]));
    const safe = parse(exportText(id));
    expect(safe[0]?.slice(0, 3)).toEqual(["'=h", 'email', 'x']);
    expect(safe[1]?.slice(0, 3)).toEqual(["'+1", "'-a@one.example", "'@SUM(1)\n2"]);
    expect(safe[2]?.slice(0, 3)).toEqual(["'\tt", 'b@one.example', "'\rc"]);
    expect(safe[1]).toContain('\'=HYPERLINK("x")');
    for (const cell of safe.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
    const exact = parse(exportText(id, { spreadsheetSafe: false }));
    expect(exact[1]?.slice(0, 3)).toEqual(['+1', '-a@one.example', '@SUM(1)\n2']);
  });

  it('keeps columns of ours that were there before, and adds ours again', () => {
    const first = temporary.import('email\na@one.example\n').list.id;
    const second = temporary.import(exportText(first)).list;
    expect(second.columns).toEqual(['email', ...WINNOW_COLUMNS]);
    expect(parse(exportText(second.id))[0]).toEqual(['email', ...WINNOW_COLUMNS, ...WINNOW_COLUMNS]);
  });
});

describe('exactness', () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '|', '\r', '\n', '=', '+', '-', '@', "'", ' ', 'é', '日', '😀', '\0', '\uFEFF'), maxLength: 7 }),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
    fc.constantFrom('', '=1+1', "'=1", "''+", '-5', '+49 30 1234', 'a@b.com', '"', '""', '0012', '1e5', ' x '),
  );
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
  const forms = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    encoding: fc.constantFrom('utf8', 'utf8-bom', 'utf16le-bom', 'utf16be-bom'),
    header: cell,
  });

  const encode = (text: string, encoding: string): Buffer => {
    if (encoding === 'utf8') return Buffer.from(text);
    if (encoding === 'utf8-bom') return Buffer.from(`\uFEFF${text}`);
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    return encoding === 'utf16le-bom' ? utf16 : utf16.swap16();
  };

  it('gives every cell back, exact, safe and through our own import', () => {
    fc.assert(
      fc.property(rows, forms, (list, { delimiter, newline, encoding, header }) => {
        const quote = (value: string): string =>
          /["\r\n\uFEFF]/.test(value) || value.includes(delimiter) || value === '' ? `"${value.replaceAll('"', '""')}"` : value;
        // An address column of its own, so that every row counts.
        const table = [[header, 'email', 'x', 'y'], ...list.map((row, index) => [row[0], `u${String(index)}@one.example`, row[1], row[2]])];
        const text = table.map((row) => row.map(quote).join(delimiter) + newline).join('');
        // Without a BOM a leading NUL or U+FEFF may look like UTF-16 or a BOM: that is for the detection's own tests.
        const report = temporary.import(encode(text, encoding), { delimiter, hasHeader: true, column: '2', ...(encoding === 'utf8' ? { encoding: 'utf-8' } : {}) });
        const { id } = report.list;
        expect([report.rows, report.problems]).toEqual([list.length, []]);
        const exact = exportText(id, { spreadsheetSafe: false });
        const originals = (csv: string): string[][] => parse(csv, { delimiter, bom: true }).map((row) => row.slice(0, 4));
        expect(originals(exact)).toEqual(table);

        const safe = exportText(id);
        for (const one of parse(safe, { delimiter, bom: true }).flat()) expect(one).not.toMatch(/^[=+\-@\t\r\n]/);
        for (const again of [safe, exact]) {
          const back = temporary.import(again, { delimiter, column: '2' }).list.id;
          expect(originals(exportText(back, { spreadsheetSafe: false }))).toEqual(table);
          temporary.store.deleteList(back);
        }
        temporary.store.deleteList(id);
      }),
      { numRuns: 80 },
    );
  });

  it('holds without a column of ours too: all of the list, one column, or in the words of another tool', () => {
    const columns = fc.constantFrom([':original'], [':3', ':address'], [':address'], [':original', ':verdict']);
    fc.assert(
      fc.property(rows, fc.array(cell, { minLength: 3, maxLength: 3 }), fc.constantFrom(',', ';', '\t', '|'), columns, fc.boolean(), (list, [first = '', ...names], delimiter, chosen, spreadsheetSafe) => {
        const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const table = [[first, 'email', ...names], ...list.map((row, index) => [row[0], `${index % 2 === 0 ? '-' : ''}u${String(index)}@one.example`, row[1], row[2]])];
        const wanted = chosen[0] === ':3' ? table.map((row) => [row[2], row[1]]) : chosen[0] === ':address' ? table.map((row) => [row[1]]) : table;
        const { id } = temporary.import(table.map((row) => `${row.map(quote).join(delimiter)}\n`).join(''), { delimiter, hasHeader: true, column: '2', encoding: 'utf-8' }).list;
        const form: Partial<ExportOptions> = { columns: chosen, words: 'kickbox', spreadsheetSafe };
        const text = exportText(id, form);
        if (spreadsheetSafe) for (const one of parse(text, { delimiter, bom: true }).flat()) expect(one).not.toMatch(/^[=+\-@\t\r\n]/);
        const column = chosen[0] === ':address' ? '1' : '2';
        const back = temporary.import(text, { delimiter, hasHeader: true, column, encoding: 'utf-8' }).list;
        const again = parse(exportText(back.id, { columns: [':original'], spreadsheetSafe: false }), { delimiter, bom: true });
        expect(again.map((row) => row.slice(0, wanted[0]?.length))).toEqual(wanted);
        expect([temporary.store.counters(back.id).rows, temporary.store.counters(back.id).byReason]).toEqual([list.length, temporary.store.counters(id).byReason]);
        temporary.store.deleteList(back.id);
        temporary.store.deleteList(id);
      }),
      { numRuns: 80 },
    );
  });

  it('holds for every byte of Windows-1252', () => {
    const byte = fc.integer({ min: 1, max: 255 }).filter((value) => value !== 13 && value !== 10);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 30 }), (bytes) => {
        const cell1252 = Buffer.from(bytes);
        const quoted = Buffer.from(cell1252.toString('latin1').replaceAll('"', '""'), 'latin1');
        const file = Buffer.concat([Buffer.from('email,x\na@one.example,"'), quoted, Buffer.from('"\n')]);
        const { id } = temporary.import(file, { encoding: 'windows-1252' }).list;
        expect(parse(exportText(id, { spreadsheetSafe: false }))[1]?.[1]).toBe(decodeWindows1252(cell1252));
        temporary.store.deleteList(id);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the file at the end of an export', () => {
  const entries = (): string[] => readdirSync(temporary.folder).sort();

  it('replaces an older one, and is counted', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example']);
    writeFileSync(outPath, 'old');
    const report = temporary.store.exportList({ listId: id, outPath });
    expect(report).toMatchObject({ path: outPath, rows: 2, bytes: readFileSync(outPath).length });
    expect(entries()).toEqual(['list.csv', 'out.csv', 'store']);
  });

  it('is the old one, with nothing beside it, when the export fails or is cancelled (66)', () => {
    const id = temporary.importAddresses(Array.from({ length: 5_000 }, (_, index) => `u${String(index)}@one.example`));
    writeFileSync(outPath, 'old');
    let polls = 0;
    const call = (): unknown =>
      temporary.store.exportList({ listId: id, outPath }, { progress: () => undefined, cancelled: () => ++polls === 2 });
    expect(call).toThrow(failing('Cancelled'));
    const thrown = new Error('broken');
    expect(() => temporary.store.exportList({ listId: id, outPath }, { progress: () => { throw thrown; }, cancelled: () => false })).toThrow(thrown);
    expect(readFileSync(outPath, 'utf8')).toBe('old');
    expect(entries()).toEqual(['list.csv', 'out.csv', 'store']);
  });

  it('is never the imported file, by whatever name', () => {
    const id = temporary.importAddresses(['a@one.example']);
    const source = join(temporary.folder, 'list.csv');
    const before = readFileSync(source);
    symlinkSync(source, join(temporary.folder, 'link.csv'));
    for (const path of [source, join(temporary.folder, 'link.csv'), join(temporary.folder, 'store', '..', 'list.csv')]) {
      expect(() => temporary.store.exportList({ listId: id, outPath: path })).toThrow(failing('ExportFailed'));
    }
    expect(readFileSync(source).equals(before)).toBe(true);
  });

  it('is written through a link, and refused for folders, devices and missing folders', () => {
    const id = temporary.importAddresses(['a@one.example']);
    writeFileSync(outPath, 'old');
    const link = join(temporary.folder, 'link.csv');
    symlinkSync(outPath, link);
    temporary.store.exportList({ listId: id, outPath: link });
    expect(readFileSync(outPath, 'utf8')).toContain('winnow_status');
    mkdirSync(join(temporary.folder, 'folder'));
    expect(() => temporary.store.exportList({ listId: id, outPath: join(temporary.folder, 'folder') })).toThrow(failing('FileIsFolder'));
    expect(() => temporary.store.exportList({ listId: id, outPath: join(temporary.folder, 'none', 'out.csv') })).toThrow(failing('ExportFailed'));
    expect(() => temporary.store.exportList({ listId: id, outPath: '/dev/null' })).toThrow(failing('ExportFailed'));
    expect(existsSync(join(temporary.folder, 'none'))).toBe(false);
  });
});
