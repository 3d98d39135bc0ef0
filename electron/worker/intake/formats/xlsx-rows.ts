// The rows of an XLSX file, as a stream that waits for its reader: the one place that knows how workbooks are read.
// Own, because the libraries do not stay bounded: hucre keeps the whole file and builds an object for each shared string
// wherever the strings come after the sheets (Excel always writes it so), and reads on while its reader waits.
// Memory: the shared strings and a few chunks. A workbook that would take more is refused with what to do instead.
import { looksLikeAddress } from '../detect-dialect.ts';
import { cellFormatsScanner, type CellFormat } from './cell-formats.ts';
import { findHeaderRow, ROWS_ABOVE_AT_MOST } from './find-header-row.ts';
import { SharedStrings, sharedStringsScanner } from './shared-strings.ts';
import { sheetScanner, type SheetContext, type SheetRow } from './sheet-scanner.ts';
import { refused, scanPart, type SheetPart, type Workbook } from './xlsx-workbook.ts';
import type { ByPlace, ZipEntry } from './zip-directory.ts';
import { unpackEntry, type UnpackedChunk } from './zip-entry.ts';

export interface RowsChunk {
  readonly rows: readonly SheetRow[];
  /** Packed bytes of the sheet taken so far. */
  readonly packed: number;
}

const MAX_SHEET_BYTES = 8 * 1_073_741_824;
const MAX_STRINGS_BYTES = 1_073_741_824;
const MAX_STYLES_BYTES = 64 * 1_048_576;
/** Rows of a sheet in which an address is looked for. */
const ROWS_TO_LOOK_AT = 1_000;

export class XlsxRows {
  readonly #file: ByPlace;
  readonly #path: string;
  readonly #workbook: Workbook;
  #context: Promise<SheetContext> | null = null;

  constructor(file: ByPlace, workbook: Workbook, path: string) {
    this.#file = file;
    this.#workbook = workbook;
    this.#path = path;
  }

  get sheets(): readonly SheetPart[] {
    return this.#workbook.sheets;
  }

  /** Throws FileUnreadable. */
  async *rows(sheet: SheetPart): AsyncGenerator<RowsChunk, void, undefined> {
    this.#context ??= this.#readContext();
    let rows: SheetRow[] = [];
    const scanner = sheetScanner(await this.#context, (row) => rows.push(row));
    const decoder = new TextDecoder('utf-8');
    try {
      for await (const { bytes, packed } of this.#unpack(sheet.entry, MAX_SHEET_BYTES)) {
        scanner.push(decoder.decode(bytes, { stream: true }));
        yield { rows, packed };
        rows = [];
      }
      scanner.push(decoder.decode());
      scanner.end();
    } catch (error) {
      throw refused(error, this.#path);
    }
    if (rows.length > 0) yield { rows, packed: sheet.entry.compressedSize };
  }

  /** The first sheet that shows an address near its top, visible ones first; else the first with anything in it. */
  async sheetWithAddresses(): Promise<SheetPart | null> {
    const inOrder = [...this.sheets.filter((sheet) => !sheet.hidden), ...this.sheets.filter((sheet) => sheet.hidden)];
    if (inOrder.length <= 1) return inOrder[0] ?? null;
    let filled: SheetPart | null = null;
    for (const sheet of inOrder) {
      const found = await this.#look(sheet);
      if (found === 'addresses') return sheet;
      if (found === 'filled') filled ??= sheet;
    }
    return filled ?? inOrder[0] ?? null;
  }

  /** The number of the row that names the columns, where it is below others; null: the first row is what it is. */
  async headerRow(sheet: SheetPart): Promise<number | null> {
    const first: SheetRow[] = [];
    for await (const { rows } of this.rows(sheet)) {
      for (const row of rows) {
        if (first.length >= ROWS_ABOVE_AT_MOST || row.number > ROWS_TO_LOOK_AT) return findHeaderRow(first);
        if (row.cells?.some((cell) => cell.trim() !== '') !== false) first.push(row);
      }
    }
    return findHeaderRow(first);
  }

  async #look(sheet: SheetPart): Promise<'addresses' | 'filled' | 'empty'> {
    let looked = 0;
    for await (const { rows } of this.rows(sheet)) {
      for (const { cells } of rows) {
        if (cells?.some(looksLikeAddress) === true) return 'addresses';
      }
      looked += rows.length;
      if (looked >= ROWS_TO_LOOK_AT) break;
    }
    return looked > 0 ? 'filled' : 'empty';
  }

  async #readContext(): Promise<SheetContext> {
    const { sharedStrings, styles, date1904 } = this.#workbook;
    const strings = new SharedStrings();
    const formats: CellFormat[] = [];
    if (sharedStrings !== null) await scanPart(sharedStringsScanner(strings), this.#bytes(sharedStrings, MAX_STRINGS_BYTES), this.#path);
    if (styles !== null) await scanPart(cellFormatsScanner(formats), this.#bytes(styles, MAX_STYLES_BYTES), this.#path);
    return { strings, formats, date1904 };
  }

  async *#bytes(entry: ZipEntry, maxBytes: number): AsyncGenerator<Buffer, void, undefined> {
    for await (const { bytes } of this.#unpack(entry, maxBytes)) yield bytes;
  }

  #unpack(entry: ZipEntry, maxBytes: number): AsyncIterable<UnpackedChunk> {
    return unpackEntry(this.#file, entry, this.#path, maxBytes);
  }
}
