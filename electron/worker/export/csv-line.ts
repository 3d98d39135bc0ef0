// One CSV line from cells, RFC 4180: a cell is quoted where the delimiter, a quote or a line end is in it.
// Also where another common delimiter is in it (a spreadsheet may split by that one), or it begins with a BOM
// (a reader would take it for the file's).

const NEEDS_QUOTES = /["\r\n,;\t|\uFEFF]/;

export class CsvLine {
  readonly #delimiter: string;
  readonly #newline: string;

  constructor(delimiter: string, newline: '\n' | '\r\n') {
    this.#delimiter = delimiter;
    this.#newline = newline;
  }

  /** `cells`: finished cells, as `cell` makes them. */
  join(cells: readonly string[]): string {
    return cells.join(this.#delimiter) + this.#newline;
  }

  cell(value: string): string {
    return NEEDS_QUOTES.test(value) || value.includes(this.#delimiter) ? quoted(value) : value;
  }
}

export function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
