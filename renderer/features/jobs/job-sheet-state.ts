// Which sheet about a job lies over the window, if any: the estimate before a start, or verifying again. Opened from a
// list's head, or from the grid with the rows that are selected there.
import type { RowSelection } from '../../../shared/ipc/lists.ts';
import { createStore, useStore } from '../../state/store.ts';

export interface OpenJobSheet {
  readonly kind: 'estimate' | 'again';
  readonly listId: number;
  /** The rows that are selected, by rule, and how many these are (null: not counted yet); null: none. */
  readonly selected?: { readonly rule: RowSelection; readonly count: number | null } | null;
}

const openJobSheet = createStore<OpenJobSheet | null>(null);

export function showJobSheet(sheet: OpenJobSheet | null): void {
  openJobSheet.set(sheet);
}

export function useJobSheet(): OpenJobSheet | null {
  return useStore(openJobSheet, whole);
}

const whole = (sheet: OpenJobSheet | null): OpenJobSheet | null => sheet;
