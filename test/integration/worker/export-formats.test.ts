// Exports in every form: workbooks, JSON Lines, encodings, chosen columns, a file for each status; each gives the list's
// cells back. And what stands at the places meanwhile, or when something goes wrong (faults rows 66, 72, 73).
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exporter } from '../../../electron/worker/export/exporter.ts';
import type { ExportOptions, ExportReport } from '../../../electron/worker/export/export-api.ts';
import { WINNOW_COLUMNS } from '../../../shared/export/winnow-columns.ts';
import { batch, TemporaryStore, verdict } from './store/temporary-store.ts';

let temporary: TemporaryStore;
let outPath = '';
beforeEach(() => {
  temporary = new TemporaryStore();
  outPath = join(temporary.folder, 'out.csv');
});
afterEach(() => {
  temporary.remove();
});

const HOSTILE = '__proto__,constructor,email,email,\n=1+1,"a,""b""",a@one.example,-2,"x\r\ny"\n@SUM(1),,b@one.example,+49,\u0001\u001f\n,x,a@one.example\n';
const NAMES = ['__proto__', 'constructor', 'email', 'email', ''];
const CELLS = [
  ['=1+1', 'a,"b"', 'a@one.example', '-2', 'x\r\ny'],
  ['@SUM(1)', '', 'b@one.example', '+49', '\u0001\u001f'],
  ['', 'x', 'a@one.example', '', ''],
];

function verified(): number {
  const id = temporary.import(HOSTILE, { column: '3' }).list.id;
  temporary.claim(id);
  temporary.store.commit(batch(id, [verdict(1), verdict(2, { reason: 'mailbox_not_found', score: 0 })]));
  return id;
}

function exported(listId: number, options: Partial<ExportOptions> = {}): string {
  temporary.store.exportList({ listId, outPath, ...options });
  return readFileSync(outPath, 'utf8');
}

async function workbook(listId: number, options: Partial<ExportOptions> = {}): Promise<ExportReport> {
  const exporter = new Exporter(temporary.dir);
  try {
    return await exporter.exportList({ listId, outPath, format: 'xlsx', ...options });
  } finally {
    exporter.close();
  }
}

