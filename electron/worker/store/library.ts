// The library: which lists there are and how each was read. Rows, verdicts and counters are in the lists' own files.
// Lists that are being imported or deleted, and hidden ones, are there, but nobody sees them.
import type Database from 'better-sqlite3';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { Counters, ListId, ListInfo, ListState } from '../interface.ts';
import { NO_COUNTERS } from './counter-table.ts';
import { DailyCountTable } from './daily-count-table.ts';
import { DnsCacheTable } from './dns-cache-table.ts';
import { JobTable } from './job-table.ts';
import { KnownVerdictTable } from './known-verdict-table.ts';
import { recordOf, VISIBLE, type ListFacts, type ListRecord, type ListRow } from './list-record.ts';
import { openDatabase } from './open-database.ts';

export interface NewList extends Omit<ListInfo, 'id'>, ListFacts {
  readonly sourceSize: number;
  readonly sourceMtimeMs: number;
  /** What makes two of its rows the same; kept in the list's own file. Absent: the address. */
  readonly duplicatesBy?: 'address' | 'mailbox';
}

export class Library {
  readonly dnsCache: DnsCacheTable;
  readonly dailyCounts: DailyCountTable;
  readonly knownVerdicts: KnownVerdictTable;
  readonly jobs: JobTable;
  readonly #dir: string;
  readonly #database: Database.Database;

  /** `dir`: absolute path of the store's folder, which exists. Throws what `openDatabase` throws. */
  constructor(dir: string) {
    this.#dir = dir;
    this.#database = openDatabase(join(dir, 'library.db'), 'library', { create: true });
    this.dnsCache = new DnsCacheTable(this.#database);
    this.dailyCounts = new DailyCountTable(this.#database);
    this.knownVerdicts = new KnownVerdictTable(this.#database);
    this.jobs = new JobTable(this.#database);
  }

  /** For a copy of it. */
  get database(): Database.Database {
    return this.#database;
  }

  /** A new list in state `importing`; its file is not there yet. `beforeVisible` takes its lock: a process that opens the
   *  store just then must not take the list for the remains of one that died. */
  add(list: NewList, beforeVisible: (record: ListRecord) => void): ListRecord {
    const insert = this.#database.prepare(
      `INSERT INTO lists (name, file, source_path, source_size, source_mtime_ms, state, practice, created_at_ms, changed_at_ms, encoding, bom,
         delimiter, newline, has_header, guarded, columns_json, address_column, counters_json)
       VALUES (?, '', ?, ?, ?, 'importing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const name = this.#database.prepare("UPDATE lists SET file = 'lists/' || id || '.db' WHERE id = ?");
    return this.#database.transaction(() => {
      const { lastInsertRowid } = insert.run(
        list.name, list.sourcePath, list.sourceSize, list.sourceMtimeMs, Number(list.practice), list.createdAtMs, list.createdAtMs, list.encoding, Number(list.bom),
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
    this.#database
      .transaction(() => {
        work(new Set(this.everyId()));
      })
      .immediate();
  }

  /** The import is complete: the list appears. */
  finishImport(listId: ListId, columns: readonly string[], counters: Counters): ListRecord {
    this.#database
      .prepare("UPDATE lists SET state = 'ready', columns_json = ?, counters_json = ? WHERE id = ?")
      .run(JSON.stringify(columns), JSON.stringify(counters), listId);
    // Into the file itself: a list that is still being imported by all that a damaged WAL leaves is erased as half a list,
    // whatever verdicts it has by then.
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
    return this.get(listId);
  }

  /** Lists that are complete appear, all of them at once. */
  finishAll(lists: readonly { readonly listId: ListId; readonly columns: readonly string[]; readonly counters: Counters; readonly state: ListState }[]): void {
    const finish = this.#database.prepare('UPDATE lists SET state = ?, columns_json = ?, counters_json = ? WHERE id = ?');
    this.#database.transaction(() => {
      for (const { listId, columns, counters, state } of lists) finish.run(state, JSON.stringify(columns), JSON.stringify(counters), listId);
    })();
    // See `finishImport`.
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
  }

  setColumns(listId: ListId, columns: readonly string[]): void {
    this.#database.prepare('UPDATE lists SET columns_json = ? WHERE id = ?').run(JSON.stringify(columns), listId);
  }

  /** Newest first. */
  all(): readonly ListRecord[] {
    return this.#rows(VISIBLE).map((row) => recordOf(this.#dir, row));
  }

  /** Of all lists there are, in whatever state. */
  everyId(): readonly ListId[] {
    return this.#database.prepare<[], number>('SELECT id FROM lists').pluck().all();
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
    this.#database
      .prepare('UPDATE lists SET state = ?, counters_json = ?, changed_at_ms = ?, told_at_ms = NULL WHERE id = ?')
      .run(state, JSON.stringify(counters), Date.now(), listId);
  }

  /** Why its file was set aside; null: it is whole again. */
  setDamage(listId: ListId, damage: string | null): void {
    this.#database.prepare('UPDATE lists SET damage = ? WHERE id = ?').run(damage, listId);
  }

  /** When it was first told that the list, or its verdicts, are to be forgotten (epoch milliseconds). */
  setTold(listId: ListId, atMs: number | null): void {
    this.#database.prepare('UPDATE lists SET told_at_ms = ? WHERE id = ?').run(atMs, listId);
  }

  addReused(listId: ListId, rows: number): void {
    this.#database.prepare('UPDATE lists SET reused = reused + ? WHERE id = ?').run(rows, listId);
  }

  /** Its verdicts were forgotten. */
  setForgotten(listId: ListId, counters: Counters): void {
    this.#database.prepare("UPDATE lists SET state = 'ready', counters_json = ?, reused = 0, told_at_ms = NULL WHERE id = ?").run(JSON.stringify(counters), listId);
  }

  /** A list whose file is there and that this library does not know: it is older than the file. */
  adopt(listId: ListId, list: NewList, counters: Counters): void {
    this.#database
      .prepare(
        `INSERT INTO lists (id, name, file, source_path, source_size, source_mtime_ms, state, practice, created_at_ms, changed_at_ms, encoding, bom,
           delimiter, newline, has_header, guarded, columns_json, address_column, counters_json)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        listId, list.name, `lists/${String(listId)}.db`, list.sourcePath, list.sourceSize, list.sourceMtimeMs, counters.byState.pending > 0 ? 'paused' : 'done',
        Number(list.practice), list.createdAtMs, Date.now(), list.encoding, Number(list.bom), list.delimiter, list.newline, Number(list.hasHeader),
        Number(list.guarded), JSON.stringify(list.columns), list.addressColumn, JSON.stringify(counters),
      );
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
