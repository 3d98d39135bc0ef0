// The parsers that are compared, each from the bytes of a file to the cells: ours by chunks, as the import does it.
import { ChunkParser, type RecordView } from '../../../electron/worker/csv/chunk-parser.ts';
import { cellValue } from '../../../electron/worker/csv/record-scanner.ts';
import { papaparse } from './papaparse.ts';

const CHUNK_BYTES = 1_048_576;

/** Every cell of every record; how many there were. */
export function ownAllFields(bytes: Buffer): number {
  return own(bytes, (view) => {
    const row = new Array<string>(view.scanner.count);
    for (let index = 0; index < row.length; index++) row[index] = cellOf(view, index);
    return row.length;
  });
}

/** The cells of one column. */
export function ownOneField(bytes: Buffer, column: number): number {
  return own(bytes, (view) => (cellOf(view, column).length > 0 ? 1 : 0));
}

export function papaAllFields(bytes: Buffer): number {
  let cells = 0;
  for (const row of papaparse.parse(bytes.toString('utf8'), { delimiter: ',', skipEmptyLines: true }).data) cells += row.length;
  return cells;
}

/** It has no way to read fewer. */
export function papaOneField(bytes: Buffer, column: number): number {
  let cells = 0;
  for (const row of papaparse.parse(bytes.toString('utf8'), { delimiter: ',', skipEmptyLines: true }).data) cells += (row[column] ?? '').length > 0 ? 1 : 0;
  return cells;
}

/** The records of a document that comes in these chunks. */
export function ownRecords(chunks: readonly Buffer[], delimiter: string): string[][] {
  const records: string[][] = [];
  const parser = new ChunkParser(delimiter, {
    record: (view) => records.push(Array.from({ length: view.scanner.count }, (_, index) => cellOf(view, index))),
    blankLine: () => undefined,
    problem: () => undefined,
  });
  for (const chunk of chunks) parser.push(chunk);
  parser.end();
  return records;
}

function own(bytes: Buffer, read: (view: RecordView) => number): number {
  let cells = 0;
  const parser = new ChunkParser(',', {
    record: (view) => {
      cells += read(view);
    },
    blankLine: () => undefined,
    problem: ({ problem }) => {
      throw new Error(problem);
    },
  });
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) parser.push(bytes.subarray(at, at + CHUNK_BYTES));
  parser.end();
  return cells;
}

function cellOf({ bytes, latin1, scanner }: RecordView, index: number): string {
  const start = scanner.starts[index] ?? 0;
  const end = scanner.ends[index] ?? 0;
  const slice = scanner.highs[index] === 0 ? latin1.slice(start, end) : bytes.toString('utf8', start, end);
  return cellValue(slice, scanner.kinds[index] ?? 0);
}
