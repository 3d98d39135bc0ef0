// Lists as a whole: locks, deletion, what died half way, damage to one of them, and what is told of each.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncStore } from '../../../lab/sync-store.ts';
import { batch, TemporaryStore, verdict } from './temporary-store.ts';

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;
const listFiles = (): string[] => readdirSync(join(temporary.dir, 'lists')).sort();

describe('lists', () => {
  it('are shown newest first with their counters and state', () => {
    const first = temporary.importAddresses(['a@one.example']);
    const second = temporary.import('x;y\r\n1;b@one.example\r\n', { name: 'Second', practice: true }).list.id;
    temporary.store.setState(first, 'paused');
    temporary.reopen();
    expect(temporary.store.lists().map(({ id, name, state, practice, delimiter, columns, addressColumn }) =>
      ({ id, name, state, practice, delimiter, columns, addressColumn }))).toEqual([
      { id: second, name: 'Second', state: 'ready', practice: true, delimiter: ';', columns: ['x', 'y'], addressColumn: 1 },
      { id: first, name: 'list.csv', state: 'paused', practice: false, delimiter: ',', columns: ['email'], addressColumn: 0 },
    ]);
    expect(temporary.store.list(first).counters.rows).toBe(1);
  });

  it('that do not exist are told so, whatever is asked', () => {
    const { store } = temporary;
    for (const call of [
      () => store.list(7), () => store.lock(7), () => store.counters(7), () => store.schedule(7), () => temporary.claim(7),
      () => store.commit(batch(7, [])), () => store.deleteList(7), () => store.exportList({ listId: 7, outPath: join(temporary.folder, 'o') }),
      () => store.setState(7, 'done'),
    ]) expect(call).toThrow(failing('ListNotFound'));
  });

  it('never get the number of a deleted one', () => {
    const first = temporary.importAddresses(['a@one.example']);
    temporary.store.deleteList(first);
    expect(temporary.importAddresses(['a@one.example'])).toBeGreaterThan(first);
  });
});

describe('the lock', () => {
  it('keeps another store from working on the list, but not from seeing it', () => {
    const id = temporary.importAddresses(['a@one.example', 'b@two.example']);
    temporary.claim(id);
    const other = new SyncStore(temporary.dir);
    try {
      expect(() => other.lock(id)).toThrow(failing('StoreInUse'));
      expect(() => other.claim(id, { maxDomains: 1, maxAddressesPerDomain: 1, nowMs: 0, includeScheduled: true })).toThrow(failing('StoreInUse'));
      expect(() => other.commit(batch(id, [verdict(1)]))).toThrow(failing('StoreInUse'));
      expect(() => { other.deleteList(id); }).toThrow(failing('StoreInUse'));
      expect(other.lists().map((list) => list.id)).toEqual([id]);
      expect(other.counters(id).rows).toBe(2);
      temporary.store.unlock(id);
      other.lock(id);
      expect(() => temporary.store.lock(id)).toThrow(failing('StoreInUse'));
    } finally {
      other.close();
    }
    temporary.store.lock(id);
    temporary.store.lock(id);
  });
});

describe('deletion', () => {
  it('leaves nothing of the list, and nothing of it in the library', () => {
    const secret = 'very-secret-person';
    const id = temporary.import(`${secret},email\nx,${secret}@one.example\n`, { name: secret }).list.id;
    const kept = temporary.importAddresses(['a@one.example']);
    temporary.claim(id);
    temporary.store.deleteList(id);
    expect(temporary.store.lists().map((list) => list.id)).toEqual([kept]);
    expect(listFiles().filter((name) => name.startsWith(`${String(id)}.`))).toEqual([]);
    temporary.store.close();
    expect(readFileSync(join(temporary.dir, 'library.db'), 'latin1')).not.toContain(secret);
    temporary.store = new SyncStore(temporary.dir);
  });

  it('that died half way is finished at the next open', () => {
    const id = temporary.importAddresses(['a@one.example']);
    temporary.store.close();
    const library = new Database(join(temporary.dir, 'library.db'));
    library.exec("UPDATE lists SET state = 'deleting'");
    library.close();
    temporary.store = new SyncStore(temporary.dir);
    expect(temporary.store.lists()).toEqual([]);
    expect(listFiles()).toEqual([]);
    expect(() => temporary.store.list(id)).toThrow(failing('ListNotFound'));
  });
});

