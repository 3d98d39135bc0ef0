// The copies of the library and of the lists, in `backups/` beside them: complete databases without a WAL, named by what
// they are of and when. A copy appears whole or not at all (made under another name, checked, on disk, renamed).
// Never holds what the library only remembers to save questions (DNS answers, verdicts of other lists).
import Database from 'better-sqlite3';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ListId } from '../interface.ts';
import type { BackupInfo } from '../store-care.ts';
import { syncFile, syncFolder } from '../sync-file.ts';
import { eraseFile } from './erase-file.ts';
import { readTimeStamp, timeStamp } from './time-stamp.ts';

/** Copied at a time, 2 MB with pages of 8 KiB: a few milliseconds that another call waits. */
const SLICE_PAGES = 256;
/** A copy up to this size is checked when it is made (0.2 s for 100 MB); a larger one when it is needed. */
const CHECKED_BYTES = 256 * 1_048_576;
const PART = '.part';

export interface Backup extends BackupInfo {
  /** Absolute. */
  readonly path: string;
}

export class Backups {
  readonly #dir: string;

  /** `storeDir`: absolute path of the store's folder. */
  constructor(storeDir: string) {
    this.#dir = join(storeDir, 'backups');
  }

  /** All there are, the newest first. */
  all(): readonly Backup[] {
    return this.#files().flatMap((name) => this.#read(name)).sort((a, b) => b.atMs - a.atMs);
  }

  /** Null: of the library. */
  of(listId: ListId | null): readonly Backup[] {
    return this.all().filter((backup) => backup.listId === listId);
  }

  /** Copies an open database, in slices. Other calls may write to it by the same connection meanwhile; one that closes it
   *  makes the copy fail. Rejects with SQLite's and the file system's errors, and leaves nothing then. */
  async make(listId: ListId | null, database: Database.Database, nowMs: number): Promise<Backup> {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    const path = join(this.#dir, `${subjectOf(listId)}-${timeStamp(nowMs)}.db`);
    const part = `${path}${PART}`;
    try {
      await database.backup(part, { progress: () => SLICE_PAGES });
      finish(part, listId === null);
      syncFile(part);
      renameSync(part, path);
      syncFolder(this.#dir);
    } catch (error) {
      for (const suffix of ['', '-wal', '-shm', '-journal']) eraseFile(`${part}${suffix}`);
      throw error;
    }
    return { listId, atMs: nowMs, bytes: statSync(path).size, path };
  }

  /** Leaves the newest. */
  prune(listId: ListId | null, kept: number): void {
    for (const { path } of this.of(listId).slice(kept)) eraseFile(path);
  }

  /** The newest good copy, put at `path`; null if there is none. `makeRoom`: takes away what lies there. Throws file
   *  system errors. */
  restore(listId: ListId | null, path: string, isGood: (path: string) => boolean, makeRoom: () => void): Backup | null {
    for (const backup of this.of(listId)) {
      const part = `${path}${PART}`;
      copyFileSync(backup.path, part);
      // Judged as a copy: looking must not change the backup.
      if (isGood(part)) {
        syncFile(part);
        makeRoom();
        renameSync(part, path);
        syncFolder(dirname(path));
        return backup;
      }
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${part}${suffix}`, { force: true });
    }
    return null;
  }

  /** All of one database, half-made ones too. */
  erase(listId: ListId | null): void {
    for (const name of this.#files()) if (name.startsWith(`${subjectOf(listId)}-`)) eraseFile(join(this.#dir, name));
  }

  #files(): readonly string[] {
    try {
      return readdirSync(this.#dir);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }

  #read(name: string): Backup[] {
    const parts = /^(library|list-(\d+))-(\d{4}-.+)\.db$/.exec(name);
    const atMs = readTimeStamp(parts?.[3] ?? '');
    const path = join(this.#dir, name);
    const stats = atMs === null ? undefined : statSync(path, { throwIfNoEntry: false });
    if (atMs === null || stats === undefined) return [];
    return [{ listId: parts?.[2] === undefined ? null : Number(parts[2]), atMs, bytes: stats.size, path }];
  }
}

function subjectOf(listId: ListId | null): string {
  return listId === null ? 'library' : `list-${String(listId)}`;
}

/** Makes one plain file of the copy, and looks whether it is whole. */
function finish(part: string, isLibrary: boolean): void {
  const database = new Database(part);
  try {
    database.pragma('journal_mode = DELETE');
    if (isLibrary) {
      database.pragma('secure_delete = ON');
      database.exec('DELETE FROM dns_cache; DELETE FROM known_verdicts; UPDATE known_count SET n = 0; VACUUM');
    }
    if (statSync(part).size > CHECKED_BYTES) return;
    const result = String(database.pragma('quick_check(1)', { simple: true }));
    if (result !== 'ok') throw new Error(`the copy is not whole: ${result}`);
  } finally {
    database.close();
  }
}
