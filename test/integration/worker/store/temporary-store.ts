// A store in a folder of its own, a way to fill it, and verdicts with defaults; for the store's tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { readDetails, type VerdictDetails } from '../../../../electron/worker/packed/verdict-details.ts';
import { detailsSql } from '../../../../electron/worker/store/details-blocks.ts';
import { LIST_001 } from '../../../../electron/worker/store/migrations/list-001.ts';
import { SyncStore } from '../../../lab/sync-store.ts';
import type { ClaimOptions, DomainClaim, ImportOptions, ImportReport, ListId, VerdictBatch, VerdictRecord } from '../../../../electron/worker/interface.ts';

export const NOW_MS = 1_760_000_000_000;

export class TemporaryStore {
  readonly folder = mkdtempSync(join(tmpdir(), 'winnow-store-'));
  readonly dir = join(this.folder, 'store');
  store = new SyncStore(this.dir);

  /** As after a restart. */
  reopen(): void {
    this.store.close();
    this.store = new SyncStore(this.dir);
  }

  write(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  import(content: string | Buffer, options: Partial<ImportOptions> = {}): ImportReport {
    return this.store.importList({ path: this.write('list.csv', content), ...options });
  }

  /** A list of these addresses, one a row, without a header. */
  importAddresses(addresses: readonly string[]): ListId {
    return this.import(`email\n${addresses.join('\n')}\n`).list.id;
  }

  claim(listId: ListId, options: Partial<ClaimOptions> = {}): readonly DomainClaim[] {
    return this.store.claim(listId, { maxDomains: 100, maxAddressesPerDomain: 100, nowMs: NOW_MS, includeScheduled: true, ...options });
  }

  remove(): void {
    this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function verdict(rowId: number, options: Partial<VerdictRecord> = {}): VerdictRecord {
  return {
    rowId, reason: 'accepted', score: 95, flags: [], didYouMean: null, reply: '250 2.1.5 Ok', mx: 'mx.example.com', checkedAtMs: NOW_MS,
    attempt: 1, retryAtMs: null, provisional: false, heard: 'recipient', evidence: [], ...options,
  };
}

export function batch(listId: ListId, verdicts: readonly VerdictRecord[], options: Partial<VerdictBatch> = {}): VerdictBatch {
  return { listId, verdicts, domains: [], releasedDomainIds: [], ...options };
}

/** The details of a row's verdict, as its file has them. */
export function detailsOf(database: Database.Database, rowId: number): VerdictDetails {
  const line = database.prepare<[number], Buffer>(`SELECT ${detailsSql('details')} FROM verdicts WHERE row_id = ?`).pluck().get(rowId);
  if (line === undefined) throw new Error(`no verdict for row ${String(rowId)}`);
  return readDetails(line);
}

/** Takes back what version 4 changed of a list's file, whose connections are closed. Evidence that is shared is left out. */
export function toVersion3(database: Database.Database): void {
  const rows = database
    .prepare<[], { row_id: number; name: string; score: number }>('SELECT v.row_id, r.name, v.score FROM verdicts v JOIN reasons r ON r.code = v.reason')
    .all()
    .map((row) => ({ ...row, details: detailsOf(database, row.row_id) }));
  const [create = ''] = /CREATE TABLE verdicts [^;]*;/.exec(LIST_001) ?? [];
  database.exec(`ALTER TABLE schedule DROP COLUMN again; DROP TABLE verdicts; DROP TABLE details; DROP TABLE earlier; DROP TABLE reasons; ${create} CREATE INDEX verdicts_by_reason ON verdicts (reason); PRAGMA user_version = 3`);
  const put = database.prepare('INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const putEvidence = database.prepare('INSERT INTO evidence VALUES (?, ?, ?)');
  for (const { row_id: rowId, name, score, details } of rows) {
    const { flags, didYouMean, reply, mx, checkedAtMs, attempt, evidence } = details;
    put.run(rowId, name, score, flags, didYouMean, reply, mx, checkedAtMs, attempt);
    putEvidence.run(rowId, attempt, JSON.stringify(evidence));
  }
}

/** Takes back what version 3 added too. */
export function toVersion2(database: Database.Database): void {
  toVersion3(database);
  for (const column of ['code', 'enhanced', 'text', 'local', 'mx', 'ip', 'at_ms']) database.exec(`ALTER TABLE domains DROP COLUMN random_${column}`);
  database.exec('ALTER TABLE schedule DROP COLUMN heard; PRAGMA user_version = 2');
}
