// Forgetting: by age, told at least a day before, and without a byte left of an address in any file of the store, copies,
// damaged files and WALs included, in UTF-8 and UTF-16.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planRetention } from '../../../../electron/worker/store/retention.ts';
import { SyncStore } from '../../../lab/sync-store.ts';
import { batch, TemporaryStore, verdict } from './temporary-store.ts';

const DAY_MS = 86_400_000;
/** In every address, domain, reply and name of the lists below. */
const SECRET = 'q7zsecret';

let temporary: TemporaryStore;
beforeEach(() => {
  temporary = new TemporaryStore();
});
afterEach(() => {
  temporary.remove();
});

function secretList(name: string): number {
  const rows = Array.from({ length: 3_000 }, (_, index) => `u${String(index)}@${SECRET}${String(index % 40)}.example,${SECRET} cell`);
  const id = temporary.import(`email,x\n${rows.join('\n')}\nnot an address ${SECRET},y\n`, { name }).list.id;
  const claims = temporary.claim(id, { maxAddressesPerDomain: 50 });
  const reply = `550 5.1.1 ${SECRET}: no such user`;
  const evidence = [{ stage: 'RCPT', code: 550, enhanced: '5.1.1', text: `${SECRET}: no such user`, mxHost: `mx.${SECRET}.example`, ip: null, tls: null, atMs: 5, attempt: 1 }] as const;
  const random = { code: 550, enhanced: null, text: SECRET, local: SECRET, mxHost: SECRET, ip: '192.0.2.1', atMs: 5 };
  temporary.store.commit(
    batch(id, claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => verdict(rowId, {
      reason: rowId % 5 === 0 ? 'greylisted' : 'mailbox_not_found', reply, evidence, didYouMean: SECRET, retryAtMs: rowId % 5 === 0 ? Date.now() + DAY_MS : null,
    }))), {
      domains: claims.map(({ domainId }) => ({ domainId, catchAll: 'refused', acceptedAny: true, random })),
      releasedDomainIds: claims.map(({ domainId }) => domainId),
    }),
  );
  temporary.store.setState(id, 'done');
  temporary.store.unlock(id);
  return id;
}

/** Files of the store that hold the text, in whatever case and encoding. */
function filesWith(text: string): string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
  return readdirSync(temporary.dir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(temporary.dir, name);
    if (!statSync(path).isFile()) return false;
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(needle));
  });
}

const backUp = async (nowMs: number) => temporary.store.care.backUp({ nowMs, kept: 3, maxListBytes: 1e9 });

describe('a list that is deleted', () => {
  it.each(['while the store is open', 'after a restart'])('leaves no byte of an address, %s', async (when) => {
    const id = secretList(SECRET);
    const kept = temporary.importAddresses(['stays@kept.example']);
    temporary.store.dnsCacheSet([{ key: `MX ${SECRET}.example`, answer: `{"mx":"${SECRET}"}`, expiresAtMs: Date.now() + DAY_MS }]);
    await backUp(Date.now() - 2 * DAY_MS);
    await backUp(Date.now());
    // One file of it was damaged and set aside, too.
    temporary.store.care.restoreBackup(id);
    writeFileSync(join(temporary.dir, `library.db.v4`), SECRET);
    expect(filesWith(SECRET).map((name) => name.split(/[\\/]/)[0])).toEqual(expect.arrayContaining(['backups', 'damaged', 'lists', 'library.db.v4']));
    if (when === 'after a restart') temporary.reopen();
    temporary.store.deleteList(id);
    temporary.store.close();
    expect(filesWith(SECRET)).toEqual([]);
    expect(filesWith('kept.example')).toHaveLength(3); // its file and its two copies
    temporary.reopen();
    expect(temporary.store.counters(kept).rows).toBe(1);
    expect((await backUp(Date.now())).made.map(({ listId }) => listId)).toEqual([null]);
  });

  it('leaves no copy where one was just being made', async () => {
    const id = secretList('x');
    const copying = backUp(Date.now());
    temporary.store.deleteList(id);
    await copying;
    expect(filesWith(SECRET)).toEqual([]);
  });
});

