// One side of the XLSX benchmark in a process of its own, so that its peak memory is its own: reads a workbook to its last
// cell, or writes one; or tells what its cells hold, all of them as one hash. Prints one JSON line.
// Usage: xlsx-side.ts winnow|import|exceljs|hucre read FILE, winnow|exceljs hash FILE, or winnow|exceljs write FILE ROWS
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { streamXlsxRows } from 'hucre/xlsx';
import { writeWorkbook } from '../../../electron/worker/export/workbook.ts';
import { readCells } from '../../../electron/worker/intake/formats/record-cells.ts';
import { openFormat } from '../../../electron/worker/intake/formats/open-format.ts';
import { XlsxRows } from '../../../electron/worker/intake/formats/xlsx-rows.ts';
import { readWorkbook } from '../../../electron/worker/intake/formats/xlsx-workbook.ts';
import { readZipDirectory } from '../../../electron/worker/intake/formats/zip-directory.ts';
import { planReading } from '../../../electron/worker/intake/plan-intake.ts';
import { SourceFile } from '../../../electron/worker/intake/source-file.ts';
import { benchRow, HEADER } from './bench-rows.ts';

const [side = '', action = '', path = '', rows = '0'] = process.argv.slice(2);
const ACTIONS: Readonly<Record<string, () => Promise<number>>> = {
  'winnow read': readOurs,
  'winnow hash': readOurs,
  'exceljs hash': readExceljs,
  'import read': readForImport,
  'exceljs read': readExceljs,
  'hucre read': readHucre,
  'winnow write': writeOurs,
  'exceljs write': writeExceljs,
};

/** Of the cells' texts in their order; null where only time and memory are asked for. */
const hash = action === 'hash' ? createHash('sha256') : null;
const startedMs = performance.now();
const startedCpu = process.cpuUsage();
const cells = await (ACTIONS[`${side} ${action}`] ?? (() => Promise.reject(new Error('usage'))))();
const { user, system } = process.cpuUsage(startedCpu);
process.stdout.write(`${JSON.stringify({ cells, hash: hash?.digest('hex') ?? null, ms: performance.now() - startedMs, cpuMs: (user + system) / 1_000, peakMb: process.resourceUsage().maxRSS / 1_024 })}\n`);

/** Every row as its cells, as the libraries give them. */
async function readOurs(): Promise<number> {
  const file = new SourceFile(path);
  const workbook = await readWorkbook(file, readZipDirectory(file) ?? new Map(), path);
  if (workbook === null) throw new Error('no workbook');
  const reader = new XlsxRows(file, workbook, path);
  const [sheet] = reader.sheets;
  if (sheet === undefined) throw new Error('no sheet');
  let count = 0;
  for await (const { rows: found } of reader.rows(sheet)) {
    for (const { number, cells } of found) {
      if (number === 1) continue;
      count += cells?.length ?? 0;
      if (hash !== null) for (const cell of cells ?? []) hash.update(`${cell}\0`);
    }
  }
  file.close();
  return count;
}

/** As an import reads it: delimited text, its encoding and dialect, and the cells of that. */
async function readForImport(): Promise<number> {
  const source = await openFormat(path);
  const plan = await planReading(source, {});
  let count = 0;
  const taker = { row: (found: readonly string[]) => { count += found.length; }, blankLine: () => undefined, problem: () => undefined };
  for await (const _ of readCells(source, plan, taker, () => [])) continue;
  await source.close();
  return count;
}

async function readExceljs(): Promise<number> {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, { sharedStrings: 'cache', styles: 'cache', worksheets: 'emit', hyperlinks: 'ignore', entries: 'ignore' });
  let count = 0;
  for await (const sheet of reader) {
    for await (const row of sheet) if (row.number > 1) row.eachCell((cell) => {
      count++;
      if (hash !== null) hash.update(`${cell.text}\0`);
    });
  }
  return count;
}

async function readHucre(): Promise<number> {
  let count = 0;
  let header = true;
  for await (const row of streamXlsxRows(readFileSync(path))) {
    if (!header) count += row.values.length;
    header = false;
  }
  return count;
}

async function writeOurs(): Promise<number> {
  function* all(): Generator<(string | number)[], void, undefined> {
    for (let index = 0; index < Number(rows); index++) yield benchRow(index);
  }
  const file = openSync(path, 'w');
  await writeWorkbook({ sheetName: 'List', header: HEADER, rows: all(), rowsAtMost: Number(rows) }, (bytes) => { writeSync(file, bytes); });
  closeSync(file);
  return Number(rows) * HEADER.length;
}

async function writeExceljs(): Promise<number> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true, useStyles: false });
  const sheet = book.addWorksheet('List');
  sheet.addRow([...HEADER]).commit();
  for (let index = 0; index < Number(rows); index++) sheet.addRow(benchRow(index)).commit();
  sheet.commit();
  await book.commit();
  return Number(rows) * HEADER.length;
}
