// `winnow backup`, `restore` and `retention`: what they do, what they tell scripts, and by which exit code.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ListSummary } from '../../../electron/worker/interface.ts';
import type { BackupInfo, BackupReport, RetentionReport } from '../../../electron/worker/store-care.ts';
import { runWinnow, type WinnowResult } from '../../lab/winnow.ts';
import { batch, TemporaryStore, verdict } from '../worker/store/temporary-store.ts';

const DAY_MS = 86_400_000;

let temporary: TemporaryStore;
let id: number;
beforeEach(() => {
  temporary = new TemporaryStore();
  id = temporary.importAddresses(['a@one.example', 'b@one.example']);
  temporary.claim(id);
  temporary.store.commit(batch(id, [verdict(1)]));
  temporary.store.unlock(id);
});
afterEach(() => {
  temporary.remove();
});

const winnow = (...args: string[]): Promise<WinnowResult> => runWinnow([...args, '--store', temporary.dir]);
const json = async <T>(...args: string[]): Promise<T> => {
  const { code, stdout } = await winnow(...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as T;
};

it('copies what has changed, shows the copies, and puts one in the place of a damaged list', async () => {
  temporary.store.close();
  const first = await json<BackupReport & { networkDrive: string | null }>('backup');
  expect([first.made.map(({ listId }) => listId), first.failed, first.networkDrive]).toEqual([[null, id], [], null]);
  const again = await winnow('backup', '--kept', '1', '--max-list-mb', '0');
  expect([again.code, again.stderr]).toEqual([0, expect.stringContaining(`List ${String(id)} is larger than 0 MB`)]);
  expect((await json<BackupInfo[]>('backup', '--show')).filter(({ listId }) => listId === id)).toHaveLength(1);

  const [name = ''] = readdirSync(join(temporary.dir, 'lists')).filter((file) => file.endsWith('.db'));
  writeFileSync(join(temporary.dir, 'lists', name), 'no database any more'.repeat(1_000));
  expect(await json('restore', String(id))).toEqual({ restored: id, atMs: first.made[1]?.atMs, setAsideAs: expect.stringContaining('damaged') as unknown });
  expect((await winnow('query', String(id), '--status', 'deliverable', '--count')).stdout).toBe('1\n');
});

it('forgets nothing that was not told a day before, and nothing at all in a dry run', async () => {
  temporary.store.close();
  expect((await winnow('retention')).stderr).toContain('Nothing is deleted by age');
  const dry = await json<RetentionReport>('retention', '--lists-after', '1', '--dry-run');
  expect(dry).toMatchObject({ done: [], coming: [{ listId: id, what: 'list' }] });
  expect(await json<RetentionReport>('retention', '--lists-after', '1')).toMatchObject({ done: [], coming: [{ listId: id }] });

  // Nobody has worked on it for a week, and it was told three days ago.
  const library = new Database(join(temporary.dir, 'library.db'));
  library.prepare('UPDATE lists SET changed_at_ms = ?, told_at_ms = ?').run(Date.now() - 7 * DAY_MS, Date.now() - 3 * DAY_MS);
  library.close();
  expect(await json<RetentionReport>('retention', '--lists-after', '5', '--dry-run')).toMatchObject({ done: [], coming: [{ listId: id }] });
  expect(await json<ListSummary[]>('lists')).toHaveLength(1);
  expect(await json<RetentionReport>('retention', '--lists-after', '5')).toMatchObject({ done: [{ listId: id, what: 'list' }], coming: [] });
  expect(await json<ListSummary[]>('lists')).toEqual([]);
});

it.each([['backup', '3'], ['backup', '--kept', '0'], ['retention', '--lists-after', '-1'], ['retention', '--lists-after', '9999'], ['restore'], ['restore', 'all']])('refuses "%s %s %s"', async (...args) => {
  expect(await winnow(...args.filter((arg) => typeof arg === 'string'))).toMatchObject({ code: 2, stdout: '' });
});

it('says by its exit code that there is no copy', async () => {
  temporary.store.close();
  const { code, stderr } = await winnow('restore', String(id));
  expect([code, stderr]).toEqual([1, expect.stringContaining('no copy')]);
});
