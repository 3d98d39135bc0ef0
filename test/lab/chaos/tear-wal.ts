// Stores with a damaged WAL, opened as the app opens them: of a list, the batches before the damage are there, all and
// whole, and none behind it; the database is sound, its counters are right, and the work goes on to its end. Of the
// library, only what it said last may be forgotten: its lists, with every verdict, are there.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Store } from '../../../electron/worker/store/store.ts';
import { createDraw } from '../faults/draw.ts';
import { damageBytes, firstDifference } from './damage-bytes.ts';
import { CHECKED_AT_MS, makeListWithWal, ROWS, verdictOf, type ListWithWal } from './list-with-wal.ts';

export interface TearOptions {
  readonly times: number;
  readonly seed: number;
}

export interface TearReport {
  readonly times: number;
  readonly problems: readonly string[];
  /** How many batches were lost in all: those behind the damage. */
  readonly lostBatches: number;
}

const MOST_PROBLEMS = 20;
/** With every so manyth seed the library's WAL is damaged, and not the list's. */
const LIBRARY_EVERY = 9;

export async function tearWal({ times, seed }: TearOptions): Promise<TearReport> {
  const fresh = await makeListWithWal(0);
  const begunAnew = await makeListWithWal(Math.floor(fresh.batches.length / 3));
  const problems: string[] = [];
  let lostBatches = 0;
  let done = 0;
  try {
    for (; done < times && problems.length < MOST_PROBLEMS; done += 1) {
      const one = seed + done;
      const made = one % 2 === 0 ? fresh : begunAnew;
      const { lost, found } = one % LIBRARY_EVERY === 0 ? tearLibrary(made, one) : tearList(made, one);
      lostBatches += lost;
      problems.push(...found.map((words) => `seed ${String(one)}: ${words}`));
    }
  } finally {
    fresh.remove();
    begunAnew.remove();
  }
  return { times: done, problems, lostBatches };
}

interface Torn {
  readonly lost: number;
  readonly found: readonly string[];
}

function tearList(made: ListWithWal, seed: number): Torn {
  return withDamaged(made, seed, join('lists', `${String(made.listId)}.db`), (dir, damagedAt) => {
    const there = made.batches.filter((_, index) => (made.wholeAt[index] ?? 0) <= damagedAt);
    return { lost: made.batches.length - there.length, found: problemsOf(dir, made, there.flatMap(({ verdicts }) => verdicts.map(({ rowId }) => rowId))) };
  });
}

function tearLibrary(made: ListWithWal, seed: number): Torn {
  return withDamaged(made, seed, 'library.db', (dir) => ({
    lost: 0,
    found: problemsOf(dir, made, made.batches.flatMap(({ verdicts }) => verdicts.map(({ rowId }) => rowId))),
  }));
}

/** On a copy in which the WAL of `database` (its path in the store) is damaged. */
function withDamaged(made: ListWithWal, seed: number, database: string, look: (dir: string, damagedAt: number) => Torn): Torn {
  const dir = mkdtempSync(join(tmpdir(), 'winnow-torn-'));
  try {
    cpSync(made.storeDir, dir, { recursive: true });
    const draw = createDraw(seed);
    const wal = join(dir, `${database}-wal`);
    const bytes = readFileSync(wal);
    const damaged = damageBytes(bytes, draw);
    writeFileSync(wal, damaged);
    // Its index is made anew, whatever it says.
    if (draw.between(0, 1) === 0) rmSync(join(dir, `${database}-shm`), { force: true });
    return look(dir, firstDifference(bytes, damaged));
  } catch (error) {
    return { lost: 0, found: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** `rows`: those that have their verdict. */
function problemsOf(dir: string, { listId }: ListWithWal, rows: readonly number[]): string[] {
  const problems: string[] = [];
  const store = new Store(dir);
  const [list] = store.lists();
  if (list === undefined) problems.push('the list is gone');
  else {
    const { byState } = store.counters(listId);
    const scheduled = rows.filter((row) => verdictOf(row).retryAtMs !== null).length;
    const counted = [byState.done, byState.scheduled, byState.pending];
    const expected = [rows.length - scheduled, scheduled, ROWS - rows.length];
    if (counted.join() !== expected.join()) problems.push(`done, scheduled and open rows are ${counted.join()}, not ${expected.join()}`);
    problems.push(...ofFile(join(dir, 'lists', `${String(listId)}.db`), rows));
    problems.push(...finish(store, listId, ROWS - rows.length));
  }
  store.close();
  return problems;
}

/** While the store has it open. */
function ofFile(path: string, rows: readonly number[]): string[] {
  const database = new Database(path, { readonly: true });
  try {
    const problems: string[] = [];
    const integrity = String(database.pragma('integrity_check', { simple: true }));
    if (integrity !== 'ok') problems.push(`integrity_check: ${integrity}`);
    const there = database.prepare<[], number>('SELECT row_id FROM verdicts ORDER BY row_id').pluck().all();
    if (there.join() !== [...rows].sort((a, b) => a - b).join()) problems.push(`${String(there.length)} verdicts are there, not those ${String(rows.length)} of the whole batches`);
    return problems;
  } finally {
    database.close();
  }
}

/** Asks for all that is open, and judges it. */
function finish(store: Store, listId: number, open: number): string[] {
  store.lock(listId);
  const claims = store.claim(listId, { maxDomains: ROWS, maxAddressesPerDomain: ROWS, nowMs: CHECKED_AT_MS, includeScheduled: false });
  const rows = claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId));
  if (rows.length !== open) return [`${String(rows.length)} rows were handed out, and ${String(open)} are open`];
  store.commit({ listId, verdicts: rows.map(verdictOf), domains: [], releasedDomainIds: claims.map(({ domainId }) => domainId) });
  const { pending } = store.counters(listId).byState;
  return pending === 0 ? [] : [`${String(pending)} rows are still open`];
}
