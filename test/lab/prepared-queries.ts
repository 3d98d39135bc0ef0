// Does with a store, a reader and an exporter what the product does with them, and prints every query that was prepared
// meanwhile: where in the source, and by which plan SQLite would run it on a list with rows. A program of its own, because
// only the source as it lies on disk has the places that the test looks for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Exporter } from '../../electron/worker/export/exporter.ts';
import type { VerdictRecord } from '../../electron/worker/interface.ts';
import { completeList } from '../../electron/worker/store/complete-list.ts';
import { openDatabase } from '../../electron/worker/store/open-database.ts';
import { Reader } from '../../electron/worker/reader/reader.ts';
import { SORT_KEYS } from '../../shared/ipc/lists.ts';
import { batch, verdict } from '../integration/worker/store/temporary-store.ts';
import { NO_HOOKS } from '../../electron/worker/call-hooks.ts';
import { combineHere } from './combine-here.ts';
import { SyncStore } from './sync-store.ts';

export interface PreparedQuery {
  /** Within electron/worker, with its line: `store/library.ts:42`. */
  readonly place: string;
  readonly sql: string;
  readonly plan: readonly string[];
}

const NOW_MS = Date.now();
const queries = new Map<string, PreparedQuery>();
watchPrepare();
await useAll();
process.stdout.write(JSON.stringify([...queries.values()]));
process.exit(0); // the intake's thread would wait for another import

function watchPrepare(): void {
  const prototype = Database.prototype as unknown as { prepare: (this: Database.Database, sql: string) => Database.Statement };
  const { prepare } = prototype;
  prototype.prepare = function watched(sql: string) {
    const statement = prepare.call(this, sql);
    const place = /electron\/worker\/((?:store|reader|export|combine)\/[\w-]+\.ts:\d+):/.exec(new Error().stack?.split('\n')[2] ?? '')?.[1];
    if (place !== undefined && !sql.startsWith('EXPLAIN') && !sql.startsWith('VACUUM')) {
      queries.set(`${place} ${sql}`, { place, sql, plan: planOf((text) => prepare.call(this, text), sql) });
    }
    return statement;
  };
}

function planOf(prepare: (sql: string) => Database.Statement, sql: string): readonly string[] {
  const explain = prepare(`EXPLAIN QUERY PLAN ${sql}`);
  const named = Object.fromEntries([...sql.matchAll(/[@:$](\w+)/g)].map(([, name = '']) => [name, 1]));
  for (let values = 0; ; values++) {
    const given = [...Array<number>(values).fill(1), ...(Object.keys(named).length > 0 ? [named] : [])];
    try {
      return (explain.all(...given) as { detail: string }[]).map(({ detail }) => detail);
    } catch (error) {
      if (!(error instanceof RangeError) || values > 5_000) throw error;
    }
  }
}