describe('an import that died half way', () => {
  it('that the library never heard of leaves no lock behind, unless another process holds it', () => {
    const lists = join(temporary.dir, 'lists');
    writeFileSync(join(lists, '8.lock'), '');
    const held = new Database(join(lists, '9.lock'));
    held.exec('BEGIN EXCLUSIVE');
    temporary.reopen();
    expect(listFiles()).toContain('9.lock');
    expect(listFiles()).not.toContain('8.lock');
    held.close();
    temporary.reopen();
    expect(listFiles()).toEqual([]);
  });

  it('is removed at the next open, unless another process is still at it', () => {
    const id = temporary.importAddresses(['a@one.example']);
    temporary.store.lock(id);
    const library = new Database(join(temporary.dir, 'library.db'));
    library.exec("UPDATE lists SET state = 'importing'");
    library.close();
    new SyncStore(temporary.dir).close();
    expect(listFiles()).toContain(`${String(id)}.db`);
    expect(temporary.store.lists()).toEqual([]);
    temporary.reopen();
    expect(listFiles()).toEqual([]);
  });
});

describe('damage', () => {
  it('to one list harms that one only, and its file is set aside as it is', () => {
    const damaged = temporary.importAddresses(['a@one.example']);
    const whole = temporary.importAddresses(['b@one.example']);
    temporary.store.close();
    const path = join(temporary.dir, 'lists', `${String(damaged)}.db`);
    writeFileSync(path, 'this is no database');
    temporary.store = new SyncStore(temporary.dir);
    expect(temporary.store.lists().map((list) => [list.id, list.counters.rows])).toEqual([[whole, 1], [damaged, 1]]);
    expect(() => temporary.store.list(damaged)).toThrow(failing('StoreDamaged'));
    expect(() => temporary.claim(damaged)).toThrow(failing('StoreDamaged'));
    const aside = join(temporary.dir, 'damaged', readdirSync(join(temporary.dir, 'damaged'))[0] ?? '');
    expect(readFileSync(aside, 'utf8')).toBe('this is no database');
    expect(temporary.claim(whole).length).toBe(1);
    temporary.store.deleteList(damaged);
    expect(existsSync(path)).toBe(false);
  });

  it('and newer versions of a list are refused without touching it', () => {
    const id = temporary.importAddresses(['a@one.example']);
    temporary.store.close();
    const path = join(temporary.dir, 'lists', `${String(id)}.db`);
    const database = new Database(path);
    database.pragma('user_version = 99');
    database.close();
    const before = readFileSync(path);
    temporary.store = new SyncStore(temporary.dir);
    expect(() => temporary.claim(id)).toThrow(failing('StoreNewer'));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('to the library, or a newer one, keeps the store from opening', () => {
    temporary.store.close();
    const path = join(temporary.dir, 'library.db');
    const good = readFileSync(path);
    writeFileSync(path, 'no database');
    expect(() => new SyncStore(temporary.dir)).toThrow(failing('StoreDamaged'));
    const newer = Buffer.from(good);
    newer.writeUInt32BE(99, 60);
    writeFileSync(path, newer);
    const files = listing(temporary.dir);
    expect(() => new SyncStore(temporary.dir)).toThrow(failing('StoreNewer'));
    expect(listing(temporary.dir)).toEqual(files);
    expect(readFileSync(path).equals(newer)).toBe(true);
    writeFileSync(path, good);
    temporary.store = new SyncStore(temporary.dir);
  });

  it('a folder that cannot be made is told', () => {
    const file = temporary.write('file', '');
    expect(() => new SyncStore(join(file, 'store'))).toThrow(failing('StoreUnwritable'));
    mkdirSync(join(temporary.folder, 'other', 'library.db'), { recursive: true });
    expect(() => new SyncStore(join(temporary.folder, 'other'))).toThrow();
  });
});

function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}
