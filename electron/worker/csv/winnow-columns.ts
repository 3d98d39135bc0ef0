// The columns that an export appends, and how an import knows an export of ours again.
// The names are part of the public interface: never rename one.
// The mark: an exact export quotes the first of these names in its header, a spreadsheet-safe one does not. CSV readers
// do not see it, and a safe export that was saved again by a spreadsheet (which drops needless quotes) still has it.
import { CELL_PLAIN, type RecordScanner } from './record-scanner.ts';
import { cellAt } from './split-record.ts';

export const WINNOW_COLUMNS = [
  'winnow_status',
  'winnow_reason',
  'winnow_score',
  'winnow_did_you_mean',
  'winnow_flags',
  'winnow_reply',
  'winnow_mx',
  'winnow_checked_at',
  'winnow_duplicate_of',
] as const;

/** What kind of export of ours ends its header as `header`, the record scanned last, does; null for any other file. */
export function exportFormOf(header: string, scanner: RecordScanner): 'safe' | 'exact' | null {
  const first = scanner.count - WINNOW_COLUMNS.length;
  if (first < 0 || !WINNOW_COLUMNS.every((name, index) => cellAt(header, scanner, first + index) === name)) return null;
  return scanner.kinds[first] === CELL_PLAIN ? 'safe' : 'exact';
}
