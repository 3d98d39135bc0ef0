// Rows as lines of CSV or TSV. A record that no rule of ours touches (no quote, no formula, as wide as the list) is
// copied as it stands; that is most of them, and ten times as fast as taking it apart.
// A header name of ours is quoted in an exact export and not in a spreadsheet-safe one: see winnow-columns. A safe one
// without any has its mark: see safe-mark.
import { WINNOW_COLUMNS } from '../../../shared/export/winnow-columns.ts';
import type { ListRecord } from '../store/list-record.ts';
import { guardCell } from '../csv/guard-cell.ts';
import { markedName } from '../csv/safe-mark.ts';
import { isWinnowColumn } from '../csv/winnow-columns.ts';
import type { ColumnPlan } from './column-plan.ts';
import { CsvCell, quoted } from './csv-cell.ts';
import type { ExportRow } from './export-row.ts';
import { OriginalCells } from './original-cells.ts';
import { VerdictTail } from './verdict-tail.ts';

/** Delimiters that stand in no status, reason, number or time of ours. */
const OUR_WORDS = /^[,;\t|]$/;

export interface DelimitedForm {
  readonly delimiter: string;
  readonly newline: '\n' | '\r\n';
  readonly spreadsheetSafe: boolean;
}

export class DelimitedLines {
  readonly #plan: ColumnPlan;
  readonly #form: DelimitedForm;
  readonly #cell: CsvCell;
  readonly #originals: OriginalCells;
  /** Columns that a record may be copied into; 0: none. */
  readonly #copied: number;
  /** Where all of ours follow a record that was copied, and nothing else. */
  readonly #tail: VerdictTail | null;

  constructor(record: ListRecord, plan: ColumnPlan, form: DelimitedForm) {
    this.#plan = plan;
    this.#form = form;
    this.#cell = new CsvCell(form.delimiter, form.spreadsheetSafe);
    this.#originals = new OriginalCells(record);
    const width = record.columns.length;
    const begins = plan.columns.length > 1 && record.columns.every((_, index) => plan.columns[index]?.from === 'list' && plan.columns[index].index === index);
    this.#copied = begins && form.delimiter === record.delimiter && !record.guarded ? width : 0;
    const rest = plan.columns.slice(width);
    const isUsual = this.#copied > 0 && OUR_WORDS.test(form.delimiter) && rest.length === WINNOW_COLUMNS.length && rest.every(({ from, name }, index) => from === 'verdict' && name === WINNOW_COLUMNS[index]);
    this.#tail = isUsual ? new VerdictTail(this.#cell, form.delimiter) : null;
  }

  header(): string {
    const { delimiter, spreadsheetSafe } = this.#form;
    const names = this.#plan.columns.map(({ name }) => name);
    const hasOurs = names.some((name) => isWinnowColumn(name));
    const marked = spreadsheetSafe && !hasOurs ? markedName(names.map((name) => guardCell(name)), delimiter) : -1;
    return this.#line(names.map((name, index) => {
      if (index === marked) return quoted(guardCell(name));
      return !spreadsheetSafe && isWinnowColumn(name) ? quoted(name) : this.#cell.finished(name);
    }));
  }

  line(row: ExportRow): string {
    const { columns, verdict } = this.#plan;
    if (this.#tail !== null && this.#cell.isPlainRecord(row.raw, this.#copied)) return row.raw + this.#tail.of(row) + this.#form.newline;
    const copied = this.#copied > 0 && this.#cell.isPlainRecord(row.raw, this.#copied) ? this.#copied : 0;
    const originals = copied === columns.length ? [] : this.#originals.of(row.raw);
    const ours = verdict.cells(row);
    let line = copied > 0 ? row.raw : '';
    for (let at = copied; at < columns.length; at++) {
      const column = columns[at];
      const cell = (column?.from === 'list' ? originals : ours)[column?.index ?? 0] ?? '';
      line += at === 0 ? this.#cell.finished(cell) : this.#form.delimiter + this.#cell.finished(cell);
    }
    // A line with nothing on it would be none to a reader.
    return (line === '' ? '""' : line) + this.#form.newline;
  }

  #line(cells: readonly string[]): string {
    const line = cells.join(this.#form.delimiter);
    return (line === '' ? '""' : line) + this.#form.newline;
  }
}
