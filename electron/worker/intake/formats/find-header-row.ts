// Which row of a sheet names the columns where a title, a date or a logo stands above them. Looks at the first rows only,
// and takes the first row unless another one is clearly it: what is above the header is left out, and told of.
import { cleanCell } from '../clean-cell.ts';
import { looksLikeAddress } from '../detect-dialect.ts';
import { ADDRESS_NAMES, ADDRESS_PARTS, plainName } from '../header-words.ts';
import type { SheetRow } from './sheet-scanner.ts';

/** Rows with anything in them. */
export const ROWS_ABOVE_AT_MOST = 30;

/** `rows`: the first ones that are not empty. The number of the header's row; null: the first row is what it is, a header
 *  or not. */
export function findHeaderRow(rows: readonly SheetRow[]): number | null {
  const first = rows.findIndex(({ cells }) => cells?.some((cell) => looksLikeAddress(cleanCell(cell))) === true);
  const data = rows[first]?.cells ?? [];
  const column = data.findIndex((cell) => looksLikeAddress(cleanCell(cell)));
  const width = filledOf(data);
  const above = rows.slice(0, Math.max(0, first));
  const top = above[0]?.cells ?? null;
  // A first row that could be the header is it. A list of one column has nothing but its name to tell it by.
  if (above.length === 0 || (isNamed(top, column) && (width > 1 ? filledOf(top ?? []) * 2 > width : isAddressName(top, column)))) return null;
  const candidates = above.filter(({ cells }) => isNamed(cells, column) && filledOf(cells ?? []) >= Math.min(2, width));
  const found =
    candidates.find(({ cells }) => isAddressName(cells, column)) ??
    (width > 1 ? (candidates.find(({ cells }) => hasAddressPart(cells, column)) ?? candidates.find(({ cells }) => filledOf(cells ?? []) * 2 > width)) : undefined);
  return found === undefined || found === above[0] ? null : found.number;
}

type Cells = readonly string[] | null;

function filledOf(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

function isNamed(cells: Cells, column: number): boolean {
  return (cells?.[column] ?? '').trim() !== '';
}

function isAddressName(cells: Cells, column: number): boolean {
  return ADDRESS_NAMES.has(plainName((cells?.[column] ?? '').slice(0, 200)));
}

function hasAddressPart(cells: Cells, column: number): boolean {
  const plain = plainName((cells?.[column] ?? '').slice(0, 200));
  return ADDRESS_PARTS.some((part) => plain.includes(part));
}
