// Whether a cell is written in quotes: where the delimiter, a quote or a line end is in it (RFC 4180). Also where another
// common delimiter is in it (a spreadsheet may split by that one), or a BOM (a reader would take it for the file's).

const NEEDS_QUOTES = /["\r\n,;\t|\uFEFF]/;

export function needsQuotes(cell: string, delimiter: string): boolean {
  return NEEDS_QUOTES.test(cell) || cell.includes(delimiter);
}
