// The locks of the lists that this process works on, and where they lie: beside each list's file.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ListId } from '../interface.ts';
import type { Library } from './library.ts';
import { ListLock } from './list-lock.ts';
import type { ListRecord } from './list-record.ts';

export class ListLocks {
  readonly #held = new Map<ListId, ListLock>();

  has(listId: ListId): boolean {
    return this.#held.has(listId);
  }

  /** Throws StoreInUse, StoreUnwritable or DiskFull. */
  take(record: ListRecord): void {
    if (!this.#held.has(record.id)) this.#held.set(record.id, ListLock.take(lockPath(record), record.name));
  }

  /** False if another process has the list. */
  tryTake(record: ListRecord): boolean {
    if (this.#held.has(record.id)) return true;
    const lock = ListLock.tryTake(lockPath(record));
    if (lock !== null) this.#held.set(record.id, lock);
    return lock !== null;
  }

  release(listId: ListId): void {
    this.#held.get(listId)?.release();
    this.#held.delete(listId);
  }

  releaseAll(): void {
    for (const listId of [...this.#held.keys()]) this.release(listId);
  }

  /** With the list that is gone. */
  remove(record: ListRecord): void {
    this.release(record.id);
    rmSync(lockPath(record), { force: true });
  }
}

/** Removes the locks of lists whose import was killed before the library knew of them. No list is added meanwhile. */
export function removeOrphanLocks(folder: string, library: Library): void {
  library.whileNoneIsAdded((known) => {
    for (const name of readdirSync(folder)) {
      const id = /^(\d+)\.lock$/.exec(name)?.[1];
      if (id === undefined || known.has(Number(id))) continue;
      const lock = ListLock.tryTake(join(folder, name));
      if (lock === null) continue;
      rmSync(join(folder, name), { force: true });
      lock.release();
    }
  });
}

function lockPath(record: ListRecord): string {
  return `${record.file.slice(0, -'.db'.length)}.lock`;
}
