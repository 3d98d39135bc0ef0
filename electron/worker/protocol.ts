// The messages between a worker thread and its client, and the names of the store's and the reader's methods.
// Structured-cloneable data only.
import type { UserErrorData } from '../../shared/errors.ts';
import type { StoreApi } from './interface.ts';
import type { ReaderApi } from './reader/reader-api.ts';

export type StoreMethod = keyof StoreApi;

/** Every method by name; does not compile if one is missing or too many. */
export const STORE_METHODS = Object.keys({
  importList: true, lists: true, list: true, setState: true, lock: true, unlock: true, claim: true, commit: true,
  counters: true, schedule: true, commonDomains: true, dnsCacheGet: true, dnsCacheSet: true, dnsCacheClear: true, exportList: true, deleteList: true, hideList: true, restoreList: true, purgeHidden: true, close: true,
} satisfies Record<StoreMethod, true>) as readonly StoreMethod[];

export type ReaderMethod = keyof ReaderApi;

export const READER_METHODS = Object.keys({
  page: true, detail: true, exportCount: true, previewList: true, close: true,
} satisfies Record<ReaderMethod, true>) as readonly ReaderMethod[];

export interface ThreadData {
  /** Absolute path of the store's folder. */
  readonly dir: string;
}

export interface ThreadRequest {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
  /** One Int32 that the client sets to 1 to cancel; only where the caller has a signal. */
  readonly cancel: SharedArrayBuffer | null;
}

export type ThreadFailure =
  | { readonly kind: 'user'; readonly error: UserErrorData }
  /** A defect: told with its stack, for the log. */
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

export type ThreadMessage =
  /** Sent once, when the thread's host is open or could not be opened. */
  | { readonly type: 'opened'; readonly failure: ThreadFailure | null }
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: ThreadFailure };