describe('a workbook', () => {
  it('has every cell as text, whatever it looks like, and our numbers as numbers', async () => {
    expect(await workbook(verified())).toMatchObject({ rows: 3, sheets: 1, cutCells: 0 });
    const [sheet] = (await readXlsx(readFileSync(outPath))).sheets;
    const [header = [], ...rows] = sheet?.rows ?? [];
    expect(header.map((cell) => cell ?? '')).toEqual([...NAMES, ...WINNOW_COLUMNS]);
    expect(rows.map((row) => row.slice(0, 5).map((cell) => cell ?? ''))).toEqual(CELLS);
    expect(rows.map((row) => row[7])).toEqual([95, 0, 95]);
  });

  it('is the old one, with nothing beside it, when it is cancelled', async () => {
    const id = verified();
    writeFileSync(outPath, 'old');
    const exporter = new Exporter(temporary.dir);
    const exporting = exporter.exportList({ listId: id, outPath, format: 'xlsx' }, { progress: () => undefined, cancelled: () => true });
    await expect(exporting).rejects.toMatchObject({ code: 'Cancelled' });
    exporter.close();
    expect(readFileSync(outPath, 'utf8')).toBe('old');
    expect(readdirSync(temporary.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('JSON Lines', () => {
  it('have each name once, every cell as it is, and null for what is not known', () => {
    const id = verified();
    const objects = exported(id, { format: 'jsonl' }).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const keys = ['__proto__', 'constructor', 'email', 'email_2', 'column_5'];
    expect(objects.map((object) => Object.keys(object).slice(0, 5))).toEqual([keys, keys, keys]);
    expect(objects.map((object) => Object.values(object).slice(0, 5))).toEqual(CELLS);
    expect(objects[2]).toMatchObject({ winnow_status: 'deliverable', winnow_score: 95, winnow_did_you_mean: null, winnow_duplicate_of: 1 });
  });
});

describe('columns', () => {
  it('are those that were named, in their order', () => {
    const id = verified();
    const rows = parse(exported(id, { columns: [':address', 'winnow_reason', ':2', ':verdict:1', ':address'] }));
    expect(rows.slice(0, 3)).toEqual([
      ['email', 'winnow_reason', 'constructor', 'winnow_status', 'email'],
      ['a@one.example', 'accepted', 'a,"b"', 'deliverable', 'a@one.example'],
      ['b@one.example', 'mailbox_not_found', '', 'undeliverable', 'b@one.example'],
    ]);
    expect(exported(id, { columns: ['CONSTRUCTOR'] })).toBe('"constructor"\n"a,""b"""\n""\nx\n'); // no line is blank
    expect(() => exported(id, { columns: ['none'] })).toThrow(expect.objectContaining({ code: 'ColumnNotFound', message: expect.stringContaining('"none"') as string }) as Error);
  });

  it('leave out repeated rows where that is wished', () => {
    expect(exported(verified(), { columns: [':address'], withoutDuplicates: true })).toBe('"email"\na@one.example\nb@one.example\n');
  });

  it('read back to the same cells as long as one of ours is among them, safe or exact, in any order', () => {
    const cell = fc.constantFrom('', '=1', "'=1", '-5', '"x"', 'a,b', "''+", 'é', '\t');
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }), fc.boolean(), fc.boolean(), (rows, spreadsheetSafe, first) => {
        const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const { id } = temporary.import(`email,x,y\n${rows.map(([x, y], index) => `u${String(index)}@one.example,${quote(x)},${quote(y)}\n`).join('')}`).list;
        const columns = first ? ['winnow_status', 'y', 'email'] : ['y', 'email', 'winnow_status'];
        const back = temporary.import(exported(id, { columns, spreadsheetSafe })).list.id;
        const again = parse(exported(back, { columns: ['y'], spreadsheetSafe: false })).map((row) => row[0]);
        expect(again).toEqual(['y', ...rows.map(([, y]) => y)]);
        temporary.store.deleteList(id);
        temporary.store.deleteList(back);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the form', () => {
  it('is the one that was asked for', () => {
    const id = verified();
    const tsv = exported(id, { format: 'tsv', columns: [':1', ':address'], spreadsheetSafe: false, lineEnd: 'crlf', bom: true });
    expect(tsv.split('\r\n').slice(0, 2)).toEqual(['\uFEFF__proto__\temail', '=1+1\ta@one.example']);
    expect(exported(id, { format: 'csv', delimiter: ';', columns: [':1', ':4'] }).split('\n')[1]).toBe("'=1+1;'-2");
    temporary.store.exportList({ listId: id, outPath, encoding: 'utf-16le', columns: [':address'] });
    expect(readFileSync(outPath).toString('utf16le').split('\n')[1]).toBe('a@one.example');
    expect(readFileSync(outPath).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
  });

  it('tells of characters that the encoding does not have', () => {
    const { id } = temporary.import('email,x\na@one.example,é日€日\n').list;
    const report = temporary.store.exportList({ listId: id, outPath, encoding: 'windows-1252', columns: ['x'] });
    expect(report.replaced).toEqual({ count: 2, characters: ['日'] });
    expect(readFileSync(outPath).toString('latin1')).toBe('"x"\n\xe9?\x80?\n');
  });
});

describe('a file for each status', () => {
  it('has its rows, and is there even where it has none', () => {
    const report = temporary.store.exportList({ listId: verified(), outPath, filePerStatus: true, columns: [':address'] });
    expect(report.files.map(({ status, rows }) => [status, rows])).toEqual([['deliverable', 2], ['undeliverable', 1], ['risky', 0], ['unknown', 0], ['not_verified', 0]]);
    expect(readFileSync(join(temporary.folder, 'out-undeliverable.csv'), 'utf8')).toBe('"email"\nb@one.example\n');
    expect(existsSync(outPath)).toBe(false);
  });

  it('is all of them or none', () => {
    const id = verified();
    writeFileSync(join(temporary.folder, 'out-deliverable.csv'), 'old');
    mkdirSync(join(temporary.folder, 'out-risky.csv'));
    expect(() => temporary.store.exportList({ listId: id, outPath, filePerStatus: true })).toThrow(expect.objectContaining({ code: 'FileIsFolder' }) as Error);
    expect(readFileSync(join(temporary.folder, 'out-deliverable.csv'), 'utf8')).toBe('old');
    expect(readdirSync(temporary.folder).sort()).toEqual(['list.csv', 'out-deliverable.csv', 'out-risky.csv', 'store']);
  });
});

describe('an export while a run goes on', () => {
  it('has the list as it stood when it began', () => {
    const id = temporary.importAddresses(Array.from({ length: 1_200 }, (_, index) => `u${String(index)}@one.example`));
    let told = 0;
    const commit = (): void => {
      if (told++ === 0) temporary.store.commit(batch(id, [verdict(1), verdict(1_200)]));
    };
    temporary.store.exportList({ listId: id, outPath }, { progress: commit, cancelled: () => false });
    expect(told).toBeGreaterThan(1);
    expect(parse(readFileSync(outPath)).some((row) => row.includes('accepted'))).toBe(false);
    expect(parse(exported(id)).filter((row) => row.includes('accepted')).length).toBe(2);
  });
});

describe('a full disk (66)', () => {
  it('leaves the old file, and nothing beside it', () => {
    const id = temporary.importAddresses(Array.from({ length: 20_000 }, (_, index) => `user${String(index)}@one.example`));
    temporary.store.close();
    const script = join(temporary.folder, 'export.ts');
    const exporter = new URL('../../../electron/worker/export/exporter.ts', import.meta.url).href;
    writeFileSync(script, `import { Exporter } from ${JSON.stringify(exporter)};
      try { new Exporter(process.argv[2]).exportList({ listId: ${String(id)}, outPath: process.argv[3] }); } catch (error) { process.stdout.write(error.code); }`);
    const small = join(temporary.folder, 'small');
    const shell = 'mkdir "$0" && mount -t tmpfs -o size=256k none "$0" && printf old > "$0/out.csv" && "$1" "$2" "$3" "$0/out.csv"; echo; ls -A "$0"; cat "$0/out.csv"';
    const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', shell, small, process.execPath, script, temporary.dir], { encoding: 'utf8' });
    expect(stdout, stderr).toBe('DiskFull\nout.csv\nold');
  });
});
