// `winnow query`: the rows of a stored list as the window shows them, as lines and as JSON, and what it refuses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runWinnow } from '../../lab/winnow.ts';
import { batch, TemporaryStore, verdict } from '../worker/store/temporary-store.ts';

let temporary: TemporaryStore;
let id: string;
beforeEach(() => {
  temporary = new TemporaryStore();
  const listId = temporary.importAddresses(['c@one.example', 'a@two.example', 'b@one.example', 'c@one.example', 'no at']);
  temporary.store.commit(batch(listId, [verdict(1, { score: 10 }), verdict(2, { score: 90, flags: ['free', 'provider:google'] })]));
  temporary.store.close();
  id = String(listId);
});
afterEach(() => {
  temporary.remove();
});

const query = (...options: string[]) => runWinnow(['query', id, '--store', temporary.dir, ...options]);

it('gives rows as lines or JSON, filtered, searched, sorted, counted, and goes on after a row', async () => {
  expect((await query('--sort', 'score:desc', '--limit', '2')).stdout).toBe('2\tdeliverable\taccepted\t90\ta@two.example\n1\tdeliverable\taccepted\t10\tc@one.example\n');
  const json = (await query('--domain', 'ONE.example', '--duplicates', 'without', '--sort', 'address', '--json')).stdout;
  expect(json.trim().split('\n').map((line) => (JSON.parse(line) as { row: number }).row)).toEqual([3, 1]);
  expect((await query('--provider', 'google', '--flag', 'free', '--status', 'deliverable,risky', '--count')).stdout).toBe('1\n');
  expect((await query('--search', 'NO AT', '--json', '--count')).stdout).toBe('{"count":1}\n');
  expect((await query('--after', '3', '--limit', 'all')).stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(['4', '5', '']);
});

it('refuses what it does not know, and says what there is', async () => {
  const faulty: readonly (readonly string[])[] = [['--sort', 'size'], ['--status', 'good'], ['--limit', '-1'], ['--flag', ''], ['--nothing']];
  for (const options of faulty) expect(await query(...options)).toMatchObject({ code: 2, stdout: '' });
  expect(await runWinnow(['query', '99', '--store', temporary.dir])).toMatchObject({ code: 2, stdout: '' });
  expect((await query('--sort', 'size')).stderr).toContain('checkedAt');
});

it('finds the rows that an export takes with the same options', async () => {
  const out = join(temporary.folder, 'out.csv');
  const exported = await runWinnow(['export', id, '--store', temporary.dir, '--out', out, '--columns', ':address', '--domain', 'ONE.example', '--duplicates', 'without', '--json']);
  expect([exported.code, (JSON.parse(exported.stdout) as { rows: number }).rows]).toEqual([0, 2]);
  expect(readFileSync(out, 'utf8').split('\n').slice(1)).toEqual(['c@one.example', 'b@one.example', '']);
  expect(await runWinnow(['export', id, '--store', temporary.dir, '--out', join(temporary.folder, 'page.html'), '--search', 'x'])).toMatchObject({ code: 2, stdout: '' });
  expect((await runWinnow(['export', id, '--store', temporary.dir, '--out', out, '--flag', 'nice'])).stderr).toContain('--flag does not know "nice"');
});
