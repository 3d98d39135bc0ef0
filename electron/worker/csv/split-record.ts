// A stored record back into its cells. Gives what the importer saw: both use the same scanner.
import { cellValue, type RecordScanner, type ScannedRecord } from './record-scanner.ts';

/** Values of the cells of `record` (one record without its line end). The scanner carries the delimiter. */
export function splitRecord(record: string, scanner: RecordScanner): string[] {
  // A record is never longer than the scanner's bound: the importer has dropped such.
  if (scanner.scan(record, 0, true) !== 'record') return [record];
  const cells = new Array<string>(scanner.count);
  for (let index = 0; index < scanner.count; index++) cells[index] = cellAt(record, scanner, index);
  return cells;
}

/** Value of one cell of the record scanned last, or '' where the record is too short to have it. */
export function cellAt(text: string, scanner: ScannedRecord, index: number): string {
  if (index >= scanner.count) return '';
  return cellValue(text.slice(scanner.starts[index], scanner.ends[index]), scanner.kinds[index] ?? 0);
}
