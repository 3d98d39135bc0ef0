// Failures of SQLite and of the file system in the store, told to people: one place for the whole policy.
// A full disk and a busy file pass with time (retryable); a damaged file is never touched again by us.
// Anything that is no such failure is a defect and stays as it is.
import Database from 'better-sqlite3';
import { UserError } from '../../../shared/errors.ts';

/** The error to throw instead of `error`. `path`: the database or folder that was being used. */
export function storeError(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  const code = error instanceof Database.SqliteError || (error instanceof Error && 'code' in error) ? String(error.code) : '';
  const told = { cause: error };
  // SHMSIZE: the WAL's index could not grow, which only a full disk does (seen on a full tmpfs).
  if (/^SQLITE_FULL|^SQLITE_IOERR_SHMSIZE|^ENOSPC|^EDQUOT/.test(code)) {
    return new UserError('DiskFull', `The disk is full: ${path} could not be written. Nothing is lost; free some space and go on.`, { retryable: true, ...told });
  }
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) {
    return new UserError('StoreDamaged', `${path} is damaged (${code}). It was left as it is.`, told);
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new UserError('StoreInUse', `${path} is in use by another Winnow. Try again when that one is done.`, { retryable: true, ...told });
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^EACCES|^EPERM|^EROFS|^ENOTDIR|^EEXIST|^ENOENT/.test(code)) {
    return new UserError('StoreUnwritable', `${path} cannot be written (${code}). Check the folder and its permissions.`, told);
  }
  if (/^SQLITE_IOERR|^EIO|^EFBIG/.test(code)) {
    return new UserError('StoreUnwritable', `Writing ${path} failed (${code}). Check the disk and go on.`, { retryable: true, ...told });
  }
  return error;
}

/** Runs `action`; failures of the store come out as `UserError`. */
export function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storeError(error, path);
  }
}
