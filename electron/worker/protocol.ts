// The messages between the store's thread and its client. Structured-cloneable data only.
import type { UserErrorData } from '../../shared/errors.ts';
import type { StoreApi } from './interface.ts';

export type StoreMethod = keyof StoreApi;

/** Every method by name; does not compile if one is missing or too many. */
export const STORE_METHODS = Object.keys({
  importList: true, lists: true, list: true, setState: true, lock: true, unlock: true, claim: true, commit: true,
  counters: true, schedule: true, exportList: true, deleteList: true, close: true,
} satisfies Record<StoreMethod, true>) as readonly StoreMethod[];

export interface StoreWorkerData {
  /** Absolute path of the store's folder. */
  readonly dir: string;
}

export interface StoreRequest {
  readonly id: number;
  readonly method: StoreMethod;
  readonly args: readonly unknown[];
  /** One Int32 that the client sets to 1 to cancel; only with importList and exportList. */
  readonly cancel: SharedArrayBuffer | null;
}

export type StoreFailure =
  | { readonly kind: 'user'; readonly error: UserErrorData }
  /** A defect: told with its stack, for the log. */
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string };

export type StoreMessage =
  /** Sent once, when the store is open or could not be opened. */
  | { readonly type: 'opened'; readonly failure: StoreFailure | null }
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: StoreFailure };
