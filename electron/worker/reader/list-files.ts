// The lists' files that are open for reading: opened when first asked for, closed when nobody has asked for a while, so
// that a list that is deleted is not held (Windows deletes no file that SQLite has open).
// Every use looks the list up first: one that was deleted or hidden meanwhile is `ListNotFound`, whatever its file does.
import type { ListId } from '../interface.ts';
import { storeError } from '../store/store-error.ts';
import { ListView } from './list-view.ts';
import type { ReaderLibrary } from './reader-library.ts';

/** Much less than the time for undoing a deletion. */
const IDLE_MS = 1_000;

export class ListFiles {
  readonly #library: ReaderLibrary;
  readonly #open = new Map<ListId, ListView>();
  readonly #timers = new Map<ListId, NodeJS.Timeout>();

  constructor(library: ReaderLibrary) {
    this.#library = library;
  }

  /** Runs `read` on the list; nothing of the list may be kept beyond it. */
  use<T>(listId: ListId, read: (list: ListView) => T): T {
    const record = this.#library.get(listId);
    try {
      let list = this.#open.get(listId);
      // A file was appended to it, with new columns.
      if (list !== undefined && list.record.columns.length !== record.columns.length) {
        this.#close(listId);
        list = undefined;
      }
      if (list === undefined) {
        list = new ListView(record);
        this.#open.set(listId, list);
      }
      return read(list);
    } catch (error) {
      this.#close(listId);
      // What a file does that is being deleted says nothing: if it is, that is what is told.
      this.#library.get(listId);
      throw storeError(error, record.file);
    } finally {
      this.#closeLater(listId);
    }
  }

  close(): void {
    for (const listId of [...this.#open.keys()]) this.#close(listId);
  }

  #closeLater(listId: ListId): void {
    clearTimeout(this.#timers.get(listId));
    this.#timers.delete(listId);
    if (!this.#open.has(listId)) return;
    const timer = setTimeout(() => {
      this.#close(listId);
    }, IDLE_MS);
    this.#timers.set(listId, timer);
  }

  #close(listId: ListId): void {
    clearTimeout(this.#timers.get(listId));
    this.#timers.delete(listId);
    this.#open.get(listId)?.close();
    this.#open.delete(listId);
  }
}
