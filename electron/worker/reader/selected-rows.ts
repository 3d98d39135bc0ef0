// The rows that a rule selects: all that match or none, but those in the ranges that are turned.
import type { RowSelection } from '../../../shared/ipc/lists.ts';

/** `matching`: ascending. The selected rows, ascending; a new array. */
export function selectedRows(matching: Uint32Array, { all, turned }: Pick<RowSelection, 'all' | 'turned'>): Uint32Array {
  const selected = new Uint32Array(matching.length);
  let count = 0;
  let range = 0;
  for (const row of matching) {
    while ((turned[range]?.[1] ?? Infinity) < row) range++;
    const isTurned = row >= (turned[range]?.[0] ?? Infinity);
    if (isTurned !== all) selected[count++] = row;
  }
  return selected.slice(0, count);
}
