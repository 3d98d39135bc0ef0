// How an import knows an export of ours again: by the columns that it appends.
// The mark: an exact export quotes these names in its header, a spreadsheet-safe one does not. CSV readers
// do not see it, and a safe export that was saved again by a spreadsheet (which drops needless quotes) still has it.
import { WINNOW_COLUMNS } from '../../../shared/export/winnow-columns.ts';
import { CELL_PLAIN, type RecordScanner } from './record-scanner.ts';
import { cellAt } from './split-record.ts';

const NAMES: ReadonlySet<string> = new Set(WINNOW_COLUMNS);

export function isWinnowColumn(name: string): boolean {
  return NAMES.has(name);
}

/** What kind of export of ours has `header`, the record scanned last; null for a file without a column of ours. Wherever
 *  those are that were chosen, and whether the list had some before: in an exact export each of their names is quoted. */
export function exportFormOf(header: string, scanner: RecordScanner): 'safe' | 'exact' | null {
  let found: 'safe' | 'exact' | null = null;
  for (let index = 0; index < scanner.count; index++) {
    if (!NAMES.has(cellAt(header, scanner, index))) continue;
    if (scanner.kinds[index] !== CELL_PLAIN) return 'exact';
    found = 'safe';
  }
  return found;
}
