// What main last said of everything that moves: lists, imports, exports. One subscription for the page's whole life.
// An older snapshot never replaces a newer one, whichever way it came; unchanged parts keep their identity.
import type { ListView, Snapshot, TaskProgress } from '../../shared/ipc/lists.ts';
import { api } from '../api.ts';
import { reuse } from './reuse.ts';
import { createStore, useStore } from './store.ts';

const EMPTY: Snapshot = { sequence: 0, lists: [], imports: [], exports: [] };

export const snapshots = createStore<Snapshot>(EMPTY);

/** Exported for what must see each snapshot in order; views use the hooks below. */
export function take(snapshot: Snapshot): void {
  const known = snapshots.get();
  if (known !== EMPTY && snapshot.sequence < known.sequence) return;
  snapshots.set({ ...reuse(known, snapshot) });
}

/** Listens first and asks then, so that nothing falls between. Rejects where main cannot answer. */
export async function startSnapshots(): Promise<void> {
  api.onSnapshot(take);
  take(await api.listsSnapshot());
}

export function useLists(): readonly ListView[] {
  return useStore(snapshots, selectLists);
}

/** Lists under way, in the order in which they are asked about. */
export function useQueue(): readonly number[] {
  return useStore(snapshots, selectQueue);
}

export function useImports(): readonly TaskProgress[] {
  return useStore(snapshots, selectImports);
}

export function useTask(kind: 'imports' | 'exports', id: string | null): TaskProgress | null {
  const tasks = useStore(snapshots, kind === 'imports' ? selectImports : selectExports);
  return tasks.find((task) => task.id === id) ?? null;
}

const NOBODY: readonly number[] = [];
const selectQueue = (snapshot: Snapshot): readonly number[] => snapshot.queue ?? NOBODY;
const selectLists = (snapshot: Snapshot): readonly ListView[] => snapshot.lists;
const selectImports = (snapshot: Snapshot): readonly TaskProgress[] => snapshot.imports;
const selectExports = (snapshot: Snapshot): readonly TaskProgress[] => snapshot.exports;
