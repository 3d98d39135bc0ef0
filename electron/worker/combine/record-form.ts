// Records of one table as records of another: each cell at its place, in the other's delimiter and quotes. A record that
// is the same there is left as it stands. Always holds: what is written splits into exactly the cells that were read.
import { UserError } from '../../../shared/errors.ts';
import { unguardCell } from '../csv/guard-cell.ts';
import { MAX_RECORD_LENGTH, RecordScanner } from '../csv/record-scanner.ts';
import { splitRecord } from '../csv/split-record.ts';
import { CsvCell } from '../export/csv-cell.ts';
import type { ColumnPlaces } from './column-join.ts';

/** Delimiters of which it is known that quotes keep them within a cell. */
const USUAL = /^[,;\t|]$/;

export interface RecordDialect {
  readonly delimiter: string;
  /** Its cells carry the guard of an export of ours. */
  readonly guarded: boolean;
}

export class RecordForm {
  readonly #from: RecordDialect;
  readonly #to: RecordDialect;
  readonly #places: ColumnPlaces;
  readonly #scanner: RecordScanner;
  readonly #cell: CsvCell;
  readonly #check: RecordScanner | null;

  constructor(from: RecordDialect, to: RecordDialect, places: ColumnPlaces) {
    this.#from = from;
    this.#to = to;
    this.#places = places;
    this.#scanner = new RecordScanner(from.delimiter);
    this.#cell = new CsvCell(to.delimiter, to.guarded);
    this.#check = USUAL.test(to.delimiter) ? null : new RecordScanner(to.delimiter);
  }

  /** `last`: one more cell, at a place of its own. Throws BadUsage for a record that cannot be told in that form. */
  of(raw: string, last?: { readonly place: number; readonly value: string }): string {
    const cells = splitRecord(raw, this.#scanner);
    const { at } = this.#places;
    let moved = this.#from.delimiter !== this.#to.delimiter || this.#from.guarded !== this.#to.guarded || last !== undefined;
    for (let index = 0; index < cells.length; index++) if (at(index) !== index) moved = true;
    return moved ? this.#moved(cells, last) : raw;
  }

  #moved(cells: readonly string[], last: { readonly place: number; readonly value: string } | undefined): string {
    const out: string[] = [];
    const put = (place: number, value: string): void => {
      while (out.length <= place) out.push('');
      out[place] = value;
    };
    for (const [index, cell] of cells.entries()) put(this.#places.at(index), this.#from.guarded ? unguardCell(cell) : cell);
    if (last !== undefined) put(last.place, last.value);
    const record = out.map((cell) => this.#cell.finished(cell)).join(this.#to.delimiter);
    if (record.length > MAX_RECORD_LENGTH) throw new UserError('BadUsage', `A row is longer than ${String(MAX_RECORD_LENGTH)} characters together with its new columns. Shorten its cells first. Nothing was changed.`);
    if (this.#check !== null) this.#refuseOther(out, record, this.#check);
    return record;
  }

  #refuseOther(cells: readonly string[], record: string, scanner: RecordScanner): void {
    const read = splitRecord(record, scanner).map((cell) => (this.#to.guarded ? unguardCell(cell) : cell));
    if (read.length === cells.length && read.every((cell, index) => cell === cells[index])) return;
    throw new UserError('BadUsage', `A row has a cell that cannot be kept in a list whose delimiter is ${JSON.stringify(this.#to.delimiter)}. Nothing was changed.`);
  }
}
