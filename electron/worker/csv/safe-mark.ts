// The mark of a spreadsheet-safe export that has no column of ours (one that has is known by those, see winnow-columns):
// of its header the first plain word is in quotes that it does not need, and nothing else in the file is in such quotes.
// No CSV reader sees it, and no writer makes it by chance: they quote everything, all text, or what has something odd in it.
// A spreadsheet that saves the file anew loses it; the apostrophes of the guard are then cells like any other.
import { needsQuotes } from './needs-quotes.ts';
import { CELL_PLAIN, RecordScanner } from './record-scanner.ts';
import { splitRecord } from './split-record.ts';

/** What nobody quotes who does not quote everything. */
const PLAIN_NAME = /^\w*[A-Za-z]\w*$/;
const PLAIN_CELL = /^[\w.@-]*[A-Za-z][\w.@-]*$/;

/** Index of the name that carries the mark; -1 where none can: every one needs quotes by itself. */
export function markedName(names: readonly string[], delimiter: string): number {
  const plain = names.findIndex((name) => PLAIN_NAME.test(name));
  return plain >= 0 ? plain : names.findIndex((name) => !needsQuotes(name, delimiter));
}

/** Whether the records (as they stand in the file, the header first) are of such an export. */
export function hasSafeMark([header, ...rows]: readonly string[], delimiter: string): boolean {
  if (header?.includes('"') !== true) return false;
  const scanner = new RecordScanner(delimiter);
  const names = splitRecord(header, scanner);
  const marked = markedName(names, delimiter);
  const isQuoted = (index: number): boolean => scanner.kinds[index] !== CELL_PLAIN;
  if (marked < 0 || !isQuoted(marked)) return false;
  if (names.some((name, index) => index !== marked && isQuoted(index) && !needsQuotes(name, delimiter))) return false;
  return !rows.some((row) => row.includes('"') && splitRecord(row, scanner).some((cell, index) => isQuoted(index) && PLAIN_CELL.test(cell)));
}
