// All of our columns as the end of a CSV line, for the usual export: what rows have alike is made once for all of them.
// Gives what `verdictCells` and `CsvCell` give; no word of ours needs quotes, so only what servers said is looked at.
import type { CsvCell } from './csv-cell.ts';
import { SAID_REMEMBERED, type Said } from './details-reader.ts';
import type { ExportRow } from './export-row.ts';
import { checkedAtCell, duplicateOfCell, reasonCell, scoreCell } from './verdict-cells.ts';

export class VerdictTail {
  readonly #cell: CsvCell;
  readonly #delimiter: string;
  readonly #said = new Map<Said, string>();

  constructor(cell: CsvCell, delimiter: string) {
    this.#cell = cell;
    this.#delimiter = delimiter;
  }

  /** Begins with a delimiter. */
  of(row: ExportRow): string {
    const d = this.#delimiter;
    return `${d}${row.status ?? ''}${d}${reasonCell(row)}${d}${scoreCell(row)}${d}${this.#saidCells(row.said)}${d}${checkedAtCell(row)}${d}${duplicateOfCell(row)}`;
  }

  #saidCells(said: Said): string {
    let cells = this.#said.get(said);
    if (cells === undefined) {
      const { didYouMean, flags, reply, mx } = said;
      cells = [didYouMean, flags, reply, mx].map((cell) => this.#cell.finished(cell ?? '')).join(this.#delimiter);
      if (this.#said.size >= SAID_REMEMBERED) this.#said.clear();
      this.#said.set(said, cells);
    }
    return cells;
  }
}
