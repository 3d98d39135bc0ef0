// The library as the reader sees it: which lists there are to be read, as of now.
import type Database from 'better-sqlite3';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { ListId } from '../interface.ts';
import { recordOf, VISIBLE, type ListRecord, type ListRow } from '../store/list-record.ts';
import { guarded } from '../store/store-error.ts';
import { openReading } from './open-reading.ts';

export class ReaderLibrary {
  readonly #dir: string;
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #find: Database.Statement<[ListId], ListRow>;

  /** `dir`: absolute path of a store's folder. Throws what `openReading` throws. */
  constructor(dir: string) {
    this.#dir = dir;
    this.#path = join(dir, 'library.db');
    this.#database = openReading(this.#path, 'library');
    this.#find = this.#database.prepare(`SELECT * FROM lists WHERE id = ? AND ${VISIBLE}`);
  }

  /** Throws ListNotFound for a list that is deleted, hidden or not there yet. */
  get(listId: ListId): ListRecord {
    const row = guarded(this.#path, () => this.#find.get(listId));
    if (row === undefined) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
    return recordOf(this.#dir, row);
  }

  close(): void {
    this.#database.close();
  }
}
