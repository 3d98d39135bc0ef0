// Faults row 64: what is damaged, or no database at all, is set aside with its -wal and -shm, never deleted, and the last
// copy can be put in its place; the library is made whole again from its copy and the lists' own files.
import { closeSync, copyFileSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncStore } from '../../../lab/sync-store.ts';
import { batch, TemporaryStore, verdict } from './temporary-store.ts';

const DAY_MS = 86_400_000;
const BACKUP = { nowMs: Date.UTC(2026, 10, 20), kept: 3, maxListBytes: 100_000_000 };

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

const fileOf = (listId: number): string => join(temporary.dir, 'lists', `${String(listId)}.db`);
const damagedFiles = (): string[] => (existsSync(join(temporary.dir, 'damaged')) ? readdirSync(join(temporary.dir, 'damaged')).sort() : []);
const library = (): string => join(temporary.dir, 'library.db');
const DAMAGED = expect.objectContaining({ code: 'StoreDamaged' }) as Error;

/** A list with verdicts, and copies of it and the library. */
async function listWithBackup(): Promise<number> {
  const id = temporary.importAddresses(['a@one.example', 'b@one.example', 'c@two.example']);
  temporary.claim(id);
  temporary.store.commit(batch(id, [verdict(1), verdict(2)], { releasedDomainIds: [1, 2] }));
  await temporary.store.care.backUp(BACKUP);
  return id;
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

/** As after a process that died with the file open: its WAL is there, with a commit in it. */
function leaveOpen(path: string): void {
  const database = new Database(path);
  database.pragma('wal_autocheckpoint = 0');
  database.exec("INSERT OR REPLACE INTO meta VALUES ('test', 'x')");
  for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${path}${suffix}.copy`);
  database.close();
  for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}.copy`, `${path}${suffix}`);
}

