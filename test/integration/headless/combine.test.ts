// `winnow append`, `merge`, `split` and `verify --not-in`, as scripts use them: exit codes, JSON, and what they refuse.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runWinnow } from '../../lab/winnow.ts';
import { TemporaryStore } from '../worker/store/temporary-store.ts';

let temporary: TemporaryStore;
let ids: readonly string[];
beforeEach(() => {
  temporary = new TemporaryStore();
  ids = [['a@one.example', 'b@one.example'], ['b@one.example', 'c@two.example']].map((addresses) => String(temporary.importAddresses(addresses)));
  temporary.store.close();
});
afterEach(() => {
  temporary.remove();
});

const winnow = (...args: string[]) => runWinnow([...args, '--store', temporary.dir]);
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

it('appends a file, merges lists, and splits one by a rule and by chosen rows', async () => {
  const path = temporary.write('more.csv', 'phone,EMAIL\n1,d@two.example\n2,a@one.example\n3,c@two.example\n');
  const appended = await winnow('append', ids[0] ?? '', path, '--not-in', ids[1] ?? '', '--json');
  expect(appended).toMatchObject({ code: 0 });
  expect(json(appended.stdout)).toMatchObject({ rows: 3, duplicates: 1, newColumns: ['phone'], elsewhere: [{ rows: 1 }], list: { columns: ['email', 'phone'] } });
  expect(appended.stderr).toContain('in the list "list.csv" already');

  const merged = await winnow('merge', ...ids, '--name', 'both', '--source-column', 'from', '--json');
  expect(json(merged.stdout)).toMatchObject({ inSeveral: 1, list: { name: 'both', columns: ['email', 'phone', 'from'], counters: { rows: 7 } } });
  const { list } = json(merged.stdout) as { list: { id: number } };

  const split = await winnow('split', String(list.id), '--by', 'domain:1', '--json');
  expect(json(split.stdout)['lists']).toMatchObject([{ name: 'both (one.example)' }, { name: 'both (other domains)' }]);
  const chosen = await winnow('split', String(list.id), '--search', 'two.example', '--name', 'x');
  expect(chosen).toMatchObject({ code: 0, stdout: '' });
  expect(chosen.stderr).toContain('(x (chosen rows))');
});

it('refuses what makes no sense, says why, and changes nothing', async () => {
  const [one = '', two = ''] = ids;
  const path = temporary.write('more.csv', 'email\nd@two.example\n');
  const faulty = [
    ['append', one], ['append', 'x', path], ['append', '99', path], ['append', one, `${path}.gone`], ['append', one, path, '--not-in', one],
    ['merge', one, '--name', 'x'], ['merge', one, two], ['merge', one, one, '--name', 'x'], ['merge', one, '99', '--name', 'x'], ['merge', one, two, '--name', 'x', '--duplicates', 'y'],
    ['split', one], ['split', one, '--by', 'size'], ['split', one, '--by', 'parts:1'], ['split', one, '--by', 'status', '--status', 'risky'], ['split', one, '--by', 'status'], ['split', one, two, '--by', 'status'],
  ];
  for (const args of faulty) expect([args, (await winnow(...args)).code]).toEqual([args, 2]);
  expect((await winnow('lists')).stdout.trim().split('\n')).toHaveLength(2);
});

it('leaves out of a verification what other lists have', async () => {
  const path = temporary.write('new.csv', 'email\nb@one.example\nno at\n');
  const folder = mkdtempSync(join(tmpdir(), 'winnow-not-in-'));
  const settings = join(folder, 'settings.json');
  writeFileSync(settings, '{}');
  const { stdout, code } = await winnow('verify', path, '--not-in', ids.join(','), '--dns', '127.0.0.1:1', '--settings', settings, '--json');
  rmSync(folder, { recursive: true, force: true });
  expect(code).toBe(0);
  expect(json(stdout)).toMatchObject({ rows: 2, duplicates: 1, pending: 0, inOtherLists: [{ listId: Number(ids[0]), rows: 1 }], statuses: { undeliverable: 1 } });
});
