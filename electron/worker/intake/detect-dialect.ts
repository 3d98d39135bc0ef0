// The delimiter and the sample records of a file, from its first megabyte. Quotes are respected while counting.
// The delimiter is the one that lets most records show an address as a whole cell; among equals the most even one.
import { RecordScanner } from '../csv/record-scanner.ts';
import { cellAt } from '../csv/split-record.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface SampleRecord {
  readonly raw: string;
  readonly cells: readonly string[];
}

/** Records that are looked at; enough for any list that is of one piece. */
const MAX_SAMPLE_RECORDS = 1_000;
/** An address as a whole cell, loosely: none of the delimiters in it. */
const LOOSE_ADDRESS = /^[^\s@,;|]{1,200}@[^\s@,;|]{1,255}$/;

/** The best delimiter for `sample` (decoded text). `complete`: the sample is the whole file. */
export function detectDelimiter(sample: string, complete: boolean): string {
  let best: string = DELIMITERS[0];
  let bestScore = -1;
  for (const delimiter of DELIMITERS) {
    const score = scoreOfDelimiter(sampleRecords(sample, delimiter, complete));
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** The first records of `sample`, blank lines left out. One that the sample cuts off is left out unless it is the only one. */
export function sampleRecords(sample: string, delimiter: string, complete: boolean): readonly SampleRecord[] {
  const scanner = new RecordScanner(delimiter);
  const records: SampleRecord[] = [];
  let position = 0;
  while (position < sample.length && records.length < MAX_SAMPLE_RECORDS) {
    const final = complete || records.length === 0;
    if (scanner.scan(sample, position, final) !== 'record') break;
    if (scanner.end > position) {
      const raw = sample.slice(position, scanner.end);
      records.push({ raw, cells: Array.from({ length: scanner.count }, (_, index) => cellAt(sample, scanner, index)) });
    }
    position = scanner.next;
  }
  return records;
}

export function looksLikeAddress(cell: string): boolean {
  return LOOSE_ADDRESS.test(cell.trim());
}

/** Share of records with an address cell in tenths, then evenness, then the number of columns. */
function scoreOfDelimiter(records: readonly SampleRecord[]): number {
  if (records.length === 0) return 0;
  const withAddress = records.filter((record) => record.cells.some(looksLikeAddress)).length / records.length;
  const counts = new Map<number, number>();
  for (const record of records) counts.set(record.cells.length, (counts.get(record.cells.length) ?? 0) + 1);
  const [columns, agreeing] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  const evenness = columns > 1 ? agreeing / records.length : 0;
  return Math.round(withAddress * 10) * 100 + evenness * 10 + Math.min(columns, 100) / 1_000;
}
