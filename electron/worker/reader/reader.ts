// The reader: answers what the window shows of lists and files. Reads only, and only what is committed; each answer
// comes from one state of the list, but for a search, which runs in steps while the list goes on.
// Of the searches of a list only the newest text's goes on: whoever types does not wait for what was typed before.
import { UserError } from '../../../shared/errors.ts';
import type { PageRequest, ReadingOptions, ResultDetail, ResultPage } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import { statusOf, type Reason, type Status } from '../../../shared/verdict/verdict.ts';
import { previewList } from '../intake/preview-list.ts';
import type { ListId } from '../interface.ts';
import { ListFiles } from './list-files.ts';
import type { ListView } from './list-view.ts';
import { findByReason, reasonsOf } from './matching-reasons.ts';
import type { ListPreview, ReaderApi } from './reader-api.ts';
import { ReaderLibrary } from './reader-library.ts';
import { resultDetail } from './result-detail.ts';
import { resultPage } from './result-page.ts';
import { runInTurn, runNow } from './rows-finder.ts';
import { findByText, type KnownTotals } from './search-finder.ts';

interface Search {
  readonly text: string;
  readonly totals: KnownTotals;
}

export class Reader implements ReaderApi {
  readonly #library: ReaderLibrary;
  readonly #files: ListFiles;
  readonly #newestSearch = new Map<ListId, Search>();

  /** `dir`: absolute path of a store's folder, whose store has been opened. Throws what `openReading` throws. */
  constructor(dir: string) {
    this.#library = new ReaderLibrary(dir);
    this.#files = new ListFiles(this.#library);
  }

  page(request: PageRequest): ResultPage | Promise<ResultPage> {
    const { search = '' } = request.filter;
    if (search !== '') return this.#search(request, search);
    return this.#files.use(request.listId, (list) =>
      list.database.transaction(() => runNow(resultPage(() => list, findByReason(list, reasonsOf(request.filter)), request)))(),
    );
  }

  detail(listId: ListId, row: number): ResultDetail {
    return this.#files.use(listId, (list) => list.database.transaction(() => resultDetail(list, row))());
  }

  exportCount(listId: ListId, statuses?: readonly Status[]): number {
    return this.#files.use(listId, (list) =>
      list.database.transaction(() => {
        const counters = list.counters();
        if (statuses === undefined) return counters.rows;
        return countOf(counters.byReason, statuses) + countOf(list.duplicatesByReason(), statuses);
      })(),
    );
  }

  previewList(path: string, reading: ReadingOptions, lists?: CustomLists): ListPreview {
    return previewList(path, reading, lists);
  }

  /** Searches under way end with `Cancelled`. */
  close(): void {
    this.#newestSearch.clear();
    this.#files.close();
    this.#library.close();
  }

  /** From now on the newest of the list. */
  #searchFor(listId: ListId, text: string): Search {
    const newest = this.#newestSearch.get(listId);
    if (newest?.text === text) return newest;
    const search = { text, totals: new Map() };
    this.#newestSearch.set(listId, search);
    return search;
  }

  async #search(request: PageRequest, text: string): Promise<ResultPage> {
    const { listId, filter } = request;
    const search = this.#searchFor(listId, text);
    let current: ListView = this.#files.use(listId, (list) => list);
    const finder = findByText(() => current, { text, totals: search.totals, reasons: reasonsOf(filter) });
    return await runInTurn(
      resultPage(() => current, finder, request),
      (step) => {
        if (this.#newestSearch.get(listId) !== search) throw new UserError('Cancelled', `The search for "${text}" was given up for another one.`);
        return this.#files.use(listId, (list) => {
          current = list;
          return step();
        });
      },
    );
  }
}

function countOf(byReason: Readonly<Partial<Record<Reason, number>>>, statuses: readonly Status[]): number {
  return Object.entries(byReason).reduce((sum, [reason, count]) => sum + (statuses.includes(statusOf(reason as Reason)) ? count : 0), 0);
}
