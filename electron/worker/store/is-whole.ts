// Whether a database file that nobody has open is one of ours and sound, as far as SQLite's quick check tells. Asked of
// a copy before it is trusted. Changes nothing.
import Database from 'better-sqlite3';
import { APPLICATION_ID, type DatabaseKind } from './open-database.ts';

/** No other connection may be writing to it. */
export function isWhole(path: string, kind: DatabaseKind): boolean {
  try {
    const database = new Database(path, { readonly: true, fileMustExist: true });
    try {
      if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID[kind]) return false;
      return database.pragma('quick_check(1)', { simple: true }) === 'ok';
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(error.code)) return false;
    throw error;
  }
}
