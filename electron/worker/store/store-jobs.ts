// What the store does for jobs, put together: the queue in the library, rows of a list that are verified again, and how
// much work a list is. Reopening locks the list for this process, as claims do; the rest only reads, or writes the library.
import type { ListId } from '../interface.ts';
import type { RowsWish, JobRecord, ReopenReport, ReopenSlice, StoreJobsApi, Workload } from '../store-jobs.ts';
import { CounterTable } from './counter-table.ts';
import type { Library } from './library.ts';
import type { OpenList } from './open-list.ts';
import { ReopenRows } from './reopen-rows.ts';
import { guarded } from './store-error.ts';
import { workloadOf } from './workload-of.ts';

export interface JobsStore {
  readonly dir: string;
  readonly library: Library;
  opened(listId: ListId): OpenList;
  /** Locked by this process. */
  working(listId: ListId): OpenList;
}

export class StoreJobs implements StoreJobsApi {
  readonly #store: JobsStore;

  constructor(store: JobsStore) {
    this.#store = store;
  }

  jobs(): readonly JobRecord[] {
    return guarded(this.#store.dir, () => this.#store.library.jobs.all());
  }

  setJobs(jobs: readonly JobRecord[]): void {
    guarded(this.#store.dir, () => {
      this.#store.library.jobs.replace(jobs);
    });
  }

  reopen({ listId, wish, afterRow, nowMs }: ReopenSlice): ReopenReport {
    const { record, database, reasons } = this.#store.working(listId);
    return guarded(record.file, () => {
      const counters = new CounterTable(database);
      const slice = new ReopenRows(database, { counters, reasons }).reopen(wish, afterRow, nowMs);
      return { ...slice, counters: counters.read() };
    });
  }

  workload(listId: ListId, count: number, wish: RowsWish | null, nowMs: number): Workload {
    const { record, database, reasons } = this.#store.opened(listId);
    return guarded(record.file, () => {
      const { pending } = new CounterTable(database).read().byState;
      return workloadOf(database, { reasons, pending, count, wish, nowMs });
    });
  }
}
