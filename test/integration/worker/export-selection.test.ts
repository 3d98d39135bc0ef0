// Exports of rows that are selected by rule: exactly those that the rule means, in every format, few of many as well as
// most of them; what else the form leaves out is left out too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exporter } from '../../../electron/worker/export/exporter.ts';
import type { ExportOptions, ExportReport } from '../../../electron/worker/export/export-api.ts';
import type { RowSelection } from '../../../shared/ipc/lists.ts';
import { TemporaryReader } from './reader/temporary-reader.ts';
import { batch, verdict } from './store/temporary-store.ts';

const ROWS = 3_000;
/** Has no verdict at first. */
const LATE = 2_999;
const LATE_ADDRESS = 'u2998@d2.example';

let temporary: TemporaryReader;
let exporter: Exporter;
let listId: number;
let outPath = '';

beforeEach(() => {
  temporary = new TemporaryReader();
  outPath = join(temporary.folder, 'out.csv');
  const addresses = Array.from({ length: ROWS }, (_, index) => (index % 5 === 4 ? 'u0@d0.example' : `u${String(index)}@d${String(index % 7)}.example`));
  listId = temporary.importAddresses(addresses);
  temporary.claim(listId, { maxAddressesPerDomain: ROWS });
  const open = addresses.flatMap((address, index) => ((index > 0 && address === 'u0@d0.example') || index + 1 === LATE ? [] : [index + 1]));
  temporary.store.commit(batch(listId, open.map((row) => verdict(row, row % 3 === 0 ? { reason: 'greylisted', score: 30 } : {}))));
  exporter = new Exporter(temporary.dir);
});

afterEach(() => {
  exporter.close();
  temporary.remove();
});

const addressesIn = (text: string): string[] => text.split('\n').slice(1, -1);
const COLUMN = { columns: [':address'] };

async function exported(options: Partial<ExportOptions>): Promise<{ readonly report: ExportReport; readonly addresses: readonly string[] }> {
  const report = await exporter.exportList({ listId, outPath, ...COLUMN, ...options });
  return { report, addresses: addressesIn(readFileSync(outPath, 'utf8')) };
}

async function selected(rule: RowSelection): Promise<string[]> {
  const { text } = await temporary.reader.selectedAddresses(listId, rule, ROWS);
  return text === '' ? [] : text.split('\n');
}

describe('an export of a selection', () => {
  it('writes the rows that the rule means, as the window counts them', async () => {
    const ranges = fc.uniqueArray(fc.integer({ min: 1, max: ROWS }), { maxLength: 6 }).map((ends) => {
      const sorted = [...ends].sort((a, b) => a - b);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, at): [number, number] => [sorted[2 * at] ?? 1, sorted[2 * at + 1] ?? 1]);
    });
    const filter = fc.record(
      {
        statuses: fc.constant<('deliverable' | 'unknown')[]>(['unknown']),
        domains: fc.constantFrom<string[]>(['d3.example'], ['d0.example', 'd1.example']),
        duplicates: fc.constantFrom('only' as const, 'without' as const),
        search: fc.constantFrom('u12', 'd6', 'nothing'),
      },
      { requiredKeys: [] },
    );
    const form = fc.record({ statuses: fc.constant(['deliverable'] as const), withoutDuplicates: fc.boolean() }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.record({ filter, all: fc.boolean(), turned: ranges }), form, async (selection, wanted) => {
        const both = await exported({ selection, ...wanted });
        expect(both.report.rows).toBe(await temporary.reader.exportCount(listId, wanted.statuses, wanted.withoutDuplicates, selection));
        if (Object.keys(wanted).length === 0) expect(both.addresses).toEqual(await selected(selection));
        // What the form leaves out of everything it leaves out of a selection.
        const everything = await selected({ filter: { ...(wanted.statuses === undefined ? {} : { statuses: [...wanted.statuses] }), ...(wanted.withoutDuplicates === true ? { duplicates: 'without' } : {}) }, all: true, turned: [] });
        const kept = new Set(everything);
        for (const address of both.addresses) expect(kept).toContain(address);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is of the moment at which it begins, whatever the rule would mean later', async () => {
    const selection: RowSelection = { filter: { statuses: ['deliverable', 'unknown'] }, all: true, turned: [] };
    let committed = false;
    const committing = {
      cancelled: () => false,
      progress: () => {
        if (!committed) temporary.store.commit(batch(listId, [verdict(LATE)]));
        committed = true;
      },
    };
    await exporter.exportList({ listId, outPath, selection, ...COLUMN }, committing);
    const before = addressesIn(readFileSync(outPath, 'utf8'));
    const { addresses: after } = await exported({ selection });
    expect([committed, after.length - before.length, before.includes(LATE_ADDRESS), after.includes(LATE_ADDRESS)]).toEqual([true, 1, false, true]);
  });

  it('is a workbook, a file for each status, or lines of JSON as well', async () => {
    const selection: RowSelection = { filter: { domains: ['d3.example'], duplicates: 'without' }, all: true, turned: [[4, 4]] };
    const addresses = await selected(selection);
    expect(addresses.length).toBeGreaterThan(100);
    await exporter.exportList({ listId, outPath, format: 'xlsx', selection, ...COLUMN });
    const [sheet] = (await readXlsx(readFileSync(outPath))).sheets;
    expect(sheet?.rows.slice(1).map(([cell]) => cell)).toEqual(addresses);
    const { files } = await exporter.exportList({ listId, outPath, filePerStatus: true, selection, ...COLUMN });
    expect(files.reduce((sum, { rows }) => sum + rows, 0)).toBe(addresses.length);
    await exporter.exportList({ listId, outPath, format: 'jsonl', selection, ...COLUMN });
    expect(readFileSync(outPath, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { email: string }).email)).toEqual(addresses);
  });

  it('tells how far it is by the rows that are selected, and is cancelled while it looks for them', async () => {
    const selection: RowSelection = { filter: {}, all: false, turned: [[1, 1], [2_999, 3_000]] };
    const told: unknown[] = [];
    await exporter.exportList({ listId, outPath, selection }, { cancelled: () => false, progress: (progress) => told.push(progress) });
    expect(told).toEqual([{ rows: 3, totalRows: 3 }]);
    expect(() => exporter.exportList({ listId, outPath, selection }, { cancelled: () => true, progress: () => undefined })).toThrow(expect.objectContaining({ code: 'Cancelled' }));
  });
});
