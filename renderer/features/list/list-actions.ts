// Which commands a list's state allows. One table, so that buttons and keyboard agree.
import type { ListView } from '../../../shared/ipc/lists.ts';
import type { words } from '../../words.ts';

type StartLabel = keyof Pick<typeof words.window.list, 'start' | 'goOn' | 'again'>;

export interface ListActions {
  /** The word for starting, or null where it cannot be started. */
  readonly start: StartLabel | null;
  readonly pause: boolean;
  readonly cancel: boolean;
  /** Whether something is under way, so that deleting ends it. */
  readonly busy: boolean;
}

export function actionsOf({ state, counters }: Pick<ListView, 'state' | 'counters'>): ListActions {
  switch (state) {
    case 'ready':
      return { start: 'start', pause: false, cancel: false, busy: false };
    case 'running':
    case 'waiting':
      return { start: null, pause: true, cancel: true, busy: true };
    case 'pausing':
      return { start: null, pause: false, cancel: false, busy: true };
    case 'paused':
    case 'failed':
      return { start: 'goOn', pause: false, cancel: true, busy: false };
    case 'done': {
      const open = counters.byState.pending + counters.byState.scheduled;
      return { start: open > 0 ? 'again' : null, pause: false, cancel: false, busy: false };
    }
  }
}
