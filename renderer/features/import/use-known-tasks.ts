// What was last heard of some imports: main forgets one a minute after its end, and this does not.
import { useRef } from 'react';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { useImports } from '../../state/snapshots.ts';

/** In the order of `ids`; null for one of which nothing was heard yet. */
export function useKnownTasks(ids: readonly string[]): readonly (TaskProgress | null)[] {
  const tasks = useImports();
  const known = useRef(new Map<string, TaskProgress>());
  for (const task of tasks) known.current.set(task.id, task);
  return ids.map((id) => known.current.get(id) ?? null);
}
