// Opens the library or a list's file: refuses what is newer, foreign or damaged before anything is written,
// migrates what is older (a copy is made first), and sets how SQLite works for us.
// WAL, `synchronous=FULL` (an acknowledged verdict survives a power cut), `secure_delete` (deleted cells are zeroed).
import Database from 'better-sqlite3';
import { existsSync, rmSync, statSync } from 'node:fs';
import { UserError } from '../../../shared/errors.ts';
import { readDatabaseHeader } from './database-header.ts';
import { LIBRARY_001 } from './migrations/library-001.ts';
import { LIBRARY_002 } from './migrations/library-002.ts';
import { LIBRARY_003 } from './migrations/library-003.ts';
import { LIBRARY_004 } from './migrations/library-004.ts';
import { LIBRARY_005 } from './migrations/library-005.ts';
import { LIBRARY_006 } from './migrations/library-006.ts';
import { LIBRARY_007 } from './migrations/library-007.ts';
import { LIST_001 } from './migrations/list-001.ts';
import { LIST_002 } from './migrations/list-002.ts';
import { LIST_003 } from './migrations/list-003.ts';
import { LIST_004 } from './migrations/list-004.ts';
import { LIST_005 } from './migrations/list-005.ts';
import { LIST_006 } from './migrations/list-006.ts';
import { LIST_007 } from './migrations/list-007.ts';
import { openForViewing } from './open-for-viewing.ts';
import { guarded } from './store-error.ts';

export type DatabaseKind = 'library' | 'list';

/** Numbered from 1; `user_version` is how many have run. */
export const MIGRATIONS: Readonly<Record<DatabaseKind, readonly string[]>> = {
  library: [LIBRARY_001, LIBRARY_002, LIBRARY_003, LIBRARY_004, LIBRARY_005, LIBRARY_006, LIBRARY_007],
  list: [LIST_001, LIST_002, LIST_003, LIST_004, LIST_005, LIST_006, LIST_007],
};

/** "Winl" and "Wins" in ASCII, in the header of the files (SQLite's application id). */
export const APPLICATION_ID: Readonly<Record<DatabaseKind, number>> = { library: 0x57696e6c, list: 0x57696e73 };

/** How long a writer waits for another process of ours, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;
/** Measured for wide rows: 8-16 KiB pages load fastest. Only counts for a new file. */
const PAGE_BYTES = 8_192;

export interface OpenOptions {
  /** A missing file is made. */
  readonly create: boolean;
  /** Looks whether a list's file is sound before anything is written; the library's always is looked at. */
  readonly check?: boolean;
  readonly migrations?: readonly string[];
}

/** Throws StoreNewer, StoreDamaged, StoreInUse, StoreUnwritable or DiskFull. A missing file is made if `create`. Where
 *  nothing can be written it is opened for reading only (`readonly`). */
export function openDatabase(path: string, kind: DatabaseKind, options: OpenOptions): Database.Database {
  const migrations = options.migrations ?? MIGRATIONS[kind];
  return guarded(path, () => {
    const found = readDatabaseHeader(path);
    if (found === 'foreign') throw damaged(path, 'it is no database');
    if (found === null && !options.create) throw damaged(path, 'it is missing or empty');
    if (found !== null) {
      checkOurs(path, kind, found.applicationId, options.create);
      if (found.userVersion > migrations.length) throw newer(path, found.userVersion, migrations.length);
    }
    try {
      if (found !== null && (kind === 'library' || options.check === true)) checkIntegrity(path);
      return openedForWriting(path, kind, migrations, found === null);
    } catch (error) {
      // Faults row 62: where nothing can be written it can be looked at. An older version would have to be written.
      if (found?.userVersion !== migrations.length) throw error;
      return openForViewing(path, error);
    }
  });
}

function openedForWriting(path: string, kind: DatabaseKind, migrations: readonly string[], isNew: boolean): Database.Database {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (isNew) database.pragma(`page_size = ${String(PAGE_BYTES)}`);
    migrate(path, kind, database, migrations);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A process that ends as it should leaves no WAL with something in it. (Another one may be at work, too.) */
export function wasLeftOpen(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Brings the file to the newest version, each step in its own transaction, after copying it. */
function migrate(path: string, kind: DatabaseKind, database: Database.Database, migrations: readonly string[]): void {
  const start = versionOf(database);
  if (start >= migrations.length) return;
  if (start > 0) {
    const copy = copyPath(path, start);
    rmSync(copy, { force: true });
    // A consistent copy with what the WAL holds; the file itself is only read.
    database.prepare('VACUUM INTO ?').run(copy);
  }
  for (const [index, sql] of migrations.entries()) {
    database
      .transaction(() => {
        // Another process may have been first: the version is read again under the write lock.
        if (versionOf(database) !== index) return;
        database.exec(sql);
        database.pragma(`application_id = ${String(APPLICATION_ID[kind])}`);
        database.pragma(`user_version = ${String(index + 1)}`);
      })
      .immediate();
  }
}

/** Where the copy lies that is made before a file of `version` is migrated. */
export function copyPath(path: string, version: number): string {
  return `${path}.v${String(version)}`;
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function checkOurs(path: string, kind: DatabaseKind, applicationId: number, create: boolean): void {
  if (applicationId === APPLICATION_ID[kind]) return;
  // A creation that died half way has left a database with nothing in it.
  if (create && applicationId === 0 && isBlank(path)) return;
  throw damaged(path, `it is no ${kind} of Winnow`);
}

function isBlank(path: string): boolean {
  return withReader(path, (database) => database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined);
}

/** The library is small. A list of a million rows (157 MB) takes 0.3 s, one of ten million 3.5 s: those are looked at where
 *  there is a reason to doubt (see Store), and are checked by what is read of them otherwise. */
function checkIntegrity(path: string): void {
  const result = withReader(path, (database) => database.pragma('quick_check(1)', { simple: true }));
  if (result !== 'ok') throw damaged(path, String(result));
}

/** Reads without writing: a connection that may write would put the WAL into the file when it closes. */
function withReader<T>(path: string, read: (database: Database.Database) => T): T {
  // A journal that is left from a creation that died can only be rolled back by a writer.
  const database = new Database(path, { readonly: !existsSync(`${path}-journal`), timeout: BUSY_TIMEOUT_MS });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

function damaged(path: string, what: string): UserError {
  return new UserError('StoreDamaged', `${path} cannot be used: ${what}. It was left as it is.`);
}

function newer(path: string, version: number, supported: number): UserError {
  return new UserError(
    'StoreNewer',
    `${path} was written by a newer version of Winnow (store version ${String(version)}, this one knows ${String(supported)}). It was left untouched; update Winnow to open it.`,
  );
}
