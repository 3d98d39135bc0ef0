// An append, a merge and a split that are killed again and again: each is there as a whole or not at all, the lists that
// were there before are as they were (but for a whole append), and nothing of a half one is left.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Store } from '../../../electron/worker/store/store.ts';
import { createDraw } from '../faults/draw.ts';
import { SyncStore } from '../sync-store.ts';
import type { KillOptions, KillReport } from './kill-report.ts';
import { killSeries } from './kill-series.ts';
import { runVictim, type Moment, type VictimEnd } from './run-victim.ts';

const ROWS = 4_000;
const APPENDED = 30_000;
const KINDS = ['append', 'merge', 'split'] as const;

type Kind = (typeof KINDS)[number];

export async function killCombine({ kills, seed, victim: program }: KillOptions): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-kill-combine-'));
  const template = join(folder, 'template');
  const storeDir = join(folder, 'store');
  const lists = join(storeDir, 'lists');
  const path = join(folder, 'more.csv');
  const problems: string[] = [];
  try {
    writeFileSync(path, `phone,email\n${Array.from({ length: APPENDED }, (_, row) => `${String(row)},n${String(row)}@m${String(row % 97)}.example\n`).join('')}`);
    makeLists(template, folder);
    const victim = (kind: Kind, moment: Moment | null): Promise<VictimEnd> => {
      rmSync(storeDir, { recursive: true, force: true });
      cpSync(template, storeDir, { recursive: true });
      return runVictim({ task: { kind, storeDir, path }, moment, folders: [storeDir, lists], compileCache: join(folder, 'compiled'), victim: program });
    };
    const alone = async (kind: Kind): Promise<VictimEnd> => {
      const end = await victim(kind, null);
      problems.push(...afterLife(storeDir, kind, end));
      return end;
    };
    const undisturbed: Readonly<Record<Kind, VictimEnd>> = { append: await alone('append'), merge: await alone('merge'), split: await alone('split') };
    const draw = createDraw(seed);
    const whole = { append: 0, merge: 0, split: 0 };
    const { done, ended, problems: found } = await killSeries(problems.length === 0 ? kills : 0, draw, () => {
      const kind = draw.pick(KINDS);
      return {
        run: (moment) => victim(kind, moment),
        undisturbed: undisturbed[kind],
        judge: (end) => {
          const wrong = afterLife(storeDir, kind, end);
          if (wrong.length === 0 && end.said.includes('finished')) whole[kind]++;
          return wrong.map((words) => `${kind}: ${words}`);
        },
      };
    });
    return { kills: done, problems: [...problems, ...found], detail: { ended, ...whole } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists 1 and 2, with some addresses in both. */
function makeLists(dir: string, folder: string): void {
  const store = new SyncStore(dir);
  for (const from of [0, ROWS / 2]) {
    const path = join(folder, `list-${String(from)}.csv`);
    writeFileSync(path, `email\n${Array.from({ length: ROWS }, (_, row) => `u${String(row + from)}@d${String(row % 97)}.example\n`).join('')}`);
    store.importList({ path });
  }
  store.close();
}

/** What does not hold when the store is opened again. */
function afterLife(storeDir: string, kind: Kind, { said, killed }: VictimEnd): string[] {
  const problems: string[] = [];
  const store = new Store(storeDir);
  const found = store.lists();
  const acknowledged = said.includes('finished') || !killed;
  const rows = new Map(found.map(({ id, counters }) => [id, counters.rows]));
  const first = found.find(({ id }) => id === 1);
  const isWhole = kind === 'append' ? first?.counters.rows === ROWS + APPENDED : found.length > 2;
  if (acknowledged && !isWhole) problems.push('it was acknowledged, and is not there');
  if (first === undefined || rows.get(2) !== ROWS) problems.push('a list that was there before is not');
  if (kind === 'append') {
    const columns = isWhole ? 'email,phone' : 'email';
    if (first?.columns.join() !== columns) problems.push(`the columns are ${String(first?.columns.join())}`);
    if (!isWhole && first?.counters.rows !== ROWS) problems.push(`half an append: ${String(first?.counters.rows)} rows`);
  } else if (rows.get(1) !== ROWS) problems.push('the list that was read has changed');
  const made = found.filter(({ id }) => id > 2).map(({ counters }) => counters.rows);
  const expected = kind === 'merge' ? 2 * ROWS : ROWS;
  if (kind !== 'append' && made.length > 0 && made.reduce((sum, count) => sum + count, 0) !== expected) problems.push(`new lists of ${made.join(', ')} rows`);
  if (kind === 'split' && made.length !== 0 && made.length !== 3) problems.push(`${String(made.length)} of three parts`);
  for (const { id, counters } of found) {
    if (Object.values(counters.byState).reduce((sum, count) => sum + count, 0) !== counted(join(storeDir, 'lists', `${String(id)}.db`), problems)) problems.push(`list ${String(id)} has other rows than it says`);
  }
  store.close();
  const files = readdirSync(join(storeDir, 'lists')).filter((name) => name.endsWith('.db'));
  if (files.length !== found.length) problems.push(`${files.join(', ')} of ${String(found.length)} lists`);
  return problems;
}

function counted(path: string, problems: string[]): number {
  const database = new Database(path, { readonly: true });
  const integrity = String(database.pragma('integrity_check', { simple: true }));
  if (integrity !== 'ok') problems.push(`integrity_check: ${integrity}`);
  const rows = database.prepare<[], number>('SELECT count(*) FROM rows').pluck().get() ?? 0;
  database.close();
  return rows;
}
