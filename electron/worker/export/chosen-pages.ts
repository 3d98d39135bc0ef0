// The rows that an export looks at, a page at a time, and how many that makes: all of the list, or those of a selection,
// which is found in the export's own snapshot, so that what is written is what the rule means there. Cancelled in between.
import type { RowSelection } from '../../../shared/ipc/lists.ts';
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import { buildView } from '../reader/build-view.ts';
import { FixedColumns } from '../reader/fixed-columns.ts';
import { ListView } from '../reader/list-view.ts';
import { RowView } from '../reader/row-view.ts';
import { selectedRows } from '../reader/selected-rows.ts';
import { VerdictColumns } from '../reader/verdict-columns.ts';
import type { ExportOptions, ExportProgress } from './export-api.ts';
import type { ExportRow } from './export-row.ts';
import type { ListSnapshot } from './list-snapshot.ts';

export interface ChosenPages {
  readonly totalRows: number;
  /** Can be asked for more than once. */
  readonly pages: () => Iterable<readonly ExportRow[]>;
}

/** Throws Cancelled or StoreDamaged. */
export function chosenPages(snapshot: ListSnapshot, { selection, words = 'winnow' }: ExportOptions, hooks: CallHooks<ExportProgress>): ChosenPages {
  const withAddress = words !== 'winnow';
  if (selection === undefined) return { totalRows: snapshot.counters().rows, pages: () => snapshot.pages(withAddress) };
  const ids = selectedRows(matching(snapshot, selection, hooks), selection);
  return { totalRows: ids.length, pages: () => snapshot.pagesOf(ids, withAddress) };
}

function matching(snapshot: ListSnapshot, { filter }: RowSelection, hooks: CallHooks<ExportProgress>): Uint32Array {
  // Not closed: its database is the snapshot's.
  const list = new ListView(snapshot.record, snapshot.database);
  const fixed = new FixedColumns(list.lastRow());
  const columns = { fixed, verdicts: new VerdictColumns('', fixed) };
  const view = new RowView('', fixed.last);
  const steps = buildView(view, { filter }, { list: () => list, tell: () => undefined }, columns);
  do throwIfCancelled(hooks, 'export');
  while (steps.next().done !== true);
  return view.rows;
}
