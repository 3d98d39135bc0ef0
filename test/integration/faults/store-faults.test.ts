// Faults rows 62-64 as a user of the command line meets them: a store that cannot be written opens for viewing, a second
// process is told, and what is damaged is shown, set aside and restored.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../electron/headless/exit-code.ts';
import { SyncStore } from '../../lab/sync-store.ts';
import { runWinnow, temporaryFolder } from '../../lab/winnow.ts';
import { batch, verdict } from '../worker/store/temporary-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let dir: string;
let listId: number;
beforeEach(() => {
  folder = temporaryFolder();
  dir = join(folder.dir, 'store');
  const path = join(folder.dir, 'list.csv');
  writeFileSync(path, 'email,name\nann@one.example,Ann\nbob@one.example,Bob\n');
  const store = new SyncStore(dir);
  listId = store.importList({ path }).list.id;
  store.claim(listId, { maxDomains: 1, maxAddressesPerDomain: 1, nowMs: 0, includeScheduled: false });
  store.commit(batch(listId, [verdict(1)], { releasedDomainIds: [1] }));
  store.setState(listId, 'paused');
  store.close();
});
afterEach(() => {
  folder.remove();
});

const text = (result: { stdout: string; stderr: string }): string => `${result.stdout}${result.stderr}`;

/** The command line in a mount namespace of its own, in which the store cannot be written. */
function readOnly(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const own = process.getuid?.() === 0 ? ['-m'] : ['-Ur', '-m'];
  const entry = join(import.meta.dirname, '../../../electron/headless/index.ts');
  const script = 'mount --bind "$STORE" "$STORE" && mount -o remount,ro,bind "$STORE" && exec "$NODE" "$ENTRY" "$@"';
  const { status, stdout, stderr } = spawnSync('unshare', [...own, 'sh', '-c', script, 'sh', ...args], {
    env: { ...process.env, STORE: dir, NODE: process.execPath, ENTRY: entry }, encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('row 62: a store that cannot be written', () => {
  it('opens for viewing: lists are shown and exported, and what would write says why it cannot', () => {
    const shown = readOnly('lists', '--store', dir, '--json');
    expect(shown.stderr).toBe('');
    expect(JSON.parse(shown.stdout)).toMatchObject([{ id: listId, counters: { byState: { done: 1, pending: 1 } } }]);
    expect(shown.code).toBe(EXIT.done);
    const deleted = readOnly('delete', String(listId), '--store', dir);
    expect(deleted.code).not.toBe(EXIT.done);
    expect(deleted.stderr).toMatch(/cannot be written/);
    const store = new SyncStore(dir);
    expect(store.counters(listId).rows).toBe(2);
    store.close();
  });

  it('that was left with commits in a WAL is not shown without them', () => {
    // Copied while it is open, as after a crash.
    const store = new SyncStore(dir);
    store.claim(listId, { maxDomains: 1, maxAddressesPerDomain: 9, nowMs: 0, includeScheduled: false });
    store.commit(batch(listId, [verdict(2)]));
    const copy = join(folder.dir, 'copy');
    execFileSync('cp', ['-r', dir, copy]);
    store.close();
    execFileSync('rm', ['-f', ...readdirSync(join(copy, 'lists')).filter((name) => name.endsWith('-shm')).map((name) => join(copy, 'lists', name)), join(copy, 'library.db-shm'), join(copy, 'library.db-wal')]);
    dir = copy;
    const [list] = JSON.parse(readOnly('lists', '--store', copy, '--json').stdout) as { counters: { byState: { done: number } } }[];
    // What was last told to the library, not what the file says without its WAL.
    expect(list?.counters.byState.done).toBe(1);
  });
});

describe('row 63: a second process', () => {
  it('is told that the list is in use, and both go on', async () => {
    const store = new SyncStore(dir);
    store.lock(listId);
    const second = await runWinnow(['delete', String(listId), '--store', dir]);
    expect(second.code).not.toBe(EXIT.done);
    expect(second.stderr).toContain('is in use by another Winnow');
    expect(store.counters(listId).rows).toBe(2);
    store.close();
  });
});

describe('row 64: what is damaged', () => {
  it('is shown with its copy, and restored by the command that it names', async () => {
    const store = new SyncStore(dir);
    await store.care.backUp({ nowMs: Date.now(), kept: 3, maxListBytes: 1e9 });
    store.close();
    writeFileSync(join(dir, 'lists', `${String(listId)}.db`), 'not a database');
    const shown = await runWinnow(['lists', '--store', dir]);
    expect(shown.stdout).toMatch(/is damaged\. It was set aside as .*\n?.*There is a copy of .*: winnow restore 1/);
    const restored = await runWinnow(['restore', String(listId), '--store', dir]);
    expect(text(restored)).toMatch(/^List 1 is as it was at /);
    expect(restored.code).toBe(EXIT.done);
    const after = await runWinnow(['lists', '--store', dir, '--json']);
    expect(JSON.parse(after.stdout)).toMatchObject([{ state: 'paused', counters: { byState: { done: 1, pending: 1 } } }]);
    expect((await runWinnow(['restore', '99', '--store', dir])).code).not.toBe(EXIT.done);
    expect((await runWinnow(['restore', 'x', '--store', dir])).code).toBe(EXIT.badUsage);
  });

  it('a library that is no database is left alone until it is to be restored', async () => {
    writeFileSync(join(dir, 'library.db'), 'not a database either');
    const refused = await runWinnow(['lists', '--store', dir]);
    expect(refused.stderr).toMatch(/library\.db cannot be used: it is no database\. It was left as it is\./);
    const restored = await runWinnow(['restore', 'library', '--store', dir]);
    expect(restored.stderr).toContain('it knows 1 lists');
    const after = await runWinnow(['lists', '--store', dir, '--json']);
    expect(JSON.parse(after.stdout)).toMatchObject([{ id: listId, name: 'list.csv', counters: { byState: { done: 1, pending: 1 } } }]);
    expect(readdirSync(join(dir, 'damaged'))).toHaveLength(1);
  });
});
