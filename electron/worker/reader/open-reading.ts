// Opens the library or a list's file for reading only. By SQLite alone: in this process a database file must not be
// opened and closed by anything else (see database-header). Migrating is the writer's business: a file that it has
// not come to yet is refused, and can be read a moment later.
import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { UserError } from '../../../shared/errors.ts';
import { APPLICATION_ID, MIGRATIONS, type DatabaseKind } from '../store/open-database.ts';
import { openForViewing } from '../store/open-for-viewing.ts';
import { guarded } from '../store/store-error.ts';

/** How long a read waits for a file that is locked altogether, in milliseconds; in WAL mode that is next to never. */
const BUSY_TIMEOUT_MS = 2_000;

/** Throws StoreNewer, StoreDamaged, StoreInUse or StoreUnwritable. */
export function openReading(path: string, kind: DatabaseKind): Database.Database {
  return guarded(path, () => {
    if (!existsSync(path)) throw unusable(path, 'it is missing');
    const database = opened(path);
    try {
      check(path, kind, database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function opened(path: string): Database.Database {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    // The first read says whether the file can be used where it lies.
    database.pragma('application_id');
    return database;
  } catch (error) {
    database?.close();
    return openForViewing(path, error);
  }
}

function check(path: string, kind: DatabaseKind, database: Database.Database): void {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID[kind]) {
    throw unusable(path, `it is no ${kind} of Winnow`);
  }
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS[kind].length) {
    throw new UserError('StoreNewer', `${path} was written by a newer version of Winnow. It was left untouched; update Winnow to open it.`);
  }
  if (version < MIGRATIONS[kind].length) {
    throw new UserError('StoreInUse', `${path} is still being brought up to date. Try again in a moment.`, { retryable: true });
  }
}

function unusable(path: string, what: string): UserError {
  return new UserError('StoreDamaged', `${path} cannot be used: ${what}. It was left as it is.`);
}
