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
  /** Before a start: what it would mean. */
  readonly estimate: boolean;
  /** There are verdicts that can be asked for again. */
  readonly verifyAgain: boolean;
}

export function actionsOf({ state, counters, damaged }: Pick<ListView, 'state' | 'counters' | 'damaged'>): ListActions {
  // It can be restored or deleted, and nothing else.
  if (damaged !== undefined) return { start: null, pause: false, cancel: false, busy: false, estimate: false, verifyAgain: false };
  const { pending, scheduled, done } = counters.byState;
  const begun = { estimate: false, verifyAgain: done > 0 };
  switch (state) {
    case 'ready':
      return { start: 'start', pause: false, cancel: false, busy: false, estimate: pending > 0, verifyAgain: false };
    case 'running':
    case 'waiting':
      return { start: null, pause: true, cancel: true, busy: true, estimate: false, verifyAgain: false };
    case 'pausing':
      return { start: null, pause: false, cancel: false, busy: true, estimate: false, verifyAgain: false };
    case 'paused':
    case 'failed':
      return { start: 'goOn', pause: false, cancel: true, busy: false, ...begun };
    case 'done':
      return { start: pending + scheduled > 0 ? 'again' : null, pause: false, cancel: false, busy: false, ...begun };
  }
}
