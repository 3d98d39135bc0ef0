// A store with a list in it and a reader of it, for the reader's tests.
import type { PageRequest, ResultPage, ResultsFilter } from '../../../../shared/ipc/lists.ts';
import { Reader } from '../../../../electron/worker/reader/reader.ts';
import { TemporaryStore } from '../store/temporary-store.ts';

export class TemporaryReader extends TemporaryStore {
  #reader: Reader | null = null;

  get reader(): Reader {
    this.#reader ??= new Reader(this.dir);
    return this.#reader;
  }

  /** The page as it is when nothing is missing any more. */
  async page(listId: number, filter: ResultsFilter, place: Partial<PageRequest> = {}): Promise<ResultPage> {
    for (;;) {
      const page = await this.reader.page({ listId, filter, limit: 100, ...place });
      if (page.building === null && page.upToDate) return page;
    }
  }

  /** Row numbers of the page. */
  async rows(listId: number, filter: ResultsFilter, place: Partial<PageRequest> = {}): Promise<number[]> {
    return (await this.page(listId, filter, place)).rows.map(({ row }) => row);
  }

  override remove(): void {
    this.#reader?.close();
    super.remove();
  }
}
