// An export, start to end: every original column in its order and exactly as it was, then ours, or those of the tool
// whose words were asked for. Rows are streamed.
// The file is UTF-8 with the delimiter and line ends of the source, and a BOM where that had one. There is always a
// header, as our columns need names; a source without one gets `column_1` and so on. Rows shorter than the widest one
// are filled with empty cells. Columns of ours that the source already had are originals like any other.
// Spreadsheet-safe unless told otherwise; our own import takes the guard off again.
import { realpathSync, statSync } from 'node:fs';
import { UserError } from '../../../shared/errors.ts';
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import { guardCell, unguardCell } from '../csv/guard-cell.ts';
import { RecordScanner } from '../csv/record-scanner.ts';
import { splitRecord } from '../csv/split-record.ts';
import type { ExportOptions, ExportReport } from '../interface.ts';
import { readDetails } from '../packed/verdict-details.ts';
import { detailsSql } from '../store/details-blocks.ts';
import type { ListRecord } from '../store/list-record.ts';
import type { OpenList } from '../store/open-list.ts';
import type { ReasonCodes } from '../store/reason-codes.ts';
import { guarded } from '../store/store-error.ts';
import { appendedColumns, type AppendedColumns } from './appended-columns.ts';
import { AtomicFile } from './atomic-file.ts';
import { CsvLine, quoted } from './csv-line.ts';
import { statusOfRow, type ExportRow } from './export-row.ts';

export interface ExportProgress {
  /** Rows looked at, of `totalRows`. */
  readonly rows: number;
  readonly totalRows: number;
}

const ROWS_PER_PAGE = 2_000;

/** Throws ExportFailed, FileIsFolder, DiskFull, StoreDamaged or Cancelled; whatever was at `outPath` is then as it was. */
export function exportRows(list: OpenList, options: ExportOptions, hooks: CallHooks<ExportProgress>): ExportReport {
  const { record } = list;
  refuseSource(record, options.outPath);
  const totalRows = list.counters().rows;
  const file = new AtomicFile(options.outPath);
  try {
    const writer = new RowWriter(record, options, file);
    let looked = 0;
    for (const page of pages(list)) {
      throwIfCancelled(hooks, 'export');
      for (const row of page) writer.row(row);
      looked += page.length;
      hooks.progress({ rows: looked, totalRows });
    }
    throwIfCancelled(hooks, 'export');
    file.commit();
    return { path: options.outPath, rows: writer.rows, bytes: file.bytes };
  } catch (error) {
    file.abort();
    throw error;
  }
}

class RowWriter {
  readonly #record: ListRecord;
  readonly #file: AtomicFile;
  readonly #line: CsvLine;
  readonly #scanner: RecordScanner;
  readonly #safe: boolean;
  readonly #statuses: ReadonlySet<string> | null;
  readonly #appended: AppendedColumns;
  rows = 0;

  constructor(record: ListRecord, options: ExportOptions, file: AtomicFile) {
    this.#record = record;
    this.#file = file;
    this.#line = new CsvLine(record.delimiter, record.newline);
    this.#scanner = new RecordScanner(record.delimiter);
    this.#safe = options.spreadsheetSafe !== false;
    this.#appended = appendedColumns(options.words ?? 'winnow');
    this.#statuses = options.statuses === undefined ? null : new Set(options.statuses);
    this.#header();
  }

  row(row: ExportRow): void {
    const status = statusOfRow(row);
    if (this.#statuses !== null && (status === null || !this.#statuses.has(status))) return;
    const cells = splitRecord(row.raw, this.#scanner);
    const originals = this.#record.guarded ? cells.map(unguardCell) : cells;
    while (originals.length < this.#record.columns.length) originals.push('');
    originals.push(...this.#appended.cells(row));
    this.#file.write(this.#line.join(originals.map((cell) => this.#finished(cell))));
    this.rows++;
  }

  #header(): void {
    const originals = this.#record.columns.map((name) => this.#finished(name));
    // An exact export marks itself by quotes that no reader sees: see winnow-columns.
    const ours = this.#appended.names.map((name, index) => (index === 0 && !this.#safe ? quoted(name) : name));
    if (this.#record.bom) this.#file.write('\uFEFF');
    this.#file.write(this.#line.join([...originals, ...ours]));
  }

  #finished(cell: string): string {
    return this.#line.cell(this.#safe ? guardCell(cell) : cell);
  }
}

interface StoredRow extends Pick<ExportRow, 'id' | 'raw' | 'kind' | 'dup_of' | 'address' | 'catch_all' | 'score'> {
  /** Code. */
  readonly reason: number | null;
  readonly details: Buffer | null;
}

/** The rows in their order, by key. */
function* pages(list: OpenList): Generator<readonly ExportRow[], void, undefined> {
  const page = list.database.prepare<[number, number], StoredRow>(
    `SELECT r.id, r.raw, r.kind, r.dup_of, f.address, d.catch_all, v.reason, v.score, ${detailsSql('v.details')} AS details
     FROM rows r LEFT JOIN rows f ON f.id = coalesce(r.dup_of, r.id) LEFT JOIN domains d ON d.id = f.domain_id
       LEFT JOIN verdicts v ON v.row_id = f.id WHERE r.id > ? ORDER BY r.id LIMIT ?`,
  );
  let last = 0;
  for (;;) {
    const rows = guarded(list.record.file, () => page.all(last, ROWS_PER_PAGE));
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows.map((row) => told(row, list.reasons));
    last = end.id;
  }
}

const NO_DETAILS = { flags: null, did_you_mean: null, reply: null, mx: null, checked_at_ms: null };

function told({ reason, details, ...row }: StoredRow, reasons: ReasonCodes): ExportRow {
  if (details === null) return { ...row, reason: null, ...NO_DETAILS };
  const { flags, didYouMean, reply, mx, checkedAtMs } = readDetails(details);
  return { ...row, reason: reasons.reason(reason), flags, did_you_mean: didYouMean, reply, mx, checked_at_ms: checkedAtMs };
}

/** The imported file is the user's original: an export never replaces it. */
function refuseSource(record: ListRecord, outPath: string): void {
  const target = statSync(outPath, { throwIfNoEntry: false });
  const source = statSync(record.sourcePath, { throwIfNoEntry: false });
  if (target === undefined || source === undefined) return;
  if (realpathSync(outPath) === realpathSync(record.sourcePath) || (target.ino === source.ino && target.dev === source.dev)) {
    throw new UserError('ExportFailed', `${outPath} is the file that the list was imported from. Export to another file.`);
  }
}
