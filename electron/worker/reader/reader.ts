// The reader: answers what the window shows of lists and files. Reads only, and only what is committed; each answer
// comes from one state of the list, but for a search, which runs in steps while the list goes on.
// Pages of statuses and reasons in row order come straight from the indexes, as things are at that moment; whatever else
// is asked for (other filters, searches, sorting) has a view made of it (`list-views`).
import type { PageRequest, ReadingOptions, ResultDetail, ResultPage, ResultsFilter, RowSelection } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import { statusOf, type Reason, type Status } from '../../../shared/verdict/verdict.ts';
import { previewList } from '../intake/preview-list.ts';
import type { ListId } from '../interface.ts';
import { ListFiles } from './list-files.ts';
import { ListViews } from './list-views.ts';
import { needsColumns } from './matching-rows.ts';
import { findByReason, reasonsOf } from './matching-reasons.ts';
import type { ListPreview, ReaderApi, SelectedAddresses } from './reader-api.ts';
import { ReaderLibrary } from './reader-library.ts';
import { resultDetail } from './result-detail.ts';
import { resultPage } from './result-page.ts';
import { runNow } from './rows-finder.ts';
import { selectedRows } from './selected-rows.ts';

/** Rows whose cells are taken apart in a step. */
const ADDRESSES_STEP = 2_000;

export class Reader implements ReaderApi {
  readonly #library: ReaderLibrary;
  readonly #files: ListFiles;
  readonly #views: ListViews;

  /** `dir`: absolute path of a store's folder, whose store has been opened. Throws what `openReading` throws. */
  constructor(dir: string) {
    this.#library = new ReaderLibrary(dir);
    this.#files = new ListFiles(this.#library);
    this.#views = new ListViews(this.#files);
  }

  page(request: PageRequest): ResultPage | Promise<ResultPage> {
    if (!isIndexed(request)) return this.#views.page(request);
    return this.#files.use(request.listId, (list) =>
      list.database.transaction(() => runNow(resultPage(() => list, findByReason(list, reasonsOf(request.filter)), request)))(),
    );
  }

  async selectedRows(listId: ListId, rule: RowSelection): Promise<Uint32Array> {
    return selectedRows(await this.#views.matching(listId, rule.filter), rule);
  }

  async selectedAddresses(listId: ListId, rule: RowSelection, limit: number): Promise<SelectedAddresses> {
    const rows = await this.selectedRows(listId, rule);
    const lines: string[] = [];
    for (let at = 0; at < rows.length && lines.length < limit; at += ADDRESSES_STEP) {
      this.#files.use(listId, (list) => {
        for (const row of rows.subarray(at, at + Math.min(ADDRESSES_STEP, limit - lines.length))) {
          // A cell with line ends in it would be several lines.
          const address = list.addressCell(row).replaceAll(/[\r\n]+/g, ' ').trim();
          if (address !== '') lines.push(address);
        }
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { text: lines.join('\n'), copied: lines.length, selected: rows.length };
  }

  detail(listId: ListId, row: number): ResultDetail {
    return this.#files.use(listId, (list) => list.database.transaction(() => resultDetail(list, row))());
  }

  exportCount(listId: ListId, statuses?: readonly Status[], withoutDuplicates = false, selection?: RowSelection): number | Promise<number> {
    if (selection !== undefined) return this.#countSelected(listId, selection, { ...(statuses === undefined ? {} : { statuses: [...statuses] }), ...(withoutDuplicates ? { duplicates: 'without' } : {}) });
    return this.#files.use(listId, (list) =>
      list.database.transaction(() => {
        const counters = list.counters();
        if (statuses === undefined) return counters.rows - (withoutDuplicates ? counters.byState.duplicate : 0);
        return countOf(counters.byReason, statuses) + (withoutDuplicates ? 0 : countOf(list.duplicatesByReason(), statuses));
      })(),
    );
  }

  /** `also`: what else holds of the rows that are counted. */
  async #countSelected(listId: ListId, selection: RowSelection, also: ResultsFilter): Promise<number> {
    const rows = await this.selectedRows(listId, selection);
    if (Object.keys(also).length === 0) return rows.length;
    const others = await this.#views.matching(listId, also);
    let count = 0;
    let next = 0;
    for (const row of rows) {
      while ((others[next] ?? Infinity) < row) next++;
      if (others[next] === row) count++;
    }
    return count;
  }

  async previewList(path: string, reading: ReadingOptions, lists?: CustomLists, text?: string): Promise<ListPreview> {
    return await previewList(path, reading, lists, text);
  }

  /** What is under way ends with `Cancelled`. */
  close(): void {
    this.#views.close();
    this.#files.close();
    this.#library.close();
  }
}

function isIndexed({ filter, sort }: PageRequest): boolean {
  return (filter.search ?? '') === '' && !needsColumns(filter) && (sort === undefined || (sort.key === 'row' && !sort.descending));
}

function countOf(byReason: Readonly<Partial<Record<Reason, number>>>, statuses: readonly Status[]): number {
  return Object.entries(byReason).reduce((sum, [reason, count]) => sum + (statuses.includes(statusOf(reason as Reason)) ? count : 0), 0);
}
