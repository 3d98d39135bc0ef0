// Which column holds the addresses, and whether the first record is a header.
// The user's word wins; else a column whose name says so and whose cells do not contradict it; else the one with
// most cells that parse as addresses. Nothing is guessed below that: `NoAddressColumn` says what was looked for.
import { extractAddresses } from '../../../shared/address/extract-addresses.ts';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { UserError } from '../../../shared/errors.ts';
import { cleanCell } from './clean-cell.ts';
import { looksLikeAddress } from './detect-dialect.ts';
import { ADDRESS_NAMES, ADDRESS_PARTS, plainName } from './header-words.ts';

type Cells = readonly string[];

/** A header holds no address. */
export function detectHeader(records: readonly Cells[]): boolean {
  const first = records[0];
  return first !== undefined && !first.some((cell) => looksLikeAddress(cleanCell(cell)) || /\S@\S/.test(cell));
}

/** A column without a name needs this share of addresses among all rows, or the other one among its filled cells. */
const MIN_SHARE = 0.1;
const MIN_SHARE_OF_FILLED = 0.5;
/** A column with a telling name needs this part of the best column's share. */
const NAMED_PART = 0.5;
const MAX_NAMES_SHOWN = 30;

/** The user's word, as in `ImportOptions`. */
export interface WantedColumn {
  readonly column?: string | undefined;
  readonly addressColumn?: number | undefined;
}

/** 0-based. `header`: names of the columns, or null if the file has none; `rows`: sample rows without the header. */
export function findAddressColumn(path: string, header: Cells | null, rows: readonly Cells[], wanted: WantedColumn): number {
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length));
  if (wanted.addressColumn !== undefined) return numberedColumn(path, header, width, wanted.addressColumn);
  if (wanted.column !== undefined) return wantedColumn(path, header, width, wanted.column);

  const columns = sharesOf(header, rows, width);
  const named = namedColumns(columns)[0];
  if (named !== undefined) return named.index;
  const best = [...columns].sort((a, b) => b.share - a.share || a.index - b.index)[0];
  if (best !== undefined && isFilled(best)) return best.index;

  throw new UserError(
    'NoAddressColumn',
    `${path} has no column of e-mail addresses. Looked for a header such as "email", "E-Mail-Adresse" or "courriel", ` +
      `and for a column in which at least a tenth of the cells are addresses. ${columnsThereAre(header, width)} Name the column if it is one of these.`,
  );
}

/** Several of them, 0-based and in the file's order: those that are named, or with `all` every column of which enough
 *  cells are addresses. Throws NoAddressColumn, ColumnNotFound. */
export function findAddressColumns(path: string, header: Cells | null, rows: readonly Cells[], wanted: readonly string[] | 'all'): readonly number[] {
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length));
  if (wanted !== 'all') return [...new Set(wanted.map((name) => wantedColumn(path, header, width, name)))].sort((a, b) => a - b);
  const found = sharesOf(header, rows, width).filter((column) => column.share > 0 && (isFilled(column) || column.rank > 1));
  return found.length > 0 ? found.map(({ index }) => index) : [findAddressColumn(path, header, rows, {})];
}

interface ColumnShare {
  readonly index: number;
  readonly rank: number;
  readonly share: number;
  readonly shareOfFilled: number;
}

function sharesOf(header: Cells | null, rows: readonly Cells[], width: number): readonly ColumnShare[] {
  return Array.from({ length: width }, (_, index) => ({ index, rank: rankOfName(header?.[index]), ...shareOf(rows, index) }));
}

/** Those whose names say so and whose cells do not contradict it, the best first. */
function namedColumns(columns: readonly ColumnShare[]): readonly ColumnShare[] {
  const most = Math.max(0, ...columns.map((column) => column.share));
  return columns
    .filter((column) => (most > 0 ? column.rank > 0 && column.share >= most * NAMED_PART : column.rank > 1))
    .sort((a, b) => b.rank - a.rank || b.share - a.share || a.index - b.index);
}

function isFilled({ share, shareOfFilled }: ColumnShare): boolean {
  return share > 0 && (share >= MIN_SHARE || shareOfFilled >= MIN_SHARE_OF_FILLED);
}

function wantedColumn(path: string, header: Cells | null, width: number, wanted: string): number {
  const exact = header?.indexOf(wanted) ?? -1;
  if (exact >= 0) return exact;
  const folded = wanted.trim().toLowerCase();
  const alike = header?.findIndex((name) => name.trim().toLowerCase() === folded) ?? -1;
  if (alike >= 0) return alike;
  const number = /^\d{1,9}$/.test(folded) ? Number(folded) : 0;
  if (number >= 1 && number <= width) return number - 1;
  throw new UserError('ColumnNotFound', `${path} has no column "${wanted}". ${columnsThereAre(header, width)}`);
}

function numberedColumn(path: string, header: Cells | null, width: number, index: number): number {
  if (Number.isInteger(index) && index >= 0 && index < width) return index;
  throw new UserError('ColumnNotFound', `${path} has no column ${String(index + 1)}. ${columnsThereAre(header, width)}`);
}

function columnsThereAre(header: Cells | null, width: number): string {
  if (header === null) return `It has no header; its columns are numbered 1 to ${String(width)}.`;
  const shown = header.slice(0, MAX_NAMES_SHOWN).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = header.length > shown.length ? ` and ${String(header.length - shown.length)} more` : '';
  return `Its columns are ${shown.join(', ')}${more}.`;
}

/** 2: an address column's whole name, 1: a part of one, 0: neither. */
function rankOfName(name: string | undefined): number {
  const plain = plainName((name ?? '').slice(0, 200));
  if (ADDRESS_NAMES.has(plain)) return 2;
  return ADDRESS_PARTS.some((part) => plain.includes(part)) ? 1 : 0;
}

/** A cell that is an address counts most, then one that holds nothing but addresses, then one that is nearly one. */
function weightOf(cell: string): number {
  if (parseAddress(cell).ok) return 1;
  const { found, leftover } = extractAddresses(cell);
  if (found.length > 0 && !leftover) return 0.75;
  return looksLikeAddress(cell) ? 0.5 : 0;
}

/** Addresses among all rows and among filled cells, by `weightOf`. */
function shareOf(rows: readonly Cells[], index: number): { readonly share: number; readonly shareOfFilled: number } {
  let filled = 0;
  let addresses = 0;
  for (const row of rows) {
    const cell = cleanCell(row[index] ?? '');
    if (cell === '') continue;
    filled++;
    if (!cell.includes('@')) continue;
    addresses += weightOf(cell);
  }
  return { share: rows.length === 0 ? 0 : addresses / rows.length, shareOfFilled: filled === 0 ? 0 : addresses / filled };
}
