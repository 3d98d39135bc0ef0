// Makes rows that have a verdict due again: they get a place in the schedule, as if they waited for a retry, and a claim
// hands them out as at the first time. Their verdict stays where it is until a new one is committed ("loses no verdict").
// One slice is one transaction. Rows in the schedule already are left alone, so that a slice can be done twice.
import type Database from 'better-sqlite3';
import type { RowsWish } from '../store-jobs.ts';
import { AgainRows, type AgainRow } from './again-rows.ts';
import { CounterChanges, type CounterTable } from './counter-table.ts';
import type { ReasonCodes } from './reason-codes.ts';

export class ReopenRows {
  readonly #counters: CounterTable;
  readonly #reasons: ReasonCodes;
  readonly #rows: AgainRows;
  readonly #put: Database.Statement<[number, number, number, string]>;
  readonly #due: Database.Statement<[number, number, number]>;
  readonly #run: (rows: readonly AgainRow[], nowMs: number) => number;

  constructor(database: Database.Database, parts: { readonly counters: CounterTable; readonly reasons: ReasonCodes }) {
    this.#counters = parts.counters;
    this.#reasons = parts.reasons;
    this.#rows = new AgainRows(database, parts.reasons);
    // Attempts are counted anew, and nothing that was heard before weighs against what is heard now.
    this.#put = database.prepare(
      'INSERT OR IGNORE INTO schedule (row_id, domain_id, retry_at_ms, attempt, reason, heard, again) VALUES (?, ?, ?, 0, ?, NULL, 1)',
    );
    this.#due = database.prepare('UPDATE domains SET next_retry_ms = min(coalesce(next_retry_ms, ?), ?) WHERE id = ?');
    this.#run = database.transaction((rows: readonly AgainRow[], nowMs: number) => this.#reopen(rows, nowMs));
  }

  /** Throws what SQLite throws; nothing is changed then. */
  reopen(wish: RowsWish, afterRow: number, nowMs: number): { readonly rows: number; readonly nextRow: number | null } {
    const { rows, nextRow } = this.#rows.read(wish, afterRow, nowMs);
    return { rows: rows.length === 0 ? 0 : this.#run(rows, nowMs), nextRow };
  }

  #reopen(rows: readonly AgainRow[], nowMs: number): number {
    const changes = new CounterChanges();
    const domains = new Set<number>();
    let reopened = 0;
    for (const { id, domainId, reason: code } of rows) {
      const reason = this.#reasons.reason(code);
      if (reason === null || this.#put.run(id, domainId, nowMs, reason).changes === 0) continue;
      reopened++;
      domains.add(domainId);
      changes.state('done', -1);
      changes.state('scheduled', 1);
      changes.scheduled(reason, 1);
    }
    for (const domainId of domains) this.#due.run(nowMs, nowMs, domainId);
    this.#counters.apply(changes);
    return reopened;
  }
}
