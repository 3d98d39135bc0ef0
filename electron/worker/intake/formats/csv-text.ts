// Cells as one line of delimited text that our own parser reads back to the same cells: comma, RFC 4180 quotes, LF.
// A header is quoted throughout: so the importer never takes it for a spreadsheet-safe export of ours, whose cells it
// would read without their guard (see csv/winnow-columns).

export const DELIMITER = ',';
const NEEDS_QUOTES = /[",\r\n]/;

/** `width`: missing cells are added as empty ones. */
export function csvLine(cells: readonly string[], width = 0): string {
  let line = '';
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? '';
    if (index > 0) line += DELIMITER;
    line += NEEDS_QUOTES.test(cell) ? quoted(cell) : cell;
  }
  if (cells.length < width) line += DELIMITER.repeat(width - Math.max(1, cells.length));
  // A lone empty cell would be a blank line.
  return line === '' ? '""\n' : `${line}\n`;
}

export function csvHeader(names: readonly string[]): string {
  return `${names.map(quoted).join(DELIMITER)}\n`;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
