// Spreadsheet-safe cells, reversibly. A spreadsheet runs a cell that starts with = + - @ TAB CR (OWASP "CSV Injection";
// LF and the full-width signs too, as some builds trim and some locales fold them), so such a cell gets a leading
// apostrophe. No exception for what looks like a number: "-2+3+cmd|…" does too. A cell that already starts with
// apostrophes before such a sign gets one more, so that taking one away always gives the cell back.

const GUARDED = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const UNGUARDED = /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The cell as a spreadsheet may see it. */
export function guardCell(cell: string): string {
  return GUARDED.test(cell) ? `'${cell}` : cell;
}

/** The exact inverse of `guardCell`. */
export function unguardCell(cell: string): string {
  return UNGUARDED.test(cell) ? cell.slice(1) : cell;
}
