// A sheet of an XLSX file as delimited text. Rows without a text are blank lines, so that lines count as the sheet's rows
// do. A row is as wide as the header at least: a sheet does not say that its last cells are empty. What stands above the
// header (a title, a date) is left out and told of.
import { UserError } from '../../../../shared/errors.ts';
import type { ListSource, SourceChunk, SourceOptions } from '../list-source.ts';
import { SourceFile } from '../source-file.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import { csvHeader, csvLine, DELIMITER } from './csv-text.ts';
import { DerivedSource } from './derived-source.ts';
import type { SheetRow } from './sheet-scanner.ts';
import { XlsxRows } from './xlsx-rows.ts';
import { readWorkbook, type SheetPart } from './xlsx-workbook.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** Characters of a row above the header, in the report. */
const SHOWN_ABOVE = 80;

export function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32LE(0) === 0x04034b50;
}

/** Throws FileUnreadable, FileBinary, FileEmpty, BadUsage. */
export async function xlsxSource(path: string, options: SourceOptions): Promise<ListSource> {
  const file = new SourceFile(path);
  try {
    const entries = readZipDirectory(file);
    if (entries === null) throw new UserError('FileBinary', `${path} looks like an Excel workbook (.xlsx) or ZIP archive that is damaged or was not copied whole. Looked for a CSV, text, Excel or JSON file with e-mail addresses.`);
    const workbook = await readWorkbook(file, entries, path);
    if (workbook === null) throw new UserError('FileBinary', `${path} is ${whatElse(entries)}. Looked for an Excel workbook (.xlsx) or a text file with e-mail addresses.`);
    const rows = new XlsxRows(file, workbook, path);
    const sheet = options.sheet === undefined ? await rows.sheetWithAddresses() : sheetNamed(rows.sheets, options.sheet, path);
    if (sheet === null) throw new UserError('FileEmpty', `${path} has no worksheet.`);
    const headerRow = options.headerRow ?? (options.hasHeader === false ? null : await rows.headerRow(sheet));
    const { size, mtimeMs } = file;
    const before = workbook.sharedStrings?.compressedSize ?? 0;
    return new DerivedSource({
      format: 'xlsx',
      path,
      size,
      mtimeMs,
      limitBytes: options.limitBytes,
      fixed: { delimiter: DELIMITER, encoding: 'utf-8', sheetNames: rows.sheets.map(({ name }) => name), sheet: sheet.name, ...(headerRow === null ? {} : { hasHeader: true, headerRow }) },
      text: () => sheetText(rows, { sheet, headerRow: headerRow ?? 1, before, size }),
      close: () => { file.close(); },
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

interface SheetReading {
  readonly sheet: SheetPart;
  /** What stands above is left out. */
  readonly headerRow: number;
  /** Packed bytes that were read before the sheet. */
  readonly before: number;
  readonly size: number;
}

async function* sheetText(rows: XlsxRows, { sheet, headerRow, before, size }: SheetReading): AsyncGenerator<SourceChunk, void, undefined> {
  const builder = new ChunkBuilder();
  let next = 1;
  let width = 0;
  const add = ({ number, cells }: SheetRow): void => {
    // Line ends of the rows between that are not there.
    const blank = '\n'.repeat(number - next);
    next = number + 1;
    if (number < headerRow) {
      const shown = (cells ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '').join(' | ').slice(0, SHOWN_ABOVE);
      builder.problem({ line: number, problem: `the row stands above the header and was left out: ${shown}`, dropped: true });
      builder.line(`${blank}\n`);
    } else if (cells === null) {
      builder.problem({ line: number, problem: 'the row is longer than 1 MiB and was left out', dropped: true });
      builder.line(`${blank}\n`);
    } else if (width > 0) {
      builder.line(blank + csvLine(cells, width));
    } else {
      width = cells.length;
      builder.line(blank + csvHeader(cells));
    }
  };
  for await (const chunk of rows.rows(sheet)) {
    chunk.rows.forEach(add);
    yield* builder.take(Math.min(size, before + chunk.packed));
  }
}

function sheetNamed(sheets: readonly SheetPart[], wanted: string, path: string): SheetPart {
  const exact = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
  const numbered = /^\d{1,5}$/.test(wanted.trim()) ? sheets[Number(wanted) - 1] : undefined;
  const sheet = exact ?? numbered;
  if (sheet !== undefined) return sheet;
  throw new UserError('BadUsage', `${path} has no sheet "${wanted}". Its sheets are ${sheets.map(({ name }) => JSON.stringify(name)).join(', ')}.`);
}

function whatElse(entries: ReadonlyMap<string, ZipEntry>): string {
  const names = [...entries.keys()];
  if (entries.has('xl/workbook.bin')) return 'an Excel binary workbook (.xlsb); save it as .xlsx or CSV';
  if (names.some((name) => name.startsWith('word/') || name.startsWith('ppt/'))) return 'a Word or PowerPoint file; copy the addresses into a text file';
  if (entries.has('content.xml')) return 'an OpenDocument file (.ods); save the sheet as .xlsx or CSV';
  if (names.some((name) => name.startsWith('Index/'))) return 'a Numbers or Pages file; export it as CSV';
  return 'a ZIP archive; unpack it first';
}
