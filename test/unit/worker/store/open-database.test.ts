// Opening: what is newer, foreign or damaged is refused and stays as it is; what is older is copied and migrated.
import Database from 'better-sqlite3';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APPLICATION_ID, copyPath, MIGRATIONS, openDatabase } from '../../../../electron/worker/store/open-database.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-open-'));
  path = join(folder, 'library.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Every file of the folder with its bytes. */
const contents = (): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'latin1')]));

function refused(code: string): void {
  const before = contents();
  expect(() => openDatabase(path, 'library', { create: true })).toThrow(expect.objectContaining({ code }) as Error);
  expect(contents()).toEqual(before);
}

const pragma = (database: Database.Database, name: string): unknown => database.pragma(name, { simple: true });

describe('openDatabase', () => {
  it('makes a new file that is ours, durable and secure', () => {
    const database = openDatabase(path, 'library', { create: true });
    expect(pragma(database, 'journal_mode')).toBe('wal');
    expect(pragma(database, 'synchronous')).toBe(2);
    expect(pragma(database, 'secure_delete')).toBe(1);
    expect(pragma(database, 'foreign_keys')).toBe(1);
    expect(pragma(database, 'page_size')).toBe(8192);
    expect(pragma(database, 'application_id')).toBe(APPLICATION_ID.library);
    expect(pragma(database, 'user_version')).toBe(MIGRATIONS.library.length);
    database.close();
    openDatabase(path, 'library', { create: false }).close();
  });

  it('refuses a newer store and touches nothing', () => {
    openDatabase(path, 'library', { create: true }).close();
    const database = new Database(path);
    database.pragma(`user_version = ${String(MIGRATIONS.library.length + 1)}`);
    database.close();
    refused('StoreNewer');
  });

  it('refuses a newer store whose version is still in the WAL', () => {
    openDatabase(path, 'library', { create: true }).close();
    const database = new Database(path);
    database.pragma('wal_autocheckpoint = 0');
    database.pragma(`user_version = ${String(MIGRATIONS.library.length + 7)}`);
    const files = contents();
    database.close();
    // As a process that was killed leaves it; the -shm is no part of the data.
    for (const [name, bytes] of Object.entries(files)) if (!name.endsWith('-shm')) writeFileSync(join(folder, name), bytes, 'latin1');
    expect(Object.keys(contents())).toEqual(['library.db', 'library.db-wal']);
    refused('StoreNewer');
  });

  it('refuses what is no database, what is damaged and what is of another program', () => {
    writeFileSync(path, 'hello, I am a text\n'.repeat(100));
    refused('StoreDamaged');

    rmSync(path);
    const foreign = new Database(path);
    foreign.exec('CREATE TABLE theirs (x)');
    foreign.close();
    refused('StoreDamaged');

    rmSync(path);
    const ours = openDatabase(path, 'library', { create: true });
    const insert = ours.prepare(
      `INSERT INTO lists (name, file, source_path, source_size, source_mtime_ms, state, practice, created_at_ms, encoding, bom, delimiter,
         newline, has_header, guarded, columns_json, address_column, counters_json) VALUES (?, '', '', 0, 0, 'ready', 0, 0, '', 0, '', '', 0, 0, '', 0, '')`,
    );
    for (let row = 0; row < 500; row++) insert.run('x'.repeat(200));
    ours.close();
    const bytes = readFileSync(path);
    bytes.fill(0xab, 8192 * 2, 8192 * 4);
    writeFileSync(path, bytes);
    // SQLite has to look into it, and may leave its -shm and an empty -wal; the file itself is as it was.
    expect(() => openDatabase(path, 'library', { create: true })).toThrow(expect.objectContaining({ code: 'StoreDamaged' }) as Error);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('takes the library for no list and a missing list for damage', () => {
    openDatabase(path, 'library', { create: true }).close();
    expect(() => openDatabase(path, 'list', { create: false })).toThrow(expect.objectContaining({ code: 'StoreDamaged' }) as Error);
    expect(() => openDatabase(join(folder, 'none.db'), 'list', { create: false })).toThrow(/missing or empty/);
    expect(readdirSync(folder)).toEqual(['library.db']);
  });

  it('goes on where a creation died before its first commit', () => {
    new Database(path).pragma('journal_mode = WAL');
    openDatabase(path, 'library', { create: true }).close();
    openDatabase(path, 'library', { create: false }).close();
  });

  it('migrates an older file step by step, after copying it', () => {
    const first = openDatabase(path, 'library', { create: true, migrations: ['CREATE TABLE a (x)'] });
    first.exec("INSERT INTO a VALUES ('kept')");
    first.close();
    const steps = ['CREATE TABLE a (x)', "CREATE TABLE b (y); INSERT INTO b SELECT x || '!' FROM a", 'CREATE TABLE c (z)'];
    const migrated = openDatabase(path, 'library', { create: true, migrations: steps });
    expect(migrated.prepare('SELECT y FROM b').all()).toEqual([{ y: 'kept!' }]);
    expect(pragma(migrated, 'user_version')).toBe(3);
    migrated.close();

    const copy = new Database(copyPath(path, 1), { readonly: true });
    expect(copy.prepare('SELECT x FROM a').all()).toEqual([{ x: 'kept' }]);
    expect(pragma(copy, 'user_version')).toBe(1);
    copy.close();
  });

  it('leaves the old version whole where a migration fails, and can try again', () => {
    openDatabase(path, 'library', { create: true, migrations: ['CREATE TABLE a (x)'] }).close();
    expect(() => openDatabase(path, 'library', { create: true, migrations: ['', 'CREATE TABLE b (y); SELECT nonsense'] })).toThrow();
    const database = openDatabase(path, 'library', { create: true, migrations: ['', 'CREATE TABLE b (y)'] });
    expect(pragma(database, 'user_version')).toBe(2);
    database.close();
  });

  it('says that a folder cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openDatabase(join(folder, 'file', 'library.db'), 'library', { create: true })).toThrow(expect.objectContaining({ code: 'StoreUnwritable' }) as Error);
  });
});
