// An export to text: CSV, TSV or JSON Lines, into one file or one for each status, in one pass over the list. Rows are
// streamed; the files appear together when the last row is written.
// The file is as the source was unless told otherwise: its delimiter, line ends and BOM; UTF-8. There is always a header,
// as our columns need names; a source without one gets `column_1` and so on.
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import type { ListRecord } from '../store/list-record.ts';
import { AtomicFile, commitAll } from './atomic-file.ts';
import { chosenPages } from './chosen-pages.ts';
import { planColumns } from './column-plan.ts';
import { DelimitedLines } from './delimited-lines.ts';
import type { ExportOptions, ExportProgress, ExportReport } from './export-api.ts';
import type { ExportRow } from './export-row.ts';
import { exportTargets } from './export-targets.ts';
import { JsonLines } from './json-lines.ts';
import type { ListSnapshot } from './list-snapshot.ts';
import { TextBytes } from './text-bytes.ts';
import { TextFile } from './text-file.ts';
import { wantedRows } from './wanted-rows.ts';

interface Lines {
  /** What stands before the first row. */
  readonly head: string;
  readonly line: (row: ExportRow) => string;
}

/** Throws what `ExportApi.exportList` throws. */
export function exportText(snapshot: ListSnapshot, options: ExportOptions, hooks: CallHooks<ExportProgress>): ExportReport {
  const { record } = snapshot;
  const lines = linesOf(record, options);
  const fileOf = wantedRows(options);
  const targets = exportTargets(record, options);
  const encoded = new TextBytes(encodingOf(options));
  const files: AtomicFile[] = [];
  try {
    const { totalRows, pages } = chosenPages(snapshot, options, hooks);
    const texts = targets.map(({ path, status }) => {
      const file = new AtomicFile(path);
      files.push(file);
      const text = new TextFile(file, encoded);
      text.write(lines.head);
      return { path, status, text };
    });
    const byStatus = new Map(texts.map(({ status, text }) => [status, text]));
    const all = byStatus.get(null);
    let looked = 0;
    for (const page of pages()) {
      throwIfCancelled(hooks, 'export');
      for (const row of page) {
        const status = fileOf(row);
        if (status !== null) (all ?? byStatus.get(status))?.row(lines.line(row));
      }
      looked += page.length;
      hooks.progress({ rows: looked, totalRows });
    }
    throwIfCancelled(hooks, 'export');
    for (const { text } of texts) text.flush();
    commitAll(files);
    const written = texts.map(({ path, status, text }) => ({ path, status, rows: text.rows, bytes: text.bytes }));
    return {
      path: options.outPath,
      rows: written.reduce((sum, { rows }) => sum + rows, 0),
      bytes: written.reduce((sum, { bytes }) => sum + bytes, 0),
      files: written,
      replaced: { count: encoded.replaced, characters: [...encoded.characters] },
      cutCells: 0,
      sheets: 0,
    };
  } catch (error) {
    for (const file of files) file.abort();
    throw error;
  }
}

function linesOf(record: ListRecord, options: ExportOptions): Lines {
  const plan = planColumns(record, options);
  const newline = options.lineEnd === undefined ? record.newline : options.lineEnd === 'crlf' ? '\r\n' : '\n';
  if (options.format === 'jsonl') {
    const lines = new JsonLines(record, plan, newline);
    return { head: '', line: (row) => lines.line(row) };
  }
  const delimiter = options.format === 'tsv' ? '\t' : (options.delimiter ?? record.delimiter);
  const lines = new DelimitedLines(record, plan, { delimiter, newline, spreadsheetSafe: options.spreadsheetSafe !== false });
  return { head: `${hasBom(record, options) ? '\uFEFF' : ''}${lines.header()}`, line: (row) => lines.line(row) };
}

/** JSON is UTF-8 (RFC 8259, 8.1). */
function encodingOf({ format, encoding = 'utf-8' }: ExportOptions): NonNullable<ExportOptions['encoding']> {
  return format === 'jsonl' ? 'utf-8' : encoding;
}

/** UTF-16 is not found out without one; Windows-1252 has none. */
function hasBom(record: ListRecord, { encoding = 'utf-8', bom }: ExportOptions): boolean {
  if (encoding === 'windows-1252') return false;
  return bom ?? (encoding === 'utf-16le' || record.bom);
}
