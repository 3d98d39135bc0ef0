// An XLSX workbook as a stream of bytes, bounded whatever its length: the one place that knows the library that makes it.
// Every text is a cell of type text, so none is ever run as a formula and none needs a guard. A sheet has 1,048,576 rows
// at most: what is more goes on in another sheet, under the same header. Longer texts than a cell may hold are cut and
// counted, because a spreadsheet calls a file with one damaged.
import { writeXlsxStream, XLSX_MAX_ROWS_PER_SHEET } from 'hucre/xlsx';
import { UserError } from '../../../shared/errors.ts';

const MAX_COLUMNS = 16_384;
const MAX_CELL_UNITS = 32_767;
/** From so many cells on a part may grow over the 4 GiB that a plain ZIP file has for it. */
const LARGE_CELLS = 10_000_000;

export type WorkbookCell = string | number | null;

export interface Workbook {
  readonly sheetName: string;
  readonly header: readonly string[];
  /** Taken as they are needed. */
  readonly rows: Iterable<readonly WorkbookCell[]>;
  /** At most so many rows. */
  readonly rowsAtMost: number;
  /** Of a sheet, the header included; what the format allows if absent. */
  readonly rowsPerSheet?: number;
}

export interface WrittenWorkbook {
  readonly cutCells: number;
  readonly sheets: number;
}

/** Throws BadUsage for too many columns, and whatever `rows` or `write` throw. */
export async function writeWorkbook({ sheetName, header, rows, rowsAtMost, rowsPerSheet = XLSX_MAX_ROWS_PER_SHEET }: Workbook, write: (bytes: Uint8Array) => void): Promise<WrittenWorkbook> {
  if (header.length > MAX_COLUMNS) {
    throw new UserError('BadUsage', `A workbook holds ${MAX_COLUMNS.toLocaleString('en')} columns at most, and these are ${header.length.toLocaleString('en')}. Export to CSV, or choose fewer columns.`);
  }
  let cutCells = 0;
  let written = 0;
  const fitted = (cell: WorkbookCell): WorkbookCell => {
    if (typeof cell !== 'string') return cell;
    if (cell.length <= MAX_CELL_UNITS) return escaped(cell);
    cutCells++;
    return escaped(cell.slice(0, MAX_CELL_UNITS).replace(/[\uD800-\uDBFF]$/, ''));
  };
  function* all(): Generator<WorkbookCell[]> {
    yield header.map(fitted);
    for (const row of rows) {
      written++;
      yield row.map(fitted);
    }
  }
  const stream = writeXlsxStream(all(), {
    name: nameOf(sheetName),
    freezePane: { rows: 1 },
    maxRowsPerSheet: rowsPerSheet,
    zip64: rowsAtMost * header.length > LARGE_CELLS,
  });
  for await (const bytes of stream) write(bytes);
  return { cutCells, sheets: Math.max(1, Math.ceil(written / (rowsPerSheet - 1))) };
}

/** Text that looks like the format's own escapes (ECMA-376, ST_Xstring), and the two characters that XML does not have;
 *  the library escapes control characters. */
function escaped(text: string): string {
  const safe = text.includes('_x') ? text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text;
  return /[\uFFFE\uFFFF]/.test(safe) ? safe.replaceAll('\uFFFE', '_xFFFE_').replaceAll('\uFFFF', '_xFFFF_') : safe;
}

/** Excel: at most 31 characters (25, so that a number has room), none of these, no apostrophe at either end. */
function nameOf(text: string): string {
  const name = text.replaceAll(/[\\/?*[\]:\x00-\x1f]/g, ' ').slice(0, 25).replace(/[\uD800-\uDBFF]$/, '').replaceAll(/^['\s]+|['\s]+$/g, '');
  return name === '' || name.toLowerCase() === 'history' ? 'List' : name;
}
