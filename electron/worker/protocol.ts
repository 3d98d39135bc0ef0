// The messages between a worker thread and its client, and the names of the store's and the reader's methods.
// Structured-cloneable data only.
import type { ImportOptions, ImportReport, StoreApi } from './interface.ts';
import type { ReaderApi } from './reader/reader-api.ts';
import type { StoreCombineApi } from './store-combine.ts';
import type { StoreCareApi } from './store-care.ts';
import type { StoreJobsApi } from './store-jobs.ts';
import type { ThreadFailure } from './thread-failure.ts';

/** What the batch worker answers: the store's methods, those of its care, and the import, which takes a thread of its own. */
export interface StoreCalls extends StoreApi, StoreCareApi, StoreCombineApi, StoreJobsApi {
  importList(options: ImportOptions): Promise<ImportReport>;
}

export type StoreMethod = keyof StoreCalls;

export const CARE_METHODS = {
  backUp: true, backups: true, restoreBackup: true, reuseVerdicts: true, rememberVerdicts: true, knownVerdicts: true, forgetKnownVerdicts: true, retain: true,
} as const satisfies Record<keyof StoreCareApi, true>;

export const JOB_METHODS = { jobs: true, setJobs: true, reopen: true, workload: true } as const satisfies Record<keyof StoreJobsApi, true>;

export const COMBINE_METHODS = { appendFile: true, mergeLists: true, splitList: true } as const satisfies Record<keyof StoreCombineApi, true>;

/** Every method by name; does not compile if one is missing or too many. */
export const STORE_METHODS = Object.keys({
  importList: true, lists: true, list: true, setState: true, lock: true, unlock: true, claim: true, commit: true,
  counters: true, schedule: true, commonDomains: true, dailyGrant: true, dnsCacheGet: true, dnsCacheSet: true, dnsCacheClear: true, deleteList: true, hideList: true, restoreList: true, purgeHidden: true, close: true,
  ...CARE_METHODS,
  ...COMBINE_METHODS,
  ...JOB_METHODS,
} satisfies Record<StoreMethod, true>) as readonly StoreMethod[];

export type ReaderMethod = keyof ReaderApi;

export const READER_METHODS = Object.keys({
  page: true, selectedRows: true, selectedAddresses: true, detail: true, exportCount: true, previewList: true, close: true,
} satisfies Record<ReaderMethod, true>) as readonly ReaderMethod[];

export interface ThreadData {
  /** Absolute path of the store's folder. */
  readonly dir: string;
  /** A damaged library is set aside, and its last copy put in its place; for the store only. */
  readonly recover?: boolean;
}

export interface ThreadRequest {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
  /** One Int32 that the client sets to 1 to cancel; only where the caller has a signal. */
  readonly cancel: SharedArrayBuffer | null;
}

export type ThreadMessage =
  /** Sent once, when the thread's host is open or could not be opened. */
  | { readonly type: 'opened'; readonly failure: ThreadFailure | null }
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: ThreadFailure };
