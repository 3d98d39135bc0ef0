// `winnow verify LIST --again WHICH`: rows of a stored list that have a verdict become due again; each keeps its verdict
// until there is a new one.
import { UserError } from '../../shared/errors.ts';
import { systemClock } from '../engine/clock.ts';
import { reopenList } from '../host/reopen-list.ts';
import type { StoreClient } from '../worker/client.ts';
import type { ListId } from '../worker/interface.ts';
import type { AgainWish } from '../worker/store-jobs.ts';

const MOST_DAYS = 3_650;

/** Throws BadUsage. */
export function parseAgain(text: string): AgainWish {
  const word = text.trim().toLowerCase();
  if (word === 'all' || word === 'unknown') return { kind: word };
  const days = Number(/^older-than:(\d{1,4})$/.exec(word)?.[1]);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return { kind: 'older', days };
  throw new UserError('BadUsage', `--again does not know "${text}". Choices: all, unknown, older-than:DAYS (1 to ${String(MOST_DAYS)}).`);
}

/** How many rows are due again. The list is locked; whatever was interrupted can simply be done again. */
export async function verifyAgain(store: StoreClient, listId: ListId, wish: AgainWish, signal: AbortSignal): Promise<number> {
  let rows = 0;
  const counting = {
    reopen: async (...args: Parameters<StoreClient['reopen']>) => {
      const report = await store.reopen(...args);
      rows += report.rows;
      return report;
    },
  };
  const selectedRows = (): Promise<never> => Promise.reject(new Error('the command line has no selection'));
  await reopenList({ store: counting, selectedRows, listId, wish, clock: systemClock, onSlice: () => undefined, stopped: () => signal.aborted });
  return rows;
}
