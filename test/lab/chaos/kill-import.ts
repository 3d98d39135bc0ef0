// An import that is killed again and again: nothing of a half one is seen or left, a whole one is there with all its rows,
// and the import after the last kill is as any other.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Store } from '../../../electron/worker/store/store.ts';
import { createDraw } from '../faults/draw.ts';
import type { KillOptions, KillReport } from './kill-report.ts';
import { killSeries } from './kill-series.ts';
import { runVictim, type Moment, type VictimEnd } from './run-victim.ts';

const ROWS = 50_000;
/** Every tenth row is there before. */
const DUPLICATES = ROWS / 10;

export async function killImport({ kills, seed, victim: program }: KillOptions): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-kill-import-'));
  const storeDir = join(folder, 'store');
  const lists = join(storeDir, 'lists');
  const path = join(folder, 'list.csv');
  const problems: string[] = [];
  try {
    mkdirSync(lists, { recursive: true });
    writeFileSync(path, `email,note\n${Array.from({ length: ROWS }, (_, row) => `${addressOf(row)},${'x'.repeat(40)}\n`).join('')}`);
    const victim = (moment: Moment | null): Promise<VictimEnd> =>
      runVictim({ task: { kind: 'import', storeDir, path }, moment, folders: [storeDir, lists], compileCache: join(folder, 'compiled'), victim: program });

    const undisturbed = await victim(null);
    problems.push(...afterLife(storeDir, undisturbed));
    const expected = namesIn(storeDir);
    const judge = (end: VictimEnd): string[] => [...afterLife(storeDir, end), ...namesIn(storeDir).filter((name) => !expected.includes(name)).map((name) => `${name} was left behind`)];
    const { done, ended, problems: found } = await killSeries(problems.length === 0 ? kills : 0, createDraw(seed), () => ({ run: victim, undisturbed, judge }));
    problems.push(...found);
    if (problems.length === 0) problems.push(...afterLife(storeDir, await victim(null)));
    return { kills: done, problems, detail: { ended, writes: undisturbed.seen.write } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What does not hold when the store is opened again. Deletes the list, if there is one. */
function afterLife(storeDir: string, { said, killed }: VictimEnd): string[] {
  const problems: string[] = [];
  const isWhole = (path: string): void => {
    const database = new Database(path, { readonly: true });
    const integrity = String(database.pragma('integrity_check', { simple: true }));
    database.close();
    if (integrity !== 'ok') problems.push(`integrity_check: ${integrity}`);
  };
  const store = new Store(storeDir);
  const found = store.lists();
  if ((said.includes('finished') || !killed) && found.length !== 1) problems.push(`${String(found.length)} lists after an import that was acknowledged`);
  if (found.length > 1) problems.push(`${String(found.length)} lists of one import`);
  for (const { id, counters } of found) {
    const { pending, duplicate } = counters.byState;
    if (counters.rows !== ROWS || duplicate !== DUPLICATES || pending !== ROWS - DUPLICATES) problems.push(`a list of ${String(counters.rows)} rows, ${String(duplicate)} duplicates, ${String(pending)} open`);
    isWhole(join(storeDir, 'lists', `${String(id)}.db`));
    store.deleteList(id);
  }
  store.close();
  isWhole(join(storeDir, 'library.db'));
  const left = readdirSync(join(storeDir, 'lists'));
  if (left.length > 0) problems.push(`${left.join(', ')} was left behind`);
  return problems;
}

function namesIn(storeDir: string): string[] {
  return readdirSync(storeDir).filter((name) => !/-(?:wal|shm)$/.test(name));
}

function addressOf(row: number): string {
  const first = row % 10 === 9 ? row - 1 : row;
  return `u${String(first)}@d${String(first % 997)}.example`;
}
