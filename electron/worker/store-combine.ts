// What the store does with whole lists: a file appended to one, several merged, one split. Plain data, as in `interface`.
// Always holds: it is done as a whole or not at all, whatever is cancelled or killed; lists that are read stay as they are.
import type { RowSelection } from '../../shared/ipc/lists.ts';
import type { ElsewhereRows, ImportOptions, ImportProblem, ImportReport, ListId, ListSummary } from './interface.ts';

/** How the file is read: as at an import. */
export interface AppendOptions extends Omit<ImportOptions, 'name' | 'practice' | 'duplicatesBy'> {
  readonly listId: ListId;
}

export interface AppendReport extends Pick<ImportReport, 'rows' | 'duplicates' | 'empty' | 'extracted' | 'suppressed' | 'blankLines' | 'problemCount' | 'format' | 'sheet' | 'sheetNames'> {
  readonly list: ListSummary;
  /** Number of the first row that came. */
  readonly firstRow: number;
  /** Names of the columns that the list did not have. */
  readonly newColumns: readonly string[];
  readonly elsewhere: readonly ElsewhereRows[];
  readonly problems: readonly ImportProblem[];
}

export interface MergeOptions {
  /** At least two; their rows follow each other in this order. Practice lists and real ones do not go together. */
  readonly listIds: readonly ListId[];
  readonly name: string;
  /** Name of one more column that says which list a row came from; absent: none. */
  readonly sourceColumn?: string;
  /** As at an import. Default `address`. */
  readonly duplicatesBy?: 'address' | 'mailbox';
}

export interface MergeReport {
  readonly list: ListSummary;
  readonly sources: readonly { readonly listId: ListId; readonly name: string; readonly rows: number }[];
  /** Rows of their own in a list of before that are duplicates now: addresses that were in several. */
  readonly inSeveral: number;
}

/** Duplicates go with the row that they repeat, but where rows are chosen. */
export type SplitRule =
  | { readonly by: 'status' | 'provider' }
  /** The commonest domains, `most` of them (1 to 99), and one list of all others. */
  | { readonly by: 'domain'; readonly most: number }
  /** So many lists (2 to 100) with as many rows that repeat none, in their order. */
  | { readonly by: 'parts'; readonly parts: number }
  /** The rows that are chosen, and the rest. */
  | { readonly by: 'rows'; readonly rows: Uint32Array };

/** As it is asked for: chosen rows by rule, which the reader finds. */
export type SplitWish = Exclude<SplitRule, { readonly by: 'rows' }> | { readonly by: 'selected'; readonly rule: RowSelection };

export interface SplitOptions {
  readonly listId: ListId;
  readonly rule: SplitRule;
  /** What the lists' names begin with; the list's own name if absent. */
  readonly name?: string;
}

export interface SplitReport {
  /** None of them is empty. In the order of the rule. */
  readonly lists: readonly ListSummary[];
}

/** Rows looked at, of `totalRows`; bytes read, of `totalBytes`, of a file. */
export interface CombineProgress {
  readonly done: number;
  readonly total: number;
  readonly rows: number;
}

export interface StoreCombineApi {
  /** Rejects with what an import rejects with, ListNotFound, StoreInUse (a list that is being verified has to be paused first). */
  appendFile(options: AppendOptions): Promise<AppendReport>;
  /** Rejects with BadUsage, ListNotFound, StoreDamaged, DiskFull, Cancelled. */
  mergeLists(options: MergeOptions): Promise<MergeReport>;
  splitList(options: SplitOptions): Promise<SplitReport>;
}
