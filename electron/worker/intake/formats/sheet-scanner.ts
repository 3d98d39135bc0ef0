// The rows of a worksheet (ECMA-376 18.3.1), each as the texts that its cells show: the value that was calculated last for
// a formula, ISO dates, numbers as they are. Empty cells at a row's end are none; formatting costs nothing.
// Bounded: rows and columns as a sheet may have them; a row over `MAX_ROW_LENGTH` characters is given as too long.
import type { CellFormat } from './cell-formats.ts';
import type { SharedStrings } from './shared-strings.ts';
import { showNumber } from './show-number.ts';
import { attributeOf, XmlRefused, XmlScanner } from './xml-scanner.ts';
import { decodeXstring } from './xstring.ts';

export interface SheetRow {
  /** 1-based, as the sheet numbers it. */
  readonly number: number;
  /** Null: longer than a record may be. */
  readonly cells: readonly string[] | null;
}

export interface SheetContext {
  readonly strings: SharedStrings;
  readonly formats: readonly CellFormat[];
  readonly date1904: boolean;
}

export const MAX_SHEET_ROWS = 1_048_576;
const MAX_SHEET_COLUMNS = 16_384;
/** As a record of a CSV file: it is dropped by the importer beyond this. */
const MAX_ROW_LENGTH = 1_048_576;

/** `onRow`: rows with a text in them, in the order of the file. */
export function sheetScanner(context: SheetContext, onRow: (row: SheetRow) => void): XmlScanner {
  let inData = false;
  let number = 0;
  let column = 0;
  let cells: string[] = [];
  let length = 0;
  let type = '';
  let style = 0;
  let text = '';
  /** A value, or a text in the cell itself, is being read. */
  let reading = false;
  let phonetic = false;

  const put = (): void => {
    const shown = shownText(context, type, style, text);
    if (shown === '') return;
    length += shown.length + 1;
    if (length > MAX_ROW_LENGTH) return;
    while (cells.length < column) cells.push('');
    cells[column] = shown;
  };
  return new XmlScanner({
    open(name, attributes) {
      if (name === 'c') {
        const cell = plainCell(attributes) ?? { r: attributeOf(attributes, 'r'), t: attributeOf(attributes, 't'), s: attributeOf(attributes, 's') };
        column = columnOf(cell.r) ?? column + 1;
        if (column >= MAX_SHEET_COLUMNS) throw new XmlRefused('has cells beyond the last column that a sheet can have');
        type = cell.t ?? 'n';
        style = Number(cell.s ?? 0);
        text = '';
      } else if (name === 'v' || name === 't') {
        reading = inData && !phonetic;
      } else if (name === 'row' && inData) {
        const given = Number(attributeOf(attributes, 'r') ?? 0);
        number = given > number ? given : number + 1;
        if (number > MAX_SHEET_ROWS) throw new XmlRefused('has more rows than a sheet can have');
        column = -1;
        cells = [];
        length = 0;
      } else if (name === 'rPh') phonetic = true;
      else if (name === 'sheetData') inData = true;
    },
    close(name) {
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'c') put();
      else if (name === 'row' && inData) {
        if (length > MAX_ROW_LENGTH) onRow({ number, cells: null });
        else if (cells.length > 0) onRow({ number, cells });
      } else if (name === 'rPh') phonetic = false;
      else if (name === 'sheetData') inData = false;
    },
    text(piece) {
      if (reading && text.length <= MAX_ROW_LENGTH) text += piece;
    },
  });
}

interface CellAttributes {
  r: string | undefined;
  t: string | undefined;
  s: string | undefined;
}

/** Attributes as programs write them (`r="A1" s="2" t="s"`), in one pass; null for any other form. */
function plainCell(attributes: string): CellAttributes | null {
  if (/['&]|\s=|=\s/.test(attributes)) return null;
  const cell: CellAttributes = { r: undefined, t: undefined, s: undefined };
  let at = 0;
  for (;;) {
    const equals = attributes.indexOf('="', at);
    if (equals < 0) return cell;
    const end = attributes.indexOf('"', equals + 2);
    if (end < 0) return cell;
    const name = attributes.charAt(equals - 1);
    if (attributes.charCodeAt(equals - 2) <= 0x20 && (name === 'r' || name === 't' || name === 's')) cell[name] = attributes.slice(equals + 2, end);
    at = end + 1;
  }
}

function shownText({ strings, formats, date1904 }: SheetContext, type: string, style: number, text: string): string {
  switch (type) {
    case 's':
      return strings.at(Number(text));
    case 'str':
    case 'inlineStr':
      return decodeXstring(text);
    case 'b':
      return text === '1' || text.toLowerCase() === 'true' ? 'TRUE' : text === '' ? '' : 'FALSE';
    case 'e':
    case 'd':
      return text;
    default:
      return text === '' ? '' : showNumber(text, formats[style] ?? 'number', date1904);
  }
}

/** 0-based, of a reference such as `AB12`; undefined for none. */
function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & 0xdf;
    if (code < 0x41 || code > 0x5a) break;
    column = column * 26 + (code - 0x40);
    if (column > MAX_SHEET_COLUMNS) break;
  }
  return column === 0 ? undefined : column - 1;
}
