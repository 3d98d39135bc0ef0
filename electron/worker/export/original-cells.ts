// The cells of a row as its list has them: split as the import saw them, without the guard of an earlier export of ours,
// filled up with empty ones to the width of the list.
import { unguardCell } from '../csv/guard-cell.ts';
import { RecordScanner } from '../csv/record-scanner.ts';
import { splitRecord } from '../csv/split-record.ts';
import type { ListRecord } from '../store/list-record.ts';

export class OriginalCells {
  readonly #scanner: RecordScanner;
  readonly #guarded: boolean;
  readonly #width: number;

  constructor({ delimiter, guarded, columns }: Pick<ListRecord, 'delimiter' | 'guarded' | 'columns'>) {
    this.#scanner = new RecordScanner(delimiter);
    this.#guarded = guarded;
    this.#width = columns.length;
  }

  of(raw: string): string[] {
    const split = splitRecord(raw, this.#scanner);
    const cells = this.#guarded ? split.map(unguardCell) : split;
    while (cells.length < this.#width) cells.push('');
    return cells;
  }
}
