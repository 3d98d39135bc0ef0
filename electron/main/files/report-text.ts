// What an import left out or remarked on, one record a line: as a CSV file, guarded against spreadsheets that would run a
// cell (a message may quote the file), and as lines with tabs for pasting into one. Says how many there were beyond those kept.
import { enImport } from '../../../shared/words/en-import.ts';
import { guardCell } from '../../worker/csv/guard-cell.ts';
import type { ImportReport } from '../../worker/interface.ts';

const words = enImport.report;

export function reportCsv(report: ImportReport): string {
  const line = (cells: readonly string[]): string => `${cells.map((cell) => quoted(guardCell(cell))).join(',')}\r\n`;
  // With a BOM: Excel takes a CSV for Windows-1252 without it.
  return `\uFEFF${linesOf(report).map(line).join('')}`;
}

export function reportText(report: ImportReport): string {
  return linesOf(report).map((cells) => `${cells.map((cell) => guardCell(cell.replaceAll(/[\t\r\n]+/g, ' '))).join('\t')}\n`).join('');
}

function linesOf({ problems, problemCount }: ImportReport): readonly (readonly string[])[] {
  const rows = problems.map(({ row, line, dropped, problem }) => [String(row), String(line), dropped ? words.left : words.kept, problem]);
  const more = problemCount > problems.length ? [['', '', '', words.notKept(String(problemCount - problems.length))]] : [];
  return [[words.row, words.line, words.what, words.why], ...rows, ...more];
}

function quoted(cell: string): string {
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
