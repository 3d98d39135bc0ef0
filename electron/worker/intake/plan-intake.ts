// Everything that is decided about a file before a row of it is stored: that it is text, its encoding, dialect, header
// and address column. Reads the head (and the whole file once, for UTF-8); writes nothing.
import { UserError } from '../../../shared/errors.ts';
import { exportFormOf } from '../csv/winnow-columns.ts';
import { unguardCell } from '../csv/guard-cell.ts';
import { RecordScanner } from '../csv/record-scanner.ts';
import { hasSafeMark } from '../csv/safe-mark.ts';
import { splitRecord } from '../csv/split-record.ts';
import type { ImportOptions } from '../interface.ts';
import { detectDelimiter, looksLikeAddress, sampleRecords } from './detect-dialect.ts';
import { detectEncoding, type DetectedEncoding } from './detect-encoding.ts';
import { detectHeader, findAddressColumn, type WantedColumn } from './find-address-column.ts';
import { knownBinary } from './known-binary.ts';
import type { ListSource } from './list-source.ts';
import { CHUNK_BYTES } from './source-file.ts';
import { utf8Decoder } from './utf8-decoder.ts';

export interface IntakePlan extends DetectedEncoding {
  readonly delimiter: string;
  /** Line end for exports: the one that the file uses first. */
  readonly newline: '\n' | '\r\n';
  readonly hasHeader: boolean;
  /** Names in the header, or [] without one. */
  readonly header: readonly string[];
  /** 0-based. */
  readonly addressColumn: number;
  /** True for a spreadsheet-safe export of ours: its cells are read without the guard. */
  readonly guarded: boolean;
}

/** How the file is read, and its first records, by which its columns are known. */
export interface ReadingPlan extends Omit<IntakePlan, 'addressColumn'> {
  /** Without the header. */
  readonly sample: readonly (readonly string[])[];
  /** The sample is the whole file. */
  readonly complete: boolean;
}

type Reading = Pick<ImportOptions, 'encoding' | 'delimiter' | 'hasHeader'>;

/** Throws BadUsage, FileBinary, FileEmpty, NoAddressColumn, ColumnNotFound, FileChanged or FileUnreadable. */
export async function planIntake(source: ListSource, options: ImportOptions): Promise<IntakePlan> {
  const plan = await planReading(source, options);
  return { ...plan, addressColumn: addressColumnOf(source, plan, options) };
}

/** Throws NoAddressColumn or ColumnNotFound. */
export function addressColumnOf(source: ListSource, plan: ReadingPlan, wanted: WantedColumn): number {
  const fixed = source.fixed?.addressColumn;
  if (fixed !== undefined && wanted.addressColumn === undefined && wanted.column === undefined) return fixed;
  return findAddressColumn(source.path, plan.hasHeader ? plan.header : null, plan.sample, wanted);
}

/** Names of all columns: rows may be wider than the header (no name), and a file without one numbers its columns. */
export function columnsOf(plan: Pick<IntakePlan, 'hasHeader' | 'header'>, width: number): string[] {
  return Array.from({ length: Math.max(width, plan.header.length) }, (_, index) =>
    plan.hasHeader ? (plan.header[index] ?? '') : `column_${String(index + 1)}`,
  );
}

/** Everything but the address column. Throws BadUsage, FileBinary, FileEmpty, FileChanged or FileUnreadable. */
export async function planReading(source: ListSource, options: Reading): Promise<ReadingPlan> {
  if (options.delimiter !== undefined && !/^[\t !#-~]$/.test(options.delimiter)) {
    throw new UserError('BadUsage', 'A delimiter is one ASCII character: a comma, a semicolon, a tab or the like, and no quote.');
  }
  const { fixed } = source;
  const { bytes: head, complete } = await source.head(CHUNK_BYTES);
  const encoding = fixed === undefined ? await detectEncoding(source, head, options.encoding) : { encoding: fixed.encoding, bomBytes: 0, clean: true };
  if (!encoding.encoding.startsWith('utf-16')) refuseBinary(source, knownBinary(head));
  const decoder = utf8Decoder(encoding.encoding);
  const sample = decoder.write(head.subarray(encoding.bomBytes)).toString('utf8');
  if (encoding.encoding.startsWith('utf-16')) refuseBinary(source, knownBinary(Buffer.from(sample.slice(0, 65_536), 'utf8')));
  if (complete && sample.trim() === '') {
    throw new UserError('FileEmpty', `${source.path} holds nothing but blanks. Looked for rows with e-mail addresses, with or without a header.`);
  }

  const delimiter = fixed?.delimiter ?? options.delimiter ?? detectDelimiter(sample, complete);
  const raw = sampleRecords(sample, delimiter, complete);
  const form = raw[0] === undefined ? null : formOfHeader(raw[0].raw, delimiter);
  const marked = form === null && hasSafeMark(raw.map((record) => record.raw), delimiter);
  const guarded = form === 'safe' || marked;
  const records = raw.map((record) => (guarded ? record.cells.map(unguardCell) : record.cells));
  const hasHeader = fixed?.hasHeader ?? options.hasHeader ?? (form !== null || (marked && records[0]?.some(looksLikeAddress) === false) || detectHeader(records));
  const header = hasHeader ? (records[0] ?? []) : [];
  if (hasHeader && complete && records.length <= 1) {
    throw new UserError('FileEmpty', `${source.path} has a header and no rows. Looked for rows with e-mail addresses below it.`);
  }
  const newline = /^[^\r\n]*\r\n/.test(sample) ? '\r\n' : '\n';
  return { ...encoding, delimiter, newline, hasHeader, header, guarded, sample: hasHeader ? records.slice(1) : records, complete };
}

/** The error of a file of which no record can be read. */
export function noRows(path: string, hasHeader: boolean): UserError {
  const where = hasHeader ? ' below the header' : '';
  return new UserError('FileEmpty', `${path} has no rows that can be read. Looked for rows with e-mail addresses${where}.`);
}

function formOfHeader(header: string, delimiter: string): ReturnType<typeof exportFormOf> {
  const scanner = new RecordScanner(delimiter);
  splitRecord(header, scanner);
  return exportFormOf(header, scanner);
}

function refuseBinary(source: ListSource, what: string | null): void {
  if (what === null) return;
  throw new UserError('FileBinary', `${source.path} is no text file: it looks like ${what}. Looked for a CSV or text file with e-mail addresses.`);
}