describe('forgetting by age', () => {
  const now = Date.now();
  const at = (days: number, options: { verdicts?: number; lists?: number }) =>
    temporary.store.care.retain({ nowMs: now + days * DAY_MS, verdictsAfterDays: options.verdicts ?? 0, listsAfterDays: options.lists ?? 0 });

  it('is off unless it is asked for', () => {
    const id = secretList('x');
    expect(at(3_000, {})).toEqual({ coming: [], done: [] });
    expect(temporary.store.counters(id).rows).toBe(3_001);
  });

  it('tells a week before, and takes nothing that was not told a day before', () => {
    const id = secretList('old');
    expect(at(20, { lists: 30 })).toEqual({ coming: [], done: [] });
    const told = at(24, { lists: 30 });
    expect(told.coming).toMatchObject([{ listId: id, name: 'old', what: 'list' }]);
    expect(Math.round(((told.coming[0]?.atMs ?? 0) - now) / DAY_MS)).toBe(30);
    expect(at(29, { lists: 30 }).done).toEqual([]);
    expect(at(31, { lists: 30 }).done).toMatchObject([{ listId: id, what: 'list' }]);
    expect(temporary.store.lists()).toEqual([]);
    expect(filesWith(SECRET)).toEqual([]);
  });

  it('that is switched on late waits a day too, and is taken back with the setting or by work on the list', () => {
    const id = secretList('old');
    expect(at(100, { lists: 30 })).toMatchObject({ coming: [{ listId: id, atMs: now + 101 * DAY_MS }], done: [] });
    expect(at(100.5, { lists: 30 }).done).toEqual([]);
    expect(at(100.6, {})).toEqual({ coming: [], done: [] });
    expect(at(102, { lists: 30 }).done).toEqual([]);
    temporary.store.setState(id, 'paused');
    expect(at(20, { lists: 30 })).toEqual({ coming: [], done: [] });
    expect(temporary.store.counters(id).rows).toBe(3_001);
  });

  it('leaves what is being worked on', () => {
    const id = secretList('busy');
    temporary.store.lock(id);
    expect(at(100, { lists: 30 })).toEqual({ coming: [], done: [] });
    temporary.store.unlock(id);
    temporary.store.setState(id, 'running');
    expect(at(100, { lists: 30 })).toEqual({ coming: [], done: [] });
  });

  it('leaves what is being read, and takes it when that is over', () => {
    const id = secretList('exported');
    at(100, { lists: 30 });
    const options = { nowMs: now + 102 * DAY_MS, verdictsAfterDays: 0, listsAfterDays: 30 };
    expect(temporary.store.care.retain({ ...options, except: [id] }).done).toEqual([]);
    expect(temporary.store.counters(id).rows).toBe(3_001);
    expect(temporary.store.care.retain(options).done).toMatchObject([{ listId: id }]);
  });

  it('waits for another process', () => {
    const id = secretList('elsewhere');
    const other = new SyncStore(temporary.dir);
    other.lock(id);
    at(100, { lists: 30 });
    expect(at(102, { lists: 30 }).done).toEqual([]);
    other.close();
    expect(at(103, { lists: 30 }).done).toHaveLength(1);
  });

  it('of verdicts leaves the rows as after the import, to be asked anew', async () => {
    const id = secretList('verdicts');
    const duplicates = temporary.import('email\na@one.example\na@one.example\nbad\n', { name: 'fresh' }).list.id;
    await backUp(now);
    at(100, { verdicts: 30 });
    expect(at(102, { verdicts: 30 }).done).toMatchObject([{ listId: id, what: 'verdicts' }]);
    expect(temporary.store.list(id)).toMatchObject({
      state: 'ready',
      counters: { rows: 3_001, byState: { pending: 3_000, done: 1, scheduled: 0 }, byStatus: { deliverable: 0, undeliverable: 1, risky: 0, unknown: 0 } },
    });
    expect(temporary.store.schedule(id)).toEqual({ byReason: [], nextAtMs: null });
    expect(filesWith('no such user')).toEqual([]);
    expect(existsSync(join(temporary.dir, 'backups'))).toBe(true);
    expect(temporary.store.care.backups().filter(({ listId }) => listId === id)).toEqual([]);
    const claims = temporary.claim(id, { maxAddressesPerDomain: 100 });
    expect(claims.flatMap(({ addresses }) => addresses)).toHaveLength(3_000);
    expect(claims.every(({ facts, addresses }) => facts.random === null && addresses.every(({ attempt }) => attempt === 1))).toBe(true);
    // A list with nothing but what its import found has no verdicts to forget.
    expect(temporary.store.counters(duplicates).byState).toMatchObject({ done: 1, pending: 1, duplicate: 1 });
    expect(at(300, { verdicts: 30 }).coming).toEqual([]);
  });

  it('does what comes first, and nothing because a clock jumped ahead', () => {
    const [list] = (() => {
      const id = secretList('x');
      return [{ ...temporary.store.list(id), file: '', bom: false, newline: '\n', guarded: false, damage: null, changedAtMs: now, toldAtMs: null, reused: 0 } as const];
    })();
    const plan = planRetention([list], { nowMs: now + 29 * DAY_MS, verdictsAfterDays: 30, listsAfterDays: 60 });
    expect(plan.coming).toMatchObject([{ what: 'verdicts' }]);
    const told = { ...list, toldAtMs: now + 400 * DAY_MS };
    expect(planRetention([told], { nowMs: now + 100 * DAY_MS, verdictsAfterDays: 0, listsAfterDays: 30 })).toMatchObject({ due: [], firstTold: [list.id] });
  });
});
