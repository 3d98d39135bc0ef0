// One append, merge or split from its start to its end, as a sheet follows it. When it is done the sheet closes, the list
// that came of it opens, and what it came to is told.
import { useEffect, useState } from 'react';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { attempt, messageOf, notify } from '../../state/notices.ts';
import { openList } from '../../state/place.ts';
import { useTask } from '../../state/snapshots.ts';
import { words } from '../../words.ts';

interface CombineTask {
  readonly running: boolean;
  readonly progress: TaskProgress | null;
  /** Why it did not come to its end; null: nothing was tried, or it is under way. */
  readonly failure: string | null;
  readonly start: (begin: () => Promise<{ taskId: string }>) => void;
  /** Cancels what is under way; else closes the sheet. */
  readonly leave: () => void;
}

export function useCombineTask(onClose: () => void): CombineTask {
  const { combine: text } = words;
  const [taskId, setTaskId] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const task = useTask('imports', taskId);

  useEffect(() => {
    if (task === null || task.state === 'running') return;
    if (task.state === 'done') {
      if (task.listId !== null) openList(task.listId);
      if (task.message !== null) notify(`${task.message}.`);
      onClose();
      return;
    }
    setFailure(task.state === 'cancelled' ? text.cancelled : (task.message ?? text.failed));
    setTaskId(null);
    // `onClose` is made anew with each drawing
  }, [task, text]);

  const running = starting || taskId !== null;
  return {
    running,
    progress: task,
    failure,
    start(begin) {
      setFailure(null);
      setStarting(true);
      begin()
        .then(({ taskId: id }) => { setTaskId(id); }, (error: unknown) => { setFailure(messageOf(error)); })
        .finally(() => { setStarting(false); });
    },
    leave() {
      if (taskId !== null) attempt(api.combineCancel({ taskId }));
      else if (!starting) onClose();
    },
  };
}
