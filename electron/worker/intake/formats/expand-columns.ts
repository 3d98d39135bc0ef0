// Several address columns: each address in them becomes a record of its own, with all the cells of the record that it
// stood in and two more, the address and its column's name; so an export gives every original column back, and the store
// needs to know of one address column only. A record with no address in any of them stays one, with the two cells empty.
import { extractAddresses } from '../../../../shared/address/extract-addresses.ts';
import { cleanCell } from '../clean-cell.ts';
import { findAddressColumns } from '../find-address-column.ts';
import type { ListSource, SourceChunk, SourceOptions } from '../list-source.ts';
import { columnsOf, planReading } from '../plan-intake.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import { csvHeader, csvLine, DELIMITER } from './csv-text.ts';
import { DerivedSource } from './derived-source.ts';
import { readCells } from './record-cells.ts';

/** The columns that are added, as an export shows them. */
const ADDED = ['address', 'address_column'] as const;

/** Throws NoAddressColumn, ColumnNotFound and what `planReading` throws. */
export async function expandColumns(base: ListSource, wanted: readonly string[] | 'all', options: SourceOptions): Promise<ListSource> {
  const plan = await planReading(base, options);
  const width = Math.max(plan.header.length, ...plan.sample.map((row) => row.length));
  const names = columnsOf(plan, width);
  const columns = findAddressColumns(base.path, plan.hasHeader ? plan.header : null, plan.sample, wanted);
  const { path, size, mtimeMs, format, fixed } = base;

  function text(): AsyncIterable<SourceChunk> {
    const builder = new ChunkBuilder();
    builder.line(csvHeader([...names, ...ADDED]));
    const row = (cells: string[]): void => {
      while (cells.length < width) cells.push('');
      // Cells beyond the last column go behind the two that are added.
      const record = cells.slice(0, width);
      const beyond = cells.slice(width);
      const found = columns.flatMap((column) => addressesIn(record[column] ?? '').map((address) => [address, names[column] ?? '']));
      for (const added of found.length > 0 ? found : [['', '']]) builder.line(csvLine([...record, ...added, ...beyond]));
    };
    const taker = { row, blankLine: () => { builder.line('\n'); }, problem: builder.problem.bind(builder) };
    return readCells(base, plan, taker, (read) => builder.take(read));
  }
  return new DerivedSource({
    format,
    path,
    size,
    mtimeMs,
    limitBytes: options.limitBytes,
    fixed: { ...fixed, delimiter: DELIMITER, encoding: 'utf-8', hasHeader: true, addressColumn: width },
    text,
    close: () => base.close(),
  });
}

/** Each address of a cell that holds nothing else; any other cell as it stands, for the importer to judge. */
function addressesIn(cell: string): readonly string[] {
  const clean = cleanCell(cell);
  if (clean === '') return [];
  const { found, leftover } = extractAddresses(clean);
  return found.length > 1 && !leftover ? found.map(({ text }) => text) : [cell];
}
