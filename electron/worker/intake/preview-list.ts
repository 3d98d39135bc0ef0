// The first rows of a file as an import would read them, and what an import would say of them. Reads at most 1 MiB;
// stores nothing. Detection, parsing and judgement are the import's own code, so that a preview cannot promise what the
// import does not do; only what lies beyond the part that was read can still change the encoding.
import { UserError } from '../../../shared/errors.ts';
import type { ReadingOptions } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import { ChunkParser } from '../csv/chunk-parser.ts';
import { unguardCell } from '../csv/guard-cell.ts';
import { RecordScanner } from '../csv/record-scanner.ts';
import { splitRecord } from '../csv/split-record.ts';
import type { ListPreview } from '../reader/reader-api.ts';
import { readAs, textFrom, type ListSource, type SourceOptions } from './list-source.ts';
import { openFormat } from './formats/open-format.ts';
import { findAddressColumns } from './find-address-column.ts';
import { addressColumnOf, columnsOf, noRows, planReading, type ReadingPlan } from './plan-intake.ts';
import { RowIntake, type IntakeRow, type RowTarget } from './row-intake.ts';
import { CHUNK_BYTES } from './source-file.ts';
import { utf8Decoder } from './utf8-decoder.ts';

const MAX_ROWS = 50;
const MAX_CELL_LENGTH = 200;
/** Stands for a column that was not found: no record has it. */
const NO_COLUMN = Number.MAX_SAFE_INTEGER;

/** `lists`: the user's own, as the import will get them. Throws the UserErrors of files and of `planReading`; a column
 *  that is not found is none. `text`: read instead of the file. */
export async function previewList(path: string, reading: ReadingOptions, lists?: CustomLists, text?: string): Promise<ListPreview> {
  const source = await openFormat(path, { ...definedOf(reading), limitBytes: CHUNK_BYTES, ...(text === undefined ? {} : { text }) });
  try {
    const plan = await planReading(source, definedOf(reading));
    const addressColumn = columnOrNull(source, plan, reading);
    const rows = new PreviewRows(plan);
    const intake = new RowIntake(rows, {
      plan: { ...plan, addressColumn: addressColumn ?? NO_COLUMN },
      practice: false,
      atMs: 0,
      duplicatesBy: reading.duplicatesBy,
      lists,
    });
    await readInto(source, plan, intake);
    if (plan.complete && intake.rows === 0) throw noRows(path, plan.hasHeader);
    const { encoding, delimiter, hasHeader, complete: wholeFile } = plan;
    const known = addressColumn !== null;
    return {
      ...readAs(source),
      addressColumns: addressColumnsOf(source, plan),
      encoding,
      delimiter,
      hasHeader,
      columns: columnsOf(plan, intake.width),
      addressColumn,
      rows: rows.cells,
      sampled: {
        rows: intake.rows,
        duplicates: intake.duplicates,
        empty: known ? intake.empty : 0,
        invalid: rows.invalid,
        extracted: intake.extracted,
        suppressed: intake.suppressed,
        wholeFile,
      },
    };
  } finally {
    await source.close();
  }
}

/** Keeps the first rows and counts the impossible addresses. */
class PreviewRows implements RowTarget {
  readonly cells: string[][] = [];
  invalid = 0;
  readonly #scanner: RecordScanner;
  readonly #guarded: boolean;

  constructor(plan: ReadingPlan) {
    this.#scanner = new RecordScanner(plan.delimiter);
    this.#guarded = plan.guarded;
  }

  addRow(row: IntakeRow): void {
    if (row.kind === 'invalid') this.invalid++;
    if (this.cells.length >= MAX_ROWS) return;
    const cells = splitRecord(row.raw(), this.#scanner);
    this.cells.push(cells.map((cell) => (this.#guarded ? unguardCell(cell) : cell).slice(0, MAX_CELL_LENGTH)));
  }

  addDomain(): void {
    // A preview has no use for domains.
  }

  addVerdict(): void {
    // Counted as an invalid row.
  }
}

async function readInto(source: ListSource, plan: ReadingPlan, intake: RowIntake): Promise<void> {
  const parser = new ChunkParser(plan.delimiter, intake);
  const decoder = utf8Decoder(plan.encoding);
  for await (const chunk of textFrom(source, plan.bomBytes)) parser.push(decoder.write(chunk));
  // The record that the limit cuts is left out.
  if (!plan.complete) return;
  parser.push(decoder.end());
  parser.end();
}

function columnOrNull(source: ListSource, plan: ReadingPlan, reading: ReadingOptions): number | null {
  try {
    return addressColumnOf(source, plan, { addressColumn: reading.addressColumn });
  } catch (error) {
    if (error instanceof UserError && (error.code === 'NoAddressColumn' || error.code === 'ColumnNotFound')) return null;
    throw error;
  }
}

/** Every column in which enough cells are addresses; [] where none is found. */
function addressColumnsOf(source: ListSource, plan: ReadingPlan): number[] {
  try {
    return [...findAddressColumns(source.path, plan.hasHeader ? plan.header : null, plan.sample, 'all')];
  } catch (error) {
    if (error instanceof UserError && error.code === 'NoAddressColumn') return [];
    throw error;
  }
}

/** Without the fields that are there and undefined, which options of the import may not be. */
function definedOf({ encoding, delimiter, hasHeader, sheet, headerRow, addressColumns }: ReadingOptions): SourceOptions {
  return {
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(addressColumns === undefined ? {} : { addressColumns }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(hasHeader === undefined ? {} : { hasHeader }),
  };
}
