// Makes the rows of a list that are to be verified again due, slice by slice, so that the store can do other things in
// between. Done twice, it does nothing more: what was interrupted is simply done again from the beginning.
import type { RowSelection } from '../../shared/ipc/lists.ts';
import type { Clock } from '../engine/clock.ts';
import type { Counters, ListId } from '../worker/interface.ts';
import type { AgainWish, ReopenReport, ReopenSlice, RowsWish } from '../worker/store-jobs.ts';

/** As many numbers at a time as the store looks at in one slice. */
const ROWS_AT_A_TIME = 5_000;

export type SelectedRows = (listId: ListId, rule: RowSelection) => Promise<Uint32Array>;

export interface ReopenListOptions {
  readonly store: { readonly reopen: (slice: ReopenSlice) => Promise<ReopenReport> };
  readonly selectedRows: SelectedRows;
  readonly listId: ListId;
  readonly wish: AgainWish;
  readonly clock: Pick<Clock, 'epochMs'>;
  readonly onSlice: (counters: Counters) => void;
  readonly stopped: () => boolean;
}

/** False: stopped before its end. The list is locked. */
export async function reopenList({ store, selectedRows, listId, wish, clock, onSlice, stopped }: ReopenListOptions): Promise<boolean> {
  // One time for all, so that what is old enough does not change meanwhile.
  const nowMs = clock.epochMs();
  for (const part of await partsOf(wish, listId, selectedRows)) {
    for (let afterRow: number | null = 0; afterRow !== null; ) {
      if (stopped()) return false;
      const { nextRow, counters } = await store.reopen({ listId, wish: part, afterRow, nowMs });
      onSlice(counters);
      afterRow = nextRow;
    }
  }
  return true;
}

async function partsOf(wish: AgainWish, listId: ListId, selectedRows: SelectedRows): Promise<readonly RowsWish[]> {
  if (wish.kind !== 'selected') return [wish];
  const rows = await selectedRows(listId, wish.rule);
  const parts = Math.ceil(rows.length / ROWS_AT_A_TIME);
  return Array.from({ length: parts }, (_, index) => ({ kind: 'rows', rows: rows.slice(index * ROWS_AT_A_TIME, (index + 1) * ROWS_AT_A_TIME) }));
}
