// The library: which lists there are and how each was read. Rows, verdicts and counters are in the lists' own files.
// Lists that are being imported or deleted, and hidden ones, are there, but nobody sees them.
import type Database from 'better-sqlite3';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { Counters, ListId, ListInfo, ListState } from '../interface.ts';
import { NO_COUNTERS } from './counter-table.ts';
import { DnsCacheTable } from './dns-cache-table.ts';
import { recordOf, VISIBLE, type ListFacts, type ListRecord, type ListRow } from './list-record.ts';
import { openDatabase } from './open-database.ts';

export interface NewList extends Omit<ListInfo, 'id'>, ListFacts {
  readonly sourceSize: number;
  readonly sourceMtimeMs: number;
}

export class Library {
  readonly dnsCache: DnsCacheTable;
  readonly #dir: string;
  readonly #database: Database.Database;

  /** `dir`: absolute path of the store's folder, which exists. Throws what `openDatabase` throws. */
  constructor(dir: string) {
    this.#dir = dir;
    this.#database = openDatabase(join(dir, 'library.db'), 'library', { create: true });
    this.dnsCache = new DnsCacheTable(this.#database);
  }

  /** A new list in state `importing`; its file is not there yet. `beforeVisible` takes its lock: a process that opens the
   *  store just then must not take the list for the remains of one that died. */
  add(list: NewList, beforeVisible: (record: ListRecord) => void): ListRecord {
    const insert = this.#database.prepare(
      `INSERT INTO lists (name, file, source_path, source_size, source_mtime_ms, state, practice, created_at_ms, encoding, bom,
         delimiter, newline, has_header, guarded, columns_json, address_column, counters_json)
       VALUES (?, '', ?, ?, ?, 'importing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const name = this.#database.prepare("UPDATE lists SET file = 'lists/' || id || '.db' WHERE id = ?");
    return this.#database.transaction(() => {
      const { lastInsertRowid } = insert.run(
        list.name, list.sourcePath, list.sourceSize, list.sourceMtimeMs, Number(list.practice), list.createdAtMs, list.encoding, Number(list.bom),
        list.delimiter, list.newline, Number(list.hasHeader), Number(list.guarded), JSON.stringify(list.columns), list.addressColumn,
        JSON.stringify(NO_COUNTERS),
      );
      name.run(lastInsertRowid);
      const record = recordOf(this.#dir, this.#row(Number(lastInsertRowid)));
      beforeVisible(record);
      return record;
    })();
  }

  /** Runs `work` with the ids of all lists there are, in whatever state, while no process can add one. */
  whileNoneIsAdded(work: (known: ReadonlySet<ListId>) => void): void {
    const ids = this.#database.prepare<[], number>('SELECT id FROM lists').pluck();
    this.#database
      .transaction(() => {
        work(new Set(ids.all()));
      })
      .immediate();
  }

  /** The import is complete: the list appears. */
  finishImport(listId: ListId, columns: readonly string[], counters: Counters): ListRecord {
    this.#database
      .prepare("UPDATE lists SET state = 'ready', columns_json = ?, counters_json = ? WHERE id = ?")
      .run(JSON.stringify(columns), JSON.stringify(counters), listId);
    return this.get(listId);
  }

  /** Newest first. */
  all(): readonly ListRecord[] {
    return this.#rows(VISIBLE).map((row) => recordOf(this.#dir, row));
  }

  /** Lists whose import or deletion never came to its end, or is under way in another process. */
  unfinished(): readonly ListRecord[] {
    return this.#rows("state IN ('importing', 'deleting')").map((row) => recordOf(this.#dir, row));
  }

  /** Hidden before `beforeMs` (epoch milliseconds). */
  hidden(beforeMs: number): readonly ListRecord[] {
    const rows = this.#rows("state NOT IN ('importing', 'deleting') AND hidden_at_ms IS NOT NULL");
    return rows.filter((row) => (row.hidden_at_ms ?? 0) < beforeMs).map((row) => recordOf(this.#dir, row));
  }

  /** Throws ListNotFound. */
  get(listId: ListId): ListRecord {
    const record = this.all().find((list) => list.id === listId);
    if (record === undefined) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
    return record;
  }

  setState(listId: ListId, state: ListState | 'deleting', counters: Counters): void {
    this.#database.prepare('UPDATE lists SET state = ?, counters_json = ? WHERE id = ?').run(state, JSON.stringify(counters), listId);
  }

  /** `atMs`: epoch milliseconds; null: to be seen again. */
  setHidden(listId: ListId, atMs: number | null): void {
    this.#database.prepare('UPDATE lists SET hidden_at_ms = ? WHERE id = ?').run(atMs, listId);
  }

  remove(listId: ListId): void {
    this.#database.prepare('DELETE FROM lists WHERE id = ?').run(listId);
  }

  close(): void {
    this.#database.close();
  }

  #rows(where: string): ListRow[] {
    return this.#database.prepare<[], ListRow>(`SELECT * FROM lists WHERE ${where} ORDER BY id DESC`).all();
  }

  #row(listId: ListId): ListRow {
    const row = this.#database.prepare<[number], ListRow>('SELECT * FROM lists WHERE id = ?').get(listId);
    if (row === undefined) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
    return row;
  }
}
