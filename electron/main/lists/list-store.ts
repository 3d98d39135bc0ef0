// What main needs of the store and of the reader, as promises. The clients of the two threads have these methods;
// tests have them in memory.
import type { RunStore } from '../../engine/run/run.ts';
import type { StoreClient } from '../../worker/client.ts';
import type { ExportClient } from '../../worker/export/export-client.ts';
import type {
  ImportOptions, ImportProgress, ImportReport, ListId, ListState, ListSummary,
} from '../../worker/interface.ts';
import type { JobRecord, ReopenReport, ReopenSlice, RowsWish, Workload } from '../../worker/store-jobs.ts';

/** What runs over lists need. */
export interface RunsStore extends RunStore {
  readonly setJobs: (jobs: readonly JobRecord[]) => Promise<void>;
  readonly reopen: (slice: ReopenSlice) => Promise<ReopenReport>;
  readonly lock: (listId: ListId) => Promise<void>;
  readonly unlock: (listId: ListId) => Promise<void>;
  readonly setState: (listId: ListId, state: Exclude<ListState, 'importing'>) => Promise<void>;
}

export interface ListStore extends RunsStore {
  readonly jobs: () => Promise<readonly JobRecord[]>;
  readonly workload: (listId: ListId, count: number, wish: RowsWish | null, nowMs: number) => Promise<Workload>;
  readonly lists: () => Promise<readonly ListSummary[]>;
  readonly list: (listId: ListId) => Promise<ListSummary>;
  readonly importList: (options: ImportOptions, onProgress?: (progress: ImportProgress) => void, signal?: AbortSignal) => Promise<ImportReport>;
  readonly appendFile: StoreClient['appendFile'];
  readonly mergeLists: StoreClient['mergeLists'];
  readonly splitList: StoreClient['splitList'];
  readonly exportList: ExportClient['exportList'];
  readonly summaryPage: ExportClient['summaryPage'];
  readonly writeExport: ExportClient['writeExport'];
  readonly hideList: (listId: ListId) => Promise<void>;
  readonly restoreList: (listId: ListId) => Promise<void>;
  readonly purgeHidden: () => Promise<void>;
  readonly close: () => Promise<void>;
}
