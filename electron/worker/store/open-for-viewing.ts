// Opens a database that lies where nothing can be written (a write-protected folder or medium), so that it can be looked
// at and exported: in memory, because SQLite cannot open a file in WAL mode without a place for its index. Every attempt
// to write fails with SQLITE_READONLY, which the store tells as StoreUnwritable.
import Database from 'better-sqlite3';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../../shared/errors.ts';

/** What is read into memory at most. A list of a million rows takes 160 MB. */
const MAX_BYTES = 512 * 1_048_576;
/** Of the header: whether the file is written and read with a WAL (2) or without (1); SQLite file format 1.3.3. */
const FORMAT_BYTES = [18, 19] as const;

/** `error`: what opening it as usual threw. Rethrows it where that is about something else. Throws StoreUnwritable for a
 *  file that is too large, or that another process has left with its last commits in a WAL. */
export function openForViewing(path: string, error: unknown): Database.Database {
  if (!(error instanceof Database.SqliteError) || !/^SQLITE_(CANTOPEN|READONLY)/.test(error.code) || isWritable(path)) throw error;
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0 || statSync(path).size > MAX_BYTES) {
    throw new UserError('StoreUnwritable', `${path} cannot be looked at where it lies: nothing can be written there. Copy the whole folder to where it can.`, { cause: error });
  }
  // Nobody can have locks on it that closing it here would let go of (see database-header): locks need writing.
  const bytes = readFileSync(path);
  for (const at of FORMAT_BYTES) bytes[at] = 1;
  return new Database(bytes, { readonly: true });
}

function isWritable(path: string): boolean {
  try {
    for (const place of [path, dirname(path)]) accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
