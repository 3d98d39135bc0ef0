// What the reader thread answers. Plain, structured-cloneable data; `reader-client` gives the same methods as promises.
// Everything is read only, and only what is committed is seen.
import type { ImportPreview, PageRequest, ReadingOptions, ResultDetail, ResultPage } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import type { Status } from '../../../shared/verdict/verdict.ts';
import type { ListId } from '../interface.ts';

/** A preview as the reader knows it: main adds which file it is of. */
export type ListPreview = Omit<ImportPreview, 'file'>;

/** Every failure a user can cause is a `UserError`; a list that was deleted or hidden meanwhile is `ListNotFound`. */
export interface ReaderApi {
  /** Rows by key. Absent and empty filters match every row; statuses and reasons must both match where both are given.
   *  A search runs in slices, so that other calls are answered in between; a search for something else in the same
   *  list ends it with `Cancelled`. */
  page(request: PageRequest): ResultPage | Promise<ResultPage>;
  detail(listId: ListId, row: number): ResultDetail;
  /** How many rows an export with these statuses writes; absent means every row. */
  exportCount(listId: ListId, statuses?: readonly Status[]): number;
  /** The first rows of a file as an import would read them. A column that was named and is not there any more (the
   *  delimiter was changed) counts as not found: `addressColumn` is null. `lists`: the user's, for who is suppressed. */
  previewList(path: string, reading: ReadingOptions, lists?: CustomLists): ListPreview;
  close(): void;
}
