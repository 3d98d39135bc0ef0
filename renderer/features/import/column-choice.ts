// How address columns are named in what is asked of main: by name where no other column has it, else by number (1-based).
// In a preview of several columns the last two are added by the import (the address, its column): they are no choice.
import type { ImportPreview, ReadingOptions } from '../../../shared/ipc/lists.ts';

/** The file's own columns. `preview` may be that of an earlier reading, while the one of this is awaited. */
export function ownColumns({ columns, addressColumn }: ImportPreview, reading: ReadingOptions): readonly string[] {
  if (reading.addressColumns === undefined || addressColumn === null) return columns;
  const isExpanded = columns[addressColumn] === 'address' && columns[addressColumn + 1] === 'address_column';
  return isExpanded ? columns.slice(0, addressColumn) : columns;
}

/** Those of its own columns in which addresses were found, 0-based. */
export function foundColumns(preview: ImportPreview, reading: ReadingOptions): readonly number[] {
  const { length } = ownColumns(preview, reading);
  return (preview.addressColumns ?? []).filter((column) => column < length);
}

/** Those that are to be read, 0-based. */
export function chosenColumns(preview: ImportPreview, reading: ReadingOptions): readonly number[] {
  const { addressColumns } = reading;
  if (addressColumns === undefined) return preview.addressColumn === null ? [] : [preview.addressColumn];
  if (addressColumns === 'all') return foundColumns(preview, reading);
  const columns = ownColumns(preview, reading);
  return columns.flatMap((_name, index) => (addressColumns.includes(referenceOf(columns, index, reading.hasHeader !== false)) ? [index] : []));
}

/** One column of addresses, and no other. */
export function withOneColumn({ addressColumns: _several, ...rest }: ReadingOptions, addressColumn: number): ReadingOptions {
  return { ...rest, addressColumn };
}

/** Several; whether the first row names them is fixed with it, because numbers and names hang on it. At least one stays. */
export function withColumns(reading: ReadingOptions, preview: ImportPreview, wanted: readonly number[]): ReadingOptions {
  const { addressColumn: _one, ...rest } = reading;
  const columns = ownColumns(preview, reading);
  const hasHeader = reading.hasHeader ?? preview.hasHeader;
  const [first, ...others] = [...new Set(wanted)].sort((a, b) => a - b).map((index) => referenceOf(columns, index, hasHeader));
  return first === undefined ? rest : { ...rest, hasHeader, addressColumns: [first, ...others] };
}

/** For a change after which the same number may mean another column. */
export function withoutColumns({ addressColumn: _one, addressColumns: _several, ...rest }: ReadingOptions): ReadingOptions {
  return rest;
}

function referenceOf(columns: readonly string[], index: number, hasHeader: boolean): string {
  const name = columns[index] ?? '';
  const folded = name.trim().toLowerCase();
  const unique = columns.filter((other) => other.trim().toLowerCase() === folded).length === 1;
  return hasHeader && folded !== '' && unique ? name : String(index + 1);
}
