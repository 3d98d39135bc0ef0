// What main needs of the store and of the reader, as promises. The clients of the two threads have these methods;
// tests have them in memory.
import type { RunStore } from '../../engine/run/run.ts';
import type {
  ExportOptions, ExportReport, ImportOptions, ImportProgress, ImportReport, ListId, ListState, ListSummary,
} from '../../worker/interface.ts';

/** What a run over a list needs. */
export interface RunsStore extends RunStore {
  readonly lock: (listId: ListId) => Promise<void>;
  readonly unlock: (listId: ListId) => Promise<void>;
  readonly setState: (listId: ListId, state: Exclude<ListState, 'importing'>) => Promise<void>;
}

export interface ListStore extends RunsStore {
  readonly lists: () => Promise<readonly ListSummary[]>;
  readonly list: (listId: ListId) => Promise<ListSummary>;
  readonly importList: (options: ImportOptions, onProgress?: (progress: ImportProgress) => void, signal?: AbortSignal) => Promise<ImportReport>;
  readonly exportList: (
    options: ExportOptions,
    onProgress?: (progress: { readonly rows: number; readonly totalRows: number }) => void,
    signal?: AbortSignal,
  ) => Promise<ExportReport>;
  readonly hideList: (listId: ListId) => Promise<void>;
  readonly restoreList: (listId: ListId) => Promise<void>;
  readonly purgeHidden: () => Promise<void>;
  readonly close: () => Promise<void>;
}
