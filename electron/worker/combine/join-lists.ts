// The columns that lists have together, and where each list's own go; with one more for where a row came from, if wished.
// Pure: whoever begins the new list and whoever fills it come to the same.
import type { ListRecord } from '../store/list-record.ts';
import { ColumnJoin, type ColumnPlaces } from './column-join.ts';

export interface JoinedLists {
  readonly columns: readonly string[];
  /** By list, in their order. */
  readonly places: readonly ColumnPlaces[];
  /** Of the column that says where a row came from; null: there is none. */
  readonly sourcePlace: number | null;
}

/** `lists`: at least one. The address column is where the first has it. */
export function joinLists(lists: readonly Pick<ListRecord, 'columns' | 'addressColumn' | 'hasHeader'>[], sourceColumn: string | undefined): JoinedLists {
  const [first] = lists;
  const join = new ColumnJoin(first ?? { columns: [], addressColumn: 0, hasHeader: true });
  const own: ColumnPlaces = { at: (index) => index };
  const places = lists.map((list, index) => (index === 0 ? own : join.add(list)));
  const columns = [...join.columns];
  if (sourceColumn === undefined) return { columns, places, sourcePlace: null };
  return { columns: [...columns, sourceColumn], places, sourcePlace: columns.length };
}