describe('a damaged list', () => {
  it('that is no database is set aside, shown with what was last known, and restored', async () => {
    const id = await listWithBackup();
    const other = temporary.importAddresses(['z@other.example']);
    temporary.store.setState(id, 'paused');
    temporary.store.close();
    writeFileSync(fileOf(id), 'this is no database');
    writeFileSync(`${fileOf(id)}-wal`, 'nor is this a WAL');
    writeFileSync(`${fileOf(id)}-shm`, 'shm');
    temporary.store = new SyncStore(temporary.dir);

    const [, shown] = temporary.store.lists();
    expect(shown).toMatchObject({ id, counters: { rows: 3, byState: { done: 2, pending: 1 } }, backupAtMs: BACKUP.nowMs });
    expect(shown?.damage).toMatch(/^The file of the list "list\.csv" is damaged\. It was set aside as .*damaged/);
    expect(damagedFiles().map((name) => name.replace(/\d{4}-.*Z/, 'T'))).toEqual([`${String(id)}-T.db`, `${String(id)}-T.db-shm`, `${String(id)}-T.db-wal`]);
    expect(readFileSync(join(temporary.dir, 'damaged', damagedFiles()[0] ?? ''), 'utf8')).toBe('this is no database');
    expect(existsSync(fileOf(id))).toBe(false);
    expect(() => temporary.store.counters(id)).toThrow(DAMAGED);
    // One damaged file harms one list.
    expect(temporary.store.counters(other).rows).toBe(1);
    // Known also to the next start, which has no file to find it by.
    temporary.reopen();
    expect(temporary.store.lists()[1]?.damage).toContain('damaged');

    expect(temporary.store.care.restoreBackup(id)).toEqual({ atMs: BACKUP.nowMs, setAsideAs: null });
    expect(temporary.store.lists()[1]).not.toHaveProperty('damage');
    expect(temporary.store.list(id)).toMatchObject({ state: 'paused', counters: { rows: 3, byState: { done: 2, pending: 1 } } });
    expect(temporary.claim(id).flatMap(({ addresses }) => addresses.map(({ address }) => address))).toEqual(['c@two.example']);
  });

  it('with spoilt pages is found after a crash, and not looked for after a clean end', async () => {
    const id = await listWithBackup();
    temporary.store.close();
    const pages = statSync(fileOf(id)).size / 8_192;
    overwrite(fileOf(id), (pages - 1) * 8_192, Buffer.alloc(8_192, 0x5a));
    temporary.store = new SyncStore(temporary.dir);
    // The counters are on another page: nothing is wrong with what is read.
    expect(temporary.store.counters(id).rows).toBe(3);
    temporary.store.close();
    leaveOpen(fileOf(id));
    temporary.store = new SyncStore(temporary.dir);
    expect(() => temporary.store.counters(id)).toThrow(DAMAGED);
    expect(damagedFiles()).toHaveLength(3);
    expect(temporary.store.care.restoreBackup(id).atMs).toBe(BACKUP.nowMs);
    expect(temporary.store.counters(id).byState.done).toBe(2);
  });

  it('is looked at again after a read that failed', async () => {
    const id = await listWithBackup();
    temporary.store.close();
    const database = new Database(fileOf(id));
    const page = Number(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'domains_open'").pluck().get());
    database.close();
    overwrite(fileOf(id), (page - 1) * 8_192, Buffer.alloc(8_192, 0x5a));
    temporary.store = new SyncStore(temporary.dir);
    expect(() => temporary.claim(id)).toThrow(DAMAGED);
    expect(damagedFiles()).toEqual([]);
    temporary.store.unlock(id);
    expect(() => temporary.claim(id)).toThrow(/was set aside/);
    expect(damagedFiles().length).toBeGreaterThan(0);
  });

  it('stays where it is while another process works on it', async () => {
    const id = await listWithBackup();
    temporary.store.close();
    const other = new SyncStore(temporary.dir);
    other.lock(id);
    writeFileSync(fileOf(id), 'this is no database');
    temporary.store = new SyncStore(temporary.dir);
    expect(() => temporary.store.counters(id)).toThrow(DAMAGED);
    expect(damagedFiles()).toEqual([]);
    expect(() => temporary.store.care.restoreBackup(id)).toThrow(expect.objectContaining({ code: 'StoreInUse' }) as Error);
    other.close();
  });

  it('with no good copy is left alone, and says so', async () => {
    const id = await listWithBackup();
    const [backup] = readdirSync(join(temporary.dir, 'backups')).filter((name) => name.startsWith('list-'));
    overwrite(join(temporary.dir, 'backups', backup ?? ''), 0, Buffer.alloc(20_000, 1));
    const before = temporary.store.counters(id);
    expect(() => temporary.store.care.restoreBackup(id)).toThrow(expect.objectContaining({ code: 'NoBackup' }) as Error);
    expect(temporary.store.counters(id)).toEqual(before);
    expect(damagedFiles()).toEqual([]);
    expect(readdirSync(join(temporary.dir, 'lists')).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('that is restored while it is sound is set aside too', async () => {
    const id = await listWithBackup();
    temporary.claim(id);
    temporary.store.commit(batch(id, [verdict(3)], { releasedDomainIds: [2] }));
    const { setAsideAs } = temporary.store.care.restoreBackup(id);
    expect(temporary.store.counters(id).byState).toMatchObject({ done: 2, pending: 1 });
    const aside = new Database(setAsideAs ?? '', { readonly: true });
    expect(aside.prepare('SELECT count(*) FROM verdicts').pluck().get()).toBe(3);
    aside.close();
  });
});

describe('copies', () => {
  it('are made once a day, of what has changed, and only the newest stay', async () => {
    const id = await listWithBackup();
    const of = (listId: number | null) => temporary.store.care.backups().filter((backup) => backup.listId === listId).map(({ atMs }) => (atMs - BACKUP.nowMs) / DAY_MS);
    const at = async (days: number) => temporary.store.care.backUp({ ...BACKUP, kept: 2, nowMs: BACKUP.nowMs + days * DAY_MS });
    expect((await at(0.1)).made).toEqual([]);
    // Files change now, long after these days; so both have changed at each.
    expect((await at(1)).made.map(({ listId }) => listId)).toEqual([null, id]);
    await at(2);
    expect([of(null), of(id)]).toEqual([[2, 1], [2, 1]]);
    const later = Date.now() + DAY_MS;
    await temporary.store.care.backUp({ ...BACKUP, nowMs: later });
    expect((await temporary.store.care.backUp({ ...BACKUP, nowMs: later + 2 * DAY_MS })).made).toEqual([]);
    expect(await temporary.store.care.backUp({ ...BACKUP, nowMs: later + 9 * DAY_MS, kept: 0 })).toEqual({ made: [], tooLarge: [], failed: [] });
    expect((await temporary.store.care.backUp({ ...BACKUP, nowMs: later + 9 * DAY_MS, maxListBytes: 1_000 })).tooLarge).toEqual([id]);
  });

  it('hold what was committed while they were made, and commits go on meanwhile', async () => {
    const rows = 20_000;
    const id = temporary.importAddresses(Array.from({ length: rows }, (_, index) => `user${String(index)}@d${String(index % 50)}.example`));
    const copying = temporary.store.care.backUp(BACKUP);
    const state = { done: false };
    let commits = 0;
    void copying.then(() => { state.done = true; });
    while (!state.done && commits < 200) {
      const claims = temporary.claim(id, { maxDomains: 1 });
      const [claim] = claims;
      if (claim === undefined) break;
      temporary.store.commit(batch(id, claim.addresses.map(({ rowId }) => verdict(rowId)), { releasedDomainIds: [claim.domainId] }));
      commits++;
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    const { made, failed } = await copying;
    expect(failed).toEqual([]);
    expect(made).toHaveLength(2);
    expect(commits).toBeGreaterThan(1);
    const name = readdirSync(join(temporary.dir, 'backups')).find((file) => file.startsWith('list-')) ?? '';
    const copy = new Database(join(temporary.dir, 'backups', name), { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(Number(copy.prepare('SELECT count(*) FROM verdicts').pluck().get()) % 100).toBe(0);
    expect(copy.prepare("SELECT n FROM counters WHERE name = 'state:done'").pluck().get() ?? 0).toBe(copy.prepare('SELECT count(*) FROM verdicts').pluck().get());
    copy.close();
    expect(statSync(join(temporary.dir, 'backups')).mode & 0o077).toBe(0);
  });

  it('of the library hold no DNS answers and no remembered verdicts', async () => {
    temporary.store.dnsCacheSet([{ key: 'MX secretdomain.example', answer: '{}', expiresAtMs: Date.now() + DAY_MS }]);
    await temporary.store.care.backUp(BACKUP);
    const name = readdirSync(join(temporary.dir, 'backups')).find((file) => file.startsWith('library-')) ?? '';
    expect(readFileSync(join(temporary.dir, 'backups', name)).includes('secretdomain')).toBe(false);
  });
});

describe('a damaged library', () => {
  const spoil = (): void => {
    temporary.store.close();
    writeFileSync(library(), Buffer.alloc(30_000, 0x41));
  };

  it('is left as it is until somebody decides', async () => {
    await listWithBackup();
    spoil();
    expect(() => new SyncStore(temporary.dir)).toThrow(DAMAGED);
    expect(readFileSync(library()).every((byte) => byte === 0x41)).toBe(true);
    temporary.store = new SyncStore(temporary.dir, { recover: true });
    expect(damagedFiles()).toHaveLength(1);
  });

  it('comes back from its copy, with lists that are newer than it, and without those deleted since', async () => {
    const id = await listWithBackup();
    const newer = temporary.importAddresses(['n@new.example']);
    spoil();
    temporary.store = new SyncStore(temporary.dir, { recover: true });
    expect(temporary.store.lists().map((list) => [list.id, list.counters.rows, list.state])).toEqual([[newer, 1, 'paused'], [id, 3, 'ready']]);
    expect(temporary.claim(newer)[0]?.addresses[0]?.address).toBe('n@new.example');
    // The next list takes no number that another has had.
    expect(temporary.importAddresses(['m@new.example'])).toBeGreaterThan(newer);
  });

  it('is made anew from the lists where there is no copy', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@one.example']);
    const before = temporary.store.list(id);
    spoil();
    temporary.store = new SyncStore(temporary.dir, { recover: true });
    const { state, ...rest } = temporary.store.list(id);
    expect(state).toBe('paused');
    expect({ ...rest, state: before.state }).toEqual(before);
  });

  it('that can be read is not touched', async () => {
    const id = await listWithBackup();
    temporary.store.close();
    temporary.store = new SyncStore(temporary.dir, { recover: true });
    expect(temporary.store.list(id).state).toBe('ready');
    expect(damagedFiles()).toEqual([]);
  });
});
