// What the store does for jobs: the queue of lists that wait for their turn, rows that are to be verified again, and how
// much work a list is. Plain data, as in `interface`, whose `StoreApi` has these methods too. Times are epoch milliseconds.
import type { RowSelection } from '../../shared/ipc/lists.ts';
import type { Counters, ListId } from './interface.ts';

/** What of a list is to be verified again. */
export type AgainWish =
  | { readonly kind: 'all' }
  /** Rows whose verdict is `unknown`. */
  | { readonly kind: 'unknown' }
  /** Rows that were checked longer ago. */
  | { readonly kind: 'older'; readonly days: number }
  /** Rows by rule: those that it means when their turn has come. */
  | { readonly kind: 'selected'; readonly rule: RowSelection };

/** As the store can do it: a rule is the reader's to find the rows of, ascending. */
export type RowsWish = Exclude<AgainWish, { readonly kind: 'selected' }> | { readonly kind: 'rows'; readonly rows: Uint32Array };

/** A list in the queue. */
export interface JobRecord {
  readonly listId: ListId;
  /** To be done before it is asked about; null: nothing, or it was done. */
  readonly again: AgainWish | null;
}

/** One slice of a list. Call again from `nextRow` until it is null. No row of the list may be claimed. */
export interface ReopenSlice {
  readonly listId: ListId;
  readonly wish: RowsWish;
  readonly afterRow: number;
  readonly nowMs: number;
}

export interface ReopenReport {
  /** Null: the list's end. */
  readonly nextRow: number | null;
  /** Rows of this slice that are due again now. */
  readonly rows: number;
  readonly counters: Counters;
}

/** Domains with rows that are to be asked about, the most rows first. */
export interface Workload {
  /** Rows, all domains together. */
  readonly rows: number;
  readonly domains: number;
  readonly commonest: readonly { readonly domain: string; readonly rows: number }[];
}

export interface StoreJobsApi {
  /** In their order; lists that nobody sees (deleted, hidden) are left out. */
  jobs(): readonly JobRecord[];
  /** Durable when it returns. Replaces the whole queue. */
  setJobs(jobs: readonly JobRecord[]): void;
  /** Makes rows that have a verdict due again. Their verdict stays until a new one is committed, and an `unknown` never
   *  takes a certain one back. Rows that wait for a retry already are left as they are; so it can be done twice. */
  reopen(slice: ReopenSlice): ReopenReport;
  /** Rows without a verdict, or, with a wish, rows that it is about; `count`: how many domains are named at most. */
  workload(listId: ListId, count: number, wish: RowsWish | null, nowMs: number): Workload;
}
