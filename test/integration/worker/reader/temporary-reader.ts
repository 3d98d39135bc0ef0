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

  async page(listId: number, filter: ResultsFilter, place: Partial<PageRequest> = {}): Promise<ResultPage> {
    return await this.reader.page({ listId, filter, limit: 100, ...place });
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
