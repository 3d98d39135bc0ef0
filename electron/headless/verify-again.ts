// `winnow verify LIST --again WHICH`: rows of a stored list that have a verdict become due again; each keeps its verdict
// until there is a new one. `selected`: rows by rule, chosen as `winnow query` does.
import { UserError } from '../../shared/errors.ts';
import type { RowSelection } from '../../shared/ipc/lists.ts';
import { systemClock } from '../engine/clock.ts';
import { reopenList } from '../host/reopen-list.ts';
import { readerPath } from '../host/worker-path.ts';
import type { StoreClient } from '../worker/client.ts';
import type { ListId } from '../worker/interface.ts';
import { openReader } from '../worker/reader-client.ts';
import type { AgainWish } from '../worker/store-jobs.ts';
import { parseRowFilter, type RowFilterValues } from './row-filter-options.ts';

const MOST_DAYS = 3_650;

export interface VerifyAgain {
  readonly store: StoreClient;
  /** Absolute path of the store's folder. */
  readonly storeDir: string;
  readonly listId: ListId;
  readonly wish: AgainWish;
  readonly signal: AbortSignal;
}

/** Null without `--again`. Throws BadUsage. */
export function parseAgain(text: string | undefined, values: RowFilterValues): AgainWish | null {
  const filter = parseRowFilter(values);
  const chooses = Object.keys(filter).length > 0;
  const word = text?.trim().toLowerCase();
  if (chooses && word !== 'selected') throw new UserError('BadUsage', '--status, --reason, --domain, --provider, --flag and --search go with --again selected.');
  switch (word) {
    case undefined:
      return null;
    case 'selected':
      if (!chooses) throw new UserError('BadUsage', '--again selected needs at least one of --status, --reason, --domain, --provider, --flag, --search.');
      return { kind: 'selected', rule: { filter, all: true, turned: [] } };
    case 'all':
    case 'unknown':
      return { kind: word };
  }
  const days = Number(/^older-than:(\d{1,4})$/.exec(word)?.[1]);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return { kind: 'older', days };
  throw new UserError('BadUsage', `--again does not know "${text ?? ''}". Choices: all, unknown, older-than:DAYS (1 to ${String(MOST_DAYS)}), selected.`);
}

/** How many rows are due again. The list is locked; whatever was interrupted can simply be done again. */
export async function verifyAgain({ store, storeDir, listId, wish, signal }: VerifyAgain): Promise<number> {
  let rows = 0;
  const counting = {
    reopen: async (...args: Parameters<StoreClient['reopen']>) => {
      const report = await store.reopen(...args);
      rows += report.rows;
      return report;
    },
  };
  const selectedRows = (id: ListId, rule: RowSelection): Promise<Uint32Array> => rowsByRule(storeDir, id, rule);
  await reopenList({ store: counting, selectedRows, listId, wish, clock: systemClock, onSlice: () => undefined, stopped: () => signal.aborted });
  return rows;
}

async function rowsByRule(dir: string, listId: ListId, rule: RowSelection): Promise<Uint32Array> {
  const reader = await openReader({ dir, workerPath: readerPath() });
  try {
    return await reader.selectedRows(listId, rule);
  } finally {
    await reader.close();
  }
}
