// A store that a process died with: one list, many batches committed one by one, the WALs live. Says how many of the
// batches each length of the list's WAL holds; a batch that went into the database itself is held by any.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore, type StoreClient } from '../../../electron/worker/client.ts';
import { workerPath } from '../../../electron/host/worker-path.ts';
import type { DomainClaim, VerdictBatch, VerdictRecord } from '../../../electron/worker/interface.ts';
import { committedLengths } from './wal-frames.ts';

export const ROWS = 480;
const DOMAINS = 40;
const DOMAINS_A_BATCH = 2;
/** Epoch milliseconds. Far ahead, so that what is scheduled is not due. */
export const CHECKED_AT_MS = 1_760_000_000_000;
const RETRY_AT_MS = CHECKED_AT_MS + 3_600_000;

export interface ListWithWal {
  /** To be copied, and never opened itself. */
  readonly storeDir: string;
  readonly listId: number;
  /** In the order of their commits. */
  readonly batches: readonly VerdictBatch[];
  /** Of the list's WAL: the length in bytes with which each batch is whole; 0: it is in the database. */
  readonly wholeAt: readonly number[];
  remove(): void;
}

/** `checkpointAfter`: so many batches go into the database, and the WAL begins anew over what was in it. 0: none do. */
export async function makeListWithWal(checkpointAfter: number): Promise<ListWithWal> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-wal-'));
  const live = join(folder, 'live');
  mkdirSync(live);
  const store = await openStore({ dir: live, workerPath: workerPath() });
  const listId = await importRows(folder, store);
  const file = join(live, 'lists', `${String(listId)}.db`);
  const batches: VerdictBatch[] = [];
  let wholeAt: number[] = [];
  await store.lock(listId);
  await store.setState(listId, 'running');
  for (;;) {
    const claims = await store.claim(listId, { maxDomains: DOMAINS_A_BATCH, maxAddressesPerDomain: ROWS, nowMs: CHECKED_AT_MS, includeScheduled: true });
    if (claims.length === 0) break;
    const batch = batchOf(listId, claims);
    await store.commit(batch);
    batches.push(batch);
    wholeAt.push(committedLengths(readFileSync(`${file}-wal`)).at(-1) ?? 0);
    if (batches.length !== checkpointAfter) continue;
    putIntoDatabase(file);
    wholeAt = wholeAt.map(() => 0);
  }
  // The list was imported by the same process, so the library's WAL is of that time too.
  const storeDir = join(folder, 'dead');
  cpSync(live, storeDir, { recursive: true });
  await store.close();
  return {
    storeDir,
    listId,
    batches,
    wholeAt,
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function importRows(folder: string, store: StoreClient): Promise<number> {
  const path = join(folder, 'list.csv');
  writeFileSync(path, `email\n${Array.from({ length: ROWS }, (_, row) => `u${String(row)}@d${String(row % DOMAINS)}.example\n`).join('')}`);
  const { list } = await store.importList({ path });
  return list.id;
}

/** Nobody reads just now, so all of it goes. */
function putIntoDatabase(file: string): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(PASSIVE)');
  database.close();
}

/** Something of everything that a commit writes. */
function batchOf(listId: number, claims: readonly DomainClaim[]): VerdictBatch {
  return {
    listId,
    verdicts: claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => verdictOf(rowId))),
    domains: claims.map(({ domainId }) => ({ domainId, catchAll: domainId % 2 === 0 ? 'refused' : 'not_run', acceptedAny: domainId % 2 === 0, random: null })),
    releasedDomainIds: claims.map(({ domainId }) => domainId),
  };
}

export function verdictOf(rowId: number): VerdictRecord {
  const kind = rowId % 4;
  return {
    rowId,
    reason: kind === 0 ? 'greylisted' : kind === 1 ? 'mailbox_not_found' : 'accepted',
    score: kind === 0 ? 55 : kind === 1 ? 0 : 95,
    flags: [],
    didYouMean: null,
    reply: `250 2.1.5 row ${String(rowId)}`,
    mx: 'mx.example.com',
    checkedAtMs: CHECKED_AT_MS,
    attempt: 1,
    retryAtMs: kind === 0 ? RETRY_AT_MS : null,
    provisional: false,
    heard: 'recipient',
    evidence: [],
  };
}
