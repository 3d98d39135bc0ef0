// One list, one process: an exclusive SQLite lock on a file of its own beside the list. The operating system takes it
// away with the process, also on kill -9, so there is never a stale one; what a file's existence says is nothing.
import Database from 'better-sqlite3';
import { UserError } from '../../../shared/errors.ts';
import { storeError } from './store-error.ts';

export class ListLock {
  readonly #database: Database.Database;

  private constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Null if another process (or another store of this one) holds it. Throws StoreUnwritable, DiskFull. */
  static tryTake(path: string): ListLock | null {
    let database: Database.Database | null = null;
    try {
      database = new Database(path, { timeout: 0 });
      // No journal: nothing is ever written, so that a full disk does not matter either.
      database.pragma('journal_mode = MEMORY');
      database.exec('BEGIN EXCLUSIVE');
      return new ListLock(database);
    } catch (error) {
      database?.close();
      if (error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)) return null;
      throw storeError(error, path);
    }
  }

  /** Throws StoreInUse too. `name`: the list's, for people. */
  static take(path: string, name: string): ListLock {
    const lock = ListLock.tryTake(path);
    if (lock === null) throw new UserError('StoreInUse', `The list "${name}" is in use by another Winnow. Try again when that one is done.`, { retryable: true });
    return lock;
  }

  release(): void {
    this.#database.close();
  }
}
