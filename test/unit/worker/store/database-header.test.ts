// The header reader against SQLite itself: what it says is what SQLite would say, with whatever is in the WAL.
import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDatabaseHeader, releaseHeaders } from '../../../../electron/worker/store/database-header.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-header-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A database and its WAL, as a process that was killed leaves them: copied while the writer is still there. */
function killed(name: string, write: (database: Database.Database) => void, pageSize = 4096): string {
  const live = join(folder, `${name}-live.db`);
  const path = join(folder, `${name}.db`);
  const database = new Database(live);
  database.pragma(`page_size = ${String(pageSize)}`);
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 0');
  write(database);
  copyFileSync(live, path);
  copyFileSync(`${live}-wal`, `${path}-wal`);
  database.close();
  return path;
}

function asSqliteSays(path: string): number {
  const copy = `${path}.copy`;
  copyFileSync(path, copy);
  copyFileSync(`${path}-wal`, `${copy}-wal`);
  const database = new Database(copy);
  try {
    return Number(database.pragma('user_version', { simple: true }));
  } finally {
    database.close();
  }
}

describe('readDatabaseHeader', () => {
  it('tells missing, empty and foreign files from databases', () => {
    const path = join(folder, 'x.db');
    expect(readDatabaseHeader(path)).toBe(null);
    writeFileSync(path, '');
    expect(readDatabaseHeader(path)).toBe(null);
    writeFileSync(path, 'not a database');
    expect(readDatabaseHeader(path)).toBe('foreign');
    writeFileSync(path, Buffer.alloc(4096));
    expect(readDatabaseHeader(path)).toBe('foreign');
  });

  it('reads the last committed version out of the WAL, for every page size', () => {
    for (const pageSize of [512, 4096, 8192, 65_536]) {
      const path = killed(`p${String(pageSize)}`, (database) => {
        database.exec('CREATE TABLE t (x); PRAGMA user_version = 3; PRAGMA application_id = 77');
        database.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(20_000));
        database.exec('PRAGMA user_version = 9');
        database.prepare('INSERT INTO t VALUES (?)').run('y'.repeat(20_000));
      }, pageSize);
      expect(readDatabaseHeader(path)).toEqual({ userVersion: 9, applicationId: 77 });
      expect(asSqliteSays(path)).toBe(9);
    }
  });

  it('agrees with SQLite wherever the WAL is cut off or spoilt', () => {
    const path = killed('cut', (database) => {
      database.exec('CREATE TABLE t (x)');
      for (let version = 1; version <= 6; version++) {
        database.exec(`PRAGMA user_version = ${String(version)}`);
        database.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(5_000));
      }
    });
    const wal = readFileSync(`${path}-wal`);
    const seen = new Set<number>();
    for (let size = 0; size <= wal.length; size += 4_001) {
      writeFileSync(`${path}-wal`, wal);
      truncateSync(`${path}-wal`, size);
      const expected = asSqliteSays(path);
      seen.add(expected);
      expect(readDatabaseHeader(path), `cut at ${String(size)}`).toMatchObject({ userVersion: expected });
    }
    for (let at = 5; at < wal.length; at += 7_001) {
      const spoilt = Buffer.from(wal);
      spoilt[at] = (spoilt[at] ?? 0) ^ 0x55;
      writeFileSync(`${path}-wal`, spoilt);
      expect(readDatabaseHeader(path), `spoilt at ${String(at)}`).toMatchObject({ userVersion: asSqliteSays(path) });
    }
    expect(seen.size).toBeGreaterThan(3);
  });

  it('leaves the files as they are', () => {
    const path = killed('still', (database) => database.exec('CREATE TABLE t (x); PRAGMA user_version = 2'));
    const before = [path, `${path}-wal`].map((file) => ({ bytes: readFileSync(file), mtimeMs: statSync(file).mtimeMs }));
    readDatabaseHeader(path);
    const after = [path, `${path}-wal`].map((file) => ({ bytes: readFileSync(file), mtimeMs: statSync(file).mtimeMs }));
    expect(after).toEqual(before);
  });

  it('does not believe a WAL of another database', () => {
    const path = killed('mine', (database) => database.exec('CREATE TABLE t (x); PRAGMA user_version = 2'));
    const fd = openSync(`${path}-wal`, 'r+');
    writeSync(fd, Buffer.from('garbage!'), 0, 8, 16);
    closeSync(fd);
    expect(readDatabaseHeader(path)).toMatchObject({ userVersion: asSqliteSays(path) });
  });
});

describe('reading the header', () => {
  // Closing any descriptor of a file drops the locks that SQLite holds on it in the same process (POSIX).
  it('leaves the locks of connections of this process in force', () => {
    const path = join(folder, 'locked.db');
    const database = new Database(path);
    database.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1); BEGIN');
    expect(database.prepare('SELECT x FROM t').all()).toEqual([{ x: 1 }]);
    expect(readDatabaseHeader(path)).toMatchObject({ userVersion: 0 });
    expect(lockedByAnother(path)).toBe('SQLITE_BUSY');
    database.close();
    releaseHeaders(path);
    expect(lockedByAnother(path)).toBe('locked');
  });

  it('sees another file that has taken the place of one', () => {
    const path = join(folder, 'replaced.db');
    for (const version of [3, 4]) {
      rmSync(path, { force: true });
      const database = new Database(path);
      database.pragma(`user_version = ${String(version)}`);
      database.close();
      expect(readDatabaseHeader(path)).toMatchObject({ userVersion: version });
    }
    rmSync(path);
    expect(readDatabaseHeader(path)).toBeNull();
  });
});

/** What another process is told when it wants the database for itself. */
function lockedByAnother(path: string): string {
  const script = fileURLToPath(new URL('take-exclusively.ts', import.meta.url));
  return execFileSync(process.execPath, [script, path], { encoding: 'utf8' });
}
