// Compares an exported list that carries `expected_status` and `expected_reason` with what Winnow said of each row.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

export type CsvRow = Readonly<Record<string, string>>;

export function readCsv(path: string): CsvRow[] {
  return parse(readFileSync(path), { columns: true, bom: true });
}

/** One line for each row whose verdict is not the expected one. */
export function differences(rows: readonly CsvRow[]): string[] {
  return rows.flatMap((row, index) => {
    const expected = `${row['expected_status'] ?? '?'} ${row['expected_reason'] ?? '?'}`;
    const actual = `${row['winnow_status'] ?? '?'} ${row['winnow_reason'] ?? '?'}`;
    return expected === actual ? [] : [`row ${String(index + 1)}: expected ${expected}, got ${actual}: ${JSON.stringify(row)}`];
  });
}
