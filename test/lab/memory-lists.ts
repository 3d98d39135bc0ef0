// The store's side as main sees it, in memory: several lists with their states, locks and deletions.
// Same promises as the batch worker; for tests of what main does with lists.
import type { ListStore } from '../../electron/main/lists/list-store.ts';
import type { ListState, ListSummary } from '../../electron/worker/interface.ts';
import type { JobRecord, RowsWish } from '../../electron/worker/store-jobs.ts';
import { UserError } from '../../shared/errors.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';

export interface MemoryList {
  readonly addresses: readonly string[];
  readonly state?: ListState;
  readonly practice?: boolean;
}

export interface MemoryLists extends ListStore {
  stateOf(listId: number): ListState;
  storeOf(listId: number): MemoryStore;
  /** The queue as it was kept last. */
  readonly kept: readonly JobRecord[];
  /** What was reopened, in its order. */
  readonly reopened: readonly { readonly listId: number; readonly wish: RowsWish }[];
  readonly locked: ReadonlySet<number>;
  readonly hidden: ReadonlySet<number>;
  /** How often hidden lists were removed. */
  readonly purges: number;
  /** As if another process had it. */
  takeAway(listId: number): void;
}

/** Lists 1, 2, … */
export function createMemoryLists(given: readonly MemoryList[]): MemoryLists {
  const lists = new Map(
    given.map((list, index) => [index + 1, { practice: list.practice ?? false, state: list.state ?? 'ready', store: createMemoryStore(list.addresses) }]),
  );
  const locked = new Set<number>();
  const hidden = new Set<number>();
  const foreign = new Set<number>();
  let purges = 0;
  let kept: readonly JobRecord[] = [];
  const reopened: { listId: number; wish: RowsWish }[] = [];

  function find(listId: number) {
    const list = lists.get(listId);
    if (list === undefined || hidden.has(listId)) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
    return list;
  }

  async function summary(id: number): Promise<ListSummary> {
    const { state, practice, store } = find(id);
    return {
      id, state, practice, name: `list-${String(id)}.csv`, sourcePath: `/lists/list-${String(id)}.csv`, createdAtMs: id, encoding: 'utf-8',
      delimiter: ',', hasHeader: true, columns: ['email'], addressColumn: 0, counters: await store.counters(id),
    };
  }

  return {
    locked,
    hidden,
    reopened,
    get kept() {
      return kept;
    },
    get purges() {
      return purges;
    },
    takeAway: (listId) => foreign.add(listId),
    stateOf: (listId) => find(listId).state,
    storeOf: (listId) => find(listId).store,
    lists: async () => await Promise.all([...lists.keys()].filter((id) => !hidden.has(id)).reverse().map(summary)),
    list: async (listId) => await summary(listId),
    async lock(listId) {
      if (foreign.has(listId)) throw new UserError('StoreInUse', 'Another process works on this list.', { retryable: true });
      locked.add(listId);
    },
    async unlock(listId) {
      lists.get(listId)?.store.forgetClaims();
      locked.delete(listId);
    },
    async setState(listId, state) {
      find(listId).state = state;
    },
    jobs: async () => kept,
    async setJobs(jobs) {
      kept = jobs;
    },
    async reopen({ listId, wish, nowMs }) {
      reopened.push({ listId, wish });
      const { store } = find(listId);
      return { rows: store.reopen(wish, nowMs), nextRow: null, counters: await store.counters(listId) };
    },
    async workload(listId, count) {
      const { rows, domains } = find(listId).store.workload();
      return { rows, domains: domains.length, commonest: domains.slice(0, count) };
    },
    claim: (listId, options) => find(listId).store.claim(listId, options),
    commit: (batch) => find(batch.listId).store.commit(batch),
    counters: (listId) => find(listId).store.counters(listId),
    schedule: (listId) => find(listId).store.schedule(listId),
    async importList(options, onProgress) {
      onProgress?.({ bytesRead: 5, totalBytes: 10, rows: 1 });
      const id = lists.size + 1;
      lists.set(id, { practice: options.practice ?? false, state: 'ready', store: createMemoryStore(['user1@a.test']) });
      return { list: await summary(id), rows: 1, duplicates: 0, empty: 0, extracted: 0, suppressed: 0, blankLines: 0, problems: [], problemCount: 0 };
    },
    appendFile: () => Promise.reject(new Error('not in memory')),
    mergeLists: () => Promise.reject(new Error('not in memory')),
    splitList: () => Promise.reject(new Error('not in memory')),
    exportList: async ({ outPath }) => ({
      path: outPath, rows: 1, bytes: 10, files: [{ path: outPath, status: null, rows: 1, bytes: 10 }], replaced: { count: 0, characters: [] }, cutCells: 0, sheets: 0,
    }),
    summaryPage: async () => '<!doctype html>',
    writeExport: () => Promise.resolve(),
    async hideList(listId) {
      find(listId);
      hidden.add(listId);
    },
    async restoreList(listId) {
      if (!hidden.delete(listId)) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
    },
    async purgeHidden() {
      purges += 1;
      for (const id of hidden) lists.delete(id);
      hidden.clear();
    },
    close: async () => undefined,
  };
}
