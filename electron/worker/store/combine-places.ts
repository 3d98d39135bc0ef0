// The store's side of appending, merging and splitting: places for new lists, which appear together or not at all, and the
// leave to write to a list that is there. Who fills the files is another thread (worker/combine).
import { UserError } from '../../../shared/errors.ts';
import { enCombine as words } from '../../../shared/words/en-combine.ts';
import type { OtherList } from '../intake/other-lists.ts';
import type { Counters, ListId, ListState, ListSummary } from '../interface.ts';
import type { AppendGuard } from './append-guard.ts';
import { hasVerdicts } from './forget-verdicts.ts';
import { keptOptions } from './kept-columns.ts';
import type { Library, NewList } from './library.ts';
import type { ListRecord } from './list-record.ts';
import type { OpenList } from './open-list.ts';
import { guarded } from './store-error.ts';

export interface CombineStore {
  readonly dir: string;
  readonly library: Library;
  readonly appends: AppendGuard;
  opened(listId: ListId): OpenList;
  closeFile(listId: ListId): void;
  summary(listId: ListId): ListSummary;
  isLocked(listId: ListId): boolean;
  takeLock(record: ListRecord): void;
  releaseLock(listId: ListId): void;
  /** Erases a list that nobody sees yet, and its lock. Never throws. */
  discard(record: ListRecord): void;
}

/** Lists that nobody sees until `finish`. */
export interface NewPlaces {
  /** Absolute paths of their databases, in the order of the lists. */
  readonly files: readonly string[];
  /** All of them appear at once. Throws DiskFull, StoreUnwritable. */
  finish(finished: readonly { readonly columns: readonly string[]; readonly counters: Counters }[]): readonly ListSummary[];
  /** Leaves nothing of those that did not appear. */
  end(): void;
}

export interface AppendPlace {
  readonly record: ListRecord;
  /** Call before the rows are committed: no column is ever missing where rows have it. */
  widen(columns: readonly string[]): void;
  finish(counters: Counters): ListSummary;
  /** Others may work on the list again. */
  end(): void;
}

export class CombinePlaces {
  readonly #store: CombineStore;

  constructor(store: CombineStore) {
    this.#store = store;
  }

  /** A list that can be read. Throws ListNotFound, StoreDamaged. */
  source(listId: ListId): ListRecord {
    this.#store.opened(listId); // looks whether it is sound, brings it up to date, and mends what the library says of it
    return this.#store.library.get(listId);
  }

  /** What the list's own file says of it. */
  kept({ id, file }: ListRecord): Partial<NewList> {
    return guarded(file, () => keptOptions(this.#store.opened(id).database));
  }

  otherLists(listIds: readonly ListId[]): readonly OtherList[] {
    return [...new Set(listIds)].map((listId) => {
      const { name, file } = this.source(listId);
      return { listId, name, file };
    });
  }

  /** Throws DiskFull, StoreUnwritable. */
  begin(lists: readonly NewList[]): NewPlaces {
    const { dir, library } = this.#store;
    const records: ListRecord[] = [];
    let isFinished = false;
    const end = (): void => {
      if (!isFinished) for (const record of records) this.#store.discard(record);
      for (const { id } of records) this.#store.releaseLock(id);
    };
    try {
      for (const list of lists) {
        records.push(guarded(dir, () => library.add(list, (added) => { this.#store.takeLock(added); })));
      }
    } catch (error) {
      end();
      throw error;
    }
    return {
      files: records.map(({ file }) => file),
      finish: (finished) => {
        guarded(dir, () => {
          library.finishAll(records.flatMap(({ id }, index) => {
            const one = finished[index];
            return one === undefined ? [] : [{ listId: id, ...one, state: stateOf(one.counters, 'ready') }];
          }));
        });
        isFinished = true;
        end();
        return records.map(({ id }) => this.#store.summary(id));
      },
      end: () => { if (!isFinished) end(); },
    };
  }

  /** Throws ListNotFound, StoreInUse, StoreDamaged. */
  beginAppend(listId: ListId): AppendPlace {
    const { dir, library, appends } = this.#store;
    const record = this.source(listId);
    appends.check(listId);
    // Locked by this process: something is asked about it just now, or it is being deleted.
    if (this.#store.isLocked(listId)) throw new UserError('StoreInUse', words.errors.inUse(record.name), { retryable: true });
    this.#store.takeLock(record);
    this.#store.closeFile(listId);
    appends.begin(listId, record.name);
    return {
      record,
      widen: (columns) => {
        guarded(dir, () => { library.setColumns(listId, columns); });
      },
      finish: (counters) => {
        guarded(dir, () => { library.setState(listId, stateOf(counters, record.state), counters); });
        this.#endAppend(listId);
        return this.#store.summary(listId);
      },
      end: () => { if (appends.has(listId)) this.#endAppend(listId); },
    };
  }

  /** The record with the columns that the list's own file says. Where the library says others, a process died within an
   *  append: the library is told too. */
  mended(record: ListRecord, { database }: OpenList): ListRecord {
    if (this.#store.appends.has(record.id) || this.#store.library.database.readonly) return record;
    const { columns } = guarded(record.file, () => keptOptions(database));
    if (columns === undefined || columns.length === record.columns.length) return record;
    guarded(this.#store.dir, () => { this.#store.library.setColumns(record.id, columns); });
    return { ...record, columns };
  }

  #endAppend(listId: ListId): void {
    // What is in memory of it is of before.
    this.#store.closeFile(listId);
    this.#store.appends.end(listId);
    this.#store.releaseLock(listId);
    try {
      this.source(listId);
    } catch {
      // What is wrong with it is told to whoever asks for it.
    }
  }
}

/** `before`: of the list as it was. */
function stateOf(counters: Counters, before: ListState): Exclude<ListState, 'importing'> {
  const { pending, scheduled } = counters.byState;
  if (before === 'ready' || before === 'importing') {
    if (!hasVerdicts(counters)) return 'ready';
    return pending + scheduled > 0 ? 'paused' : 'done';
  }
  return before === 'done' && pending === 0 ? 'done' : 'paused';
}
