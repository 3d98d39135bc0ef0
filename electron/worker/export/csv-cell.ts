// One cell as CSV: quoted where it needs quotes, guarded where a spreadsheet would run it, if that is wished. Most cells
// are plain, and are found to be so by one look.
import { guardCell } from '../csv/guard-cell.ts';
import { needsQuotes } from '../csv/needs-quotes.ts';

/** What a character asks for: nothing, care anywhere in a cell, or care where the cell begins with it. */
const PLAIN = 0;
const ANYWHERE = 1;
const AT_START = 2;

/** From here on are the BOM and the full-width signs of the guard: looked at closely. */
const HIGH = 0xfe00;

export class CsvCell {
  readonly #delimiter: string;
  readonly #delimiterCode: number;
  readonly #safe: boolean;
  readonly #care = new Uint8Array(HIGH);

  constructor(delimiter: string, spreadsheetSafe: boolean) {
    this.#delimiter = delimiter;
    this.#delimiterCode = delimiter.charCodeAt(0);
    this.#safe = spreadsheetSafe;
    for (const character of '\'=+-@') this.#care[character.charCodeAt(0)] = AT_START;
    for (const character of `"\r\n,;\t|${delimiter}`) this.#care[character.charCodeAt(0)] = ANYWHERE;
  }

  finished(cell: string): string {
    for (let at = 0; at < cell.length; at++) {
      const care = this.#care[cell.charCodeAt(at)] ?? ANYWHERE;
      if (care !== PLAIN && (care === ANYWHERE || at === 0)) return this.#careful(cell);
    }
    return cell;
  }

  /** Whether the record reads back as `columns` cells, each of which is written as it stands. */
  isPlainRecord(raw: string, columns: number): boolean {
    let cells = 1;
    let start = 0;
    for (let at = 0; at < raw.length; at++) {
      const code = raw.charCodeAt(at);
      if (code === this.#delimiterCode) {
        cells++;
        start = at + 1;
        continue;
      }
      const care = this.#care[code] ?? ANYWHERE;
      if (care !== PLAIN && (care === ANYWHERE || at === start)) return false;
    }
    return cells === columns;
  }

  #careful(cell: string): string {
    const value = this.#safe ? guardCell(cell) : cell;
    return needsQuotes(value, this.#delimiter) ? quoted(value) : value;
  }
}

export function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
