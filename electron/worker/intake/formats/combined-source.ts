// Several files as one list, whatever the format of each: the columns of all of them by name, in the order in which they
// first come, and two more, the address and the file that it came from. Files are read one after the other.
// Progress is told over all of them. A file that cannot be read ends it, named: nothing is left out in silence.
import { basename } from 'node:path';
import type { SourceReading } from '../../interface.ts';
import { findAddressColumn } from '../find-address-column.ts';
import type { ListSource, SourceChunk, SourceOptions } from '../list-source.ts';
import { columnsOf, planReading, type ReadingPlan } from '../plan-intake.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import { csvHeader, csvLine, DELIMITER } from './csv-text.ts';
import { DerivedSource } from './derived-source.ts';
import { readCells } from './record-cells.ts';

const ADDED = ['address', 'source_file'] as const;

interface Part {
  readonly source: ListSource;
  readonly plan: ReadingPlan;
  readonly addressColumn: number;
  /** Place in the union of each of its columns. */
  readonly places: readonly number[];
}

/** `path`: what the list is said to come from. `open` opens one file. Throws what that and the planning throw. */
export async function combinedSource(
  path: string,
  paths: readonly string[],
  options: SourceOptions,
  open: (path: string, reading: SourceReading) => Promise<ListSource>,
): Promise<ListSource> {
  const parts: Part[] = [];
  const union = new Map<string, number>();
  const names: string[] = [];
  const close = async (): Promise<void> => {
    for (const { source } of parts) await source.close();
  };
  try {
    for (const [index, one] of paths.entries()) {
      const reading = options.togetherReading?.[index] ?? {};
      parts.push(await partOf(await open(one, reading), { ...options, ...reading }, reading.addressColumn, union, names));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const size = parts.reduce((sum, { source }) => sum + source.size, 0);
  return new DerivedSource({
    format: 'files',
    path,
    size,
    mtimeMs: Math.max(0, ...parts.map(({ source }) => source.mtimeMs)),
    limitBytes: options.limitBytes,
    fixed: { delimiter: DELIMITER, encoding: 'utf-8', hasHeader: true, addressColumn: names.length },
    text: () => textOf(parts, names),
    close,
  });
}

/** `wanted`: the address column that the user named for this file. */
async function partOf(source: ListSource, options: SourceOptions, wanted: number | undefined, union: Map<string, number>, names: string[]): Promise<Part> {
  try {
    const plan = await planReading(source, options);
    const header = plan.hasHeader ? plan.header : null;
    const found = wanted === undefined ? source.fixed?.addressColumn : undefined;
    const addressColumn = found ?? findAddressColumn(source.path, header, plan.sample, { column: options.column, addressColumn: wanted });
    const width = Math.max(plan.header.length, ...plan.sample.map((row) => row.length));
    const times = new Map<string, number>();
    const places = columnsOf(plan, width).map((name) => {
      const folded = name.trim().toLowerCase();
      const time = times.get(folded) ?? 0;
      times.set(folded, time + 1);
      // A name that comes twice in a file is two columns.
      const key = `${String(time)} ${folded}`;
      const place = union.get(key) ?? names.push(name) - 1;
      union.set(key, place);
      return place;
    });
    return { source, plan, addressColumn, places };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function* textOf(parts: readonly Part[], names: readonly string[]): AsyncGenerator<SourceChunk, void, undefined> {
  const builder = new ChunkBuilder();
  builder.line(csvHeader([...names, ...ADDED]));
  let before = 0;
  for (const { source, plan, addressColumn, places } of parts) {
    const file = basename(source.path);
    const row = (cells: string[]): void => {
      const record = names.map(() => '');
      places.forEach((place, index) => { record[place] = cells[index] ?? ''; });
      builder.line(csvLine([...record, cells[addressColumn] ?? '', file, ...cells.slice(places.length)]));
    };
    const problem = (one: Parameters<ChunkBuilder['problem']>[0]): void => { builder.problem({ ...one, problem: `${file}: ${one.problem}` }); };
    const start = before;
    yield* readCells(source, plan, { row, problem, blankLine: () => { builder.line('\n'); } }, (read) => builder.take(start + read));
    before += source.size;
  }
}
