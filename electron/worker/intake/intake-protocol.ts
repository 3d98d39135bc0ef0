// The messages between the store's thread, which writes an import, and the intake's, which reads it.
// The intake is never more than MAX_IN_FLIGHT batches ahead. Structured-cloneable data only.
import type { MessagePort } from 'node:worker_threads';
import type { Counters, ImportOptions, ImportReport } from '../interface.ts';
import type { NewList } from '../store/library.ts';
import type { LoadedCounts } from '../store/list-loader.ts';
import type { ThreadFailure } from '../thread-failure.ts';
import type { OtherList } from './other-lists.ts';
import type { RowBatch } from './row-batch.ts';

/** Enough that neither waits for the other's longest batch; each may hold 2 MiB. */
export const MAX_IN_FLIGHT = 3;

/** What was read in all, once the last batch has been sent. */
export interface ReadSummary extends Omit<ImportReport, 'list'> {
  readonly columns: readonly string[];
}

export interface IntakeData {
  /** Where the intake is talked to. */
  readonly port: MessagePort;
}

export type ToIntake =
  | { readonly type: 'read'; readonly options: ImportOptions; readonly others: readonly OtherList[] }
  /** A batch has been written: there is room for one more. */
  | { readonly type: 'written' }
  /** All rows are in the file and nobody has it open: make its indexes and put it on disk. `list`: for its meta table. */
  | { readonly type: 'complete'; readonly path: string; readonly list: object; readonly counts: LoadedCounts };

export type FromIntake =
  | { readonly type: 'planned'; readonly list: NewList }
  | { readonly type: 'batch'; readonly batch: RowBatch }
  | { readonly type: 'read'; readonly summary: ReadSummary }
  | { readonly type: 'completed'; readonly counters: Counters }
  | { readonly type: 'failed'; readonly failure: ThreadFailure };