async function useAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-queries-'));
  try {
    const dir = join(folder, 'store');
    await useStore(dir, folder);
    await useReading(dir, folder);
    useFiles(folder);
    forget(dir);
    recover(dir);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function listOf(store: SyncStore, folder: string): number {
  const path = join(folder, 'list.csv');
  const rows = Array.from({ length: 600 }, (_, index) => `u${String(index % 500)}@d${String(index % 40)}.example,n`);
  writeFileSync(path, `email,name\n${rows.join('\n')}\nbad,x\n,y\n`);
  return store.importList({ path }).list.id;
}

async function useStore(dir: string, folder: string): Promise<void> {
  const store = new SyncStore(dir);
  const id = listOf(store, folder);
  const claim = () => store.claim(id, { maxDomains: 20, maxAddressesPerDomain: 5, nowMs: NOW_MS, includeScheduled: true });
  const judged = (rowId: number): VerdictRecord =>
    verdict(rowId, {
      checkedAtMs: NOW_MS - 5,
      ...(rowId % 3 === 0 ? { reason: 'greylisted', retryAtMs: NOW_MS - 1 } : rowId % 3 === 1 ? { reason: 'policy_rejected', provisional: true } : {}),
    });
  for (const acceptedAny of [false, true, true]) {
    const claims = claim();
    store.commit(
      batch(id, claims.flatMap(({ addresses }) => addresses.map(({ rowId, attempt }) => ({ ...judged(rowId), attempt }))), {
        domains: claims.map(({ domainId }) => ({ domainId, catchAll: 'not_run', acceptedAny, random: null })),
        releasedDomainIds: claims.map(({ domainId }) => domainId),
      }),
    );
  }
  // Rows and domains that nobody has claimed.
  store.commit(batch(id, [verdict(300), verdict(301, { provisional: true, reason: 'policy_rejected' })], { domains: [{ domainId: 30, catchAll: 'refused', acceptedAny: true, random: null }] }));
  store.schedule(id);
  store.commonDomains(id, 5);
  store.dailyGrant({ day: '2026-11-21', key: 'x', want: 1, cap: 2 });
  store.dnsCacheSet([{ key: 'MX a', answer: '{}', expiresAtMs: NOW_MS + 1e6 }]);
  store.dnsCacheGet(['MX a']);
  store.jobs.setJobs([{ listId: id, again: null }]);
  store.jobs.jobs();
  store.jobs.workload(id, 3, null, NOW_MS);
  store.jobs.workload(id, 3, { kind: 'unknown' }, NOW_MS);
  store.jobs.reopen({ listId: id, wish: { kind: 'all' }, afterRow: 0, nowMs: NOW_MS });
  store.setState(id, 'paused');
  await store.care.backUp({ nowMs: NOW_MS, kept: 1, maxListBytes: 1e9 });
  const slice = { listId: id, afterRow: 0, scope: 'real', fit: 'x', nowMs: NOW_MS, maxAgeMs: 1e9 };
  store.care.rememberVerdicts(slice);
  const other = listOf(store, folder);
  store.care.reuseVerdicts({ ...slice, listId: other });
  store.care.restoreBackup(id);
  await combineAll(store, id, other, folder);
  store.hideList(other);
  store.restoreList(other);
  store.hideList(other);
  store.purgeHidden();
  store.lists();
  store.care.forgetKnownVerdicts();
  store.dnsCacheClear();
  store.close();
}

async function combineAll(store: SyncStore, id: number, other: number, folder: string): Promise<void> {
  const combine = combineHere(store);
  for (const listId of [id, other]) store.unlock(listId);
  const path = join(folder, 'more.csv');
  writeFileSync(path, 'email,name\nu1@d1.example,n\nnew@d1.example,n\nno at,x\n');
  const { list } = await combine.mergeLists({ listIds: [id, other], name: 'both' }, NO_HOOKS);
  await combine.appendFile({ listId: list.id, path, notIn: [other] }, NO_HOOKS);
  store.importList({ path, notIn: [other] });
  for (const rule of [{ by: 'status' }, { by: 'provider' }, { by: 'domain', most: 2 }, { by: 'parts', parts: 2 }, { by: 'rows', rows: Uint32Array.of(550) }] as const) {
    await combine.splitList({ listId: id, rule }, NO_HOOKS);
  }
}

async function useReading(dir: string, folder: string): Promise<void> {
  const reader = new Reader(dir);
  const listId = 1;
  for (const key of SORT_KEYS) {
    for (const filter of [{}, { statuses: ['deliverable'] as const }, { search: 'u1' }, { domains: ['d1.example'] }, { flags: ['role'] as const }, { duplicates: 'only' as const }]) {
      for (const where of [{}, { after: 5 }, { before: 9 }, { at: 3 }]) {
        const wanted = { ...filter, ...('statuses' in filter ? { statuses: [...filter.statuses] } : {}), ...('flags' in filter ? { flags: [...filter.flags] } : {}) };
        await reader.page({ listId, filter: wanted as Parameters<Reader['page']>[0]['filter'], sort: { key, descending: true }, limit: 5, ...where });
      }
    }
  }
  for (const row of [1, 500, 550]) reader.detail(listId, row);
  await reader.exportCount(listId, ['deliverable']);
  await reader.selectedRows(listId, { filter: {}, all: true, turned: [] });
  await reader.selectedAddresses(listId, { filter: {}, all: true, turned: [] }, 10);
  reader.close();
  const exporter = new Exporter(dir);
  await exporter.exportList({ listId, outPath: join(folder, 'out.csv') });
  await exporter.exportList({ listId, outPath: join(folder, 'out.csv'), selection: { filter: {}, all: true, turned: [] } });
  exporter.summaryPage(listId);
  exporter.close();
}

function forget(dir: string): void {
  const store = new SyncStore(dir);
  for (const nowMs of [NOW_MS + 1e10, NOW_MS + 1.01e10]) store.care.retain({ nowMs, verdictsAfterDays: 1, listsAfterDays: 0 });
  store.close();
}

/** As a process that died while it made them has left them, or another thread makes them. */
function useFiles(folder: string): void {
  const blank = join(folder, 'blank.db');
  const database = new Database(blank);
  database.exec('CREATE TABLE t (x); DROP TABLE t');
  database.close();
  openDatabase(blank, 'library', { create: true }).close();
  const list = join(folder, 'list.db');
  openDatabase(list, 'list', { create: true }).close();
  completeList(list, {}, { kinds: { open: 0, invalid: 0, duplicate: 0, elsewhere: 0, empty: 0, suppressed: 0 }, reasons: {} });
}

function recover(dir: string): void {
  writeFileSync(join(dir, 'library.db'), 'no database');
  const store = new SyncStore(dir, { recover: true });
  store.deleteList(1);
  store.close();
}
