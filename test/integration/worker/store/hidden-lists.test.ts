// Deletion that can be undone: a hidden list is nowhere to be seen, loses nothing, and is gone for good once purged.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
const ids = (store = temporary.store): number[] => store.lists().map(({ id }) => id);
const path = (listId: number): string => join(temporary.dir, 'lists', `${String(listId)}.db`);

/** A list with one verdict, in the middle of a run. */
function verifiedList(): number {
  const listId = temporary.importAddresses(['a@one.example', 'b@two.example']);
  temporary.store.commit(batch(listId, [verdict(1)]));
  temporary.store.setState(listId, 'running');
  return listId;
}

describe('a hidden list', () => {
  it('is there for nobody, and comes back as it was', () => {
    const listId = verifiedList();
    const before = temporary.store.list(listId);
    const other = temporary.importAddresses(['c@one.example']);
    temporary.store.hideList(listId);
    expect(ids()).toEqual([other]);
    for (const call of [
      () => temporary.store.list(listId), () => temporary.claim(listId), () => temporary.store.commit(batch(listId, [verdict(2)])),
      () => { temporary.store.hideList(listId); }, () => { temporary.store.deleteList(listId); }, () => { temporary.store.setState(listId, 'done'); },
    ]) expect(call).toThrow(failing('ListNotFound'));

    temporary.store.restoreList(listId);
    expect(ids()).toEqual([other, listId]);
    expect(temporary.store.list(listId)).toEqual(before);
    expect(before.state).toBe('running');
    expect(temporary.claim(listId).flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId))).toEqual([2]);
  });

  it('stays hidden over a restart, can still be brought back, and is purged when that is asked for', () => {
    const [first, second] = [verifiedList(), verifiedList()];
    temporary.store.hideList(first);
    temporary.store.hideList(second);
    temporary.reopen();
    expect(ids()).toEqual([]);
    temporary.store.restoreList(first);
    temporary.store.purgeHidden();
    expect(ids()).toEqual([first]);
    expect(existsSync(path(first))).toBe(true);
    expect(readdirSync(join(temporary.dir, 'lists')).filter((name) => name.startsWith(`${String(second)}.`))).toEqual([]);
    expect(() => { temporary.store.restoreList(second); }).toThrow(failing('ListNotFound'));
    expect(() => { temporary.store.restoreList(first); }).toThrow(failing('ListNotFound'));
  });

  it('leaves nothing in the library when it is purged', () => {
    const secret = 'very-secret-person';
    const listId = temporary.import(`email\n${secret}@one.example\n`, { name: secret }).list.id;
    temporary.store.hideList(listId);
    temporary.store.purgeHidden();
    temporary.store.close();
    expect(readFileSync(join(temporary.dir, 'library.db'), 'latin1')).not.toContain(secret);
    temporary.store = new SyncStore(temporary.dir);
  });

  it('is purged only once it was hidden long enough, where that is said', () => {
    const listId = verifiedList();
    const beforeMs = Date.now();
    temporary.store.hideList(listId);
    temporary.store.purgeHidden(beforeMs);
    expect(existsSync(path(listId))).toBe(true);
    temporary.store.purgeHidden(Date.now() + 1);
    expect(existsSync(path(listId))).toBe(false);
  });

  it('belongs to the process that hid it: no other one purges or restores it', () => {
    const listId = verifiedList();
    temporary.store.hideList(listId);
    const other = new SyncStore(temporary.dir);
    try {
      other.purgeHidden();
      expect(existsSync(path(listId))).toBe(true);
      expect(() => { other.restoreList(listId); }).toThrow(failing('StoreInUse'));
      temporary.store.restoreList(listId);
      other.purgeHidden();
      expect(ids(other)).toEqual([listId]);
    } finally {
      other.close();
    }
  });

  it('cannot be one that another process works on', () => {
    const listId = verifiedList();
    const other = new SyncStore(temporary.dir);
    try {
      expect(() => { other.hideList(listId); }).toThrow(failing('StoreInUse'));
      expect(ids(other)).toEqual([listId]);
    } finally {
      other.close();
    }
  });
});

describe('a list that was running when the process died', () => {
  it('is shown as running, with what was committed', () => {
    const listId = verifiedList();
    temporary.reopen();
    expect(temporary.store.lists()).toMatchObject([{ id: listId, state: 'running', counters: { rows: 2, byState: { done: 1, pending: 1 } } }]);
    expect(temporary.store.list(listId).createdAtMs).toBeGreaterThan(0);
  });
});
