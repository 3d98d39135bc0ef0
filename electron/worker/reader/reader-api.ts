// What the reader thread answers. Plain, structured-cloneable data; `reader-client` gives the same methods as promises.
// Everything is read only, and only what is committed is seen.
import type { ImportPreview, PageRequest, ReadingOptions, ResultDetail, ResultPage, RowSelection } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import type { Status } from '../../../shared/verdict/verdict.ts';
import type { ListId } from '../interface.ts';

/** A preview as the reader knows it: main adds which file it is of. */
export type ListPreview = Omit<ImportPreview, 'file'>;

export interface SelectedAddresses {
  readonly text: string;
  readonly copied: number;
  readonly selected: number;
}

/** Every failure a user can cause is a `UserError`; a list that was deleted or hidden meanwhile is `ListNotFound`. */
export interface ReaderApi {
  /** Rows by key or position. Absent and empty filters match every row; where several are given, all must match.
   *  What takes long (a search, the first sorting) runs in slices, so that other calls are answered in between, and the
   *  page is answered with what there is: see `building`. A question of another kind to the same list ends it with
   *  `Cancelled`. */
  page(request: PageRequest): ResultPage | Promise<ResultPage>;
  /** The rows that the rule selects, ascending. */
  selectedRows(listId: ListId, rule: RowSelection): Promise<Uint32Array>;
  /** Addresses of the selected rows as their cells have them, one a line, in row order, rows without any left out; at
   *  most `limit` of them. `selected`: rows in all. */
  selectedAddresses(listId: ListId, rule: RowSelection, limit: number): Promise<SelectedAddresses>;
  detail(listId: ListId, row: number): ResultDetail;
  /** How many rows an export with these statuses writes; absent means every row. `selection`: of those that it means. */
  exportCount(listId: ListId, statuses?: readonly Status[], withoutDuplicates?: boolean, selection?: RowSelection): number | Promise<number>;
  /** The first rows of a file as an import would read them. A column that was named and is not there any more (the
   *  delimiter was changed) counts as not found: `addressColumn` is null. `lists`: the user's, for who is suppressed.
   *  `text`: what was pasted, read instead of the file; more than 1 MiB of it is not looked at. */
  previewList(path: string, reading: ReadingOptions, lists?: CustomLists, text?: string): Promise<ListPreview>;
  close(): void;
}
