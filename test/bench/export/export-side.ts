// One side of the `export` benchmark, in a process of its own: `winnow` exports a list of a store; `papaparse` is an
// exporter made with that library, which reads the same rows from a plain table and guards formulas as ours does.
// Prints what it took as JSON.
import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import Papa from 'papaparse';
import { openStore } from '../../../electron/worker/client.ts';
import type { ExportFormat } from '../../../shared/export/export-form.ts';
import { WORKER_PATH } from './verified-list.ts';

const ROWS_PER_PAGE = 2_000;

const [side = '', from = '', outPath = '', argument = ''] = process.argv.slice(2);

if (side === 'winnow') await winnow(from, outPath, argument as ExportFormat);
else papaparse(from, outPath);

async function winnow(dir: string, path: string, format: ExportFormat): Promise<void> {
  const store = await openStore({ dir, workerPath: WORKER_PATH });
  const [list] = await store.lists();
  if (list === undefined) throw new Error('There is no list.');
  const measured = measure();
  const { rows } = await store.exportList({ listId: list.id, outPath: path, format });
  measured(rows);
  await store.close();
}

function papaparse(path: string, outPath: string): void {
  const database = new Database(path, { readonly: true });
  const page = database.prepare<[number, number]>('SELECT * FROM flat WHERE rowid > ? ORDER BY rowid LIMIT ?').raw();
  const measured = measure();
  const file = openSync(outPath, 'w');
  let rows = 0;
  for (;;) {
    const records = page.all(rows, ROWS_PER_PAGE) as unknown[][];
    if (records.length === 0) break;
    writeSync(file, `${Papa.unparse(records, { escapeFormulae: true, newline: '\n' })}\n`);
    rows += records.length;
  }
  closeSync(file);
  measured(rows);
  database.close();
}

/** Starts now; tells at the end. */
function measure(): (rows: number) => void {
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  return (rows) => {
    const { user, system } = process.cpuUsage(cpu);
    process.stdout.write(JSON.stringify({ rows, ms: performance.now() - startedMs, cpuMs: (user + system) / 1_000, peakMb: process.resourceUsage().maxRSS / 1_024 }));
  };
}
