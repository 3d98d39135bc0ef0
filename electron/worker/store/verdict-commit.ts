// Commits a batch: verdicts, domain facts, schedule, counters and each domain's place in the queue, in one transaction
// or not at all. A verdict of a row that is not open is ignored, so a batch that is sent twice counts once.
// When a domain has accepted somebody, its bare refusals become `mailbox_not_found` (faults row 28).
import type Database from 'better-sqlite3';
import { scoreOf } from '../../../shared/verdict/score.ts';
import type { Flag, Reason } from '../../../shared/verdict/verdict.ts';
import type { DomainUpdate, VerdictBatch, VerdictRecord } from '../interface.ts';
import { MAX_RETRY_AHEAD_MS } from './claim-book.ts';
import { CounterChanges, type CounterTable } from './counter-table.ts';
import { DOMAIN_FACT_COLUMNS, domainFactCells, type DomainFactRow, domainFactsOf, mergedFacts } from './domain-facts.ts';

interface RowBefore {
  readonly domain_id: number | null;
  /** Of the verdict that it has; null if it has none. */
  readonly reason: Reason | null;
  readonly attempt: number | null;
  /** The reason that it is scheduled for; null if it is not. */
  readonly scheduled: Reason | null;
}

export class VerdictCommit {
  readonly #counters: CounterTable;
  readonly #run: Database.Transaction<(batch: VerdictBatch) => number>;
  readonly #row: Database.Statement<[number], RowBefore>;
  readonly #putVerdict: Database.Statement;
  readonly #putEvidence: Database.Statement;
  readonly #putSchedule: Database.Statement;
  readonly #dropSchedule: Database.Statement<[number]>;
  readonly #putProvisional: Database.Statement<[number, number]>;
  readonly #dropProvisional: Database.Statement<[number, number]>;
  readonly #provisionalOf: Database.Statement<[number], { row_id: number; flags: string }>;
  readonly #settle: Database.Statement<[Reason, number, number]>;
  /** Null where the list has no duplicates, which saves the look-up. */
  readonly #duplicatesOf: Database.Statement<[number], { n: number }> | null;
  readonly #domain: Database.Statement<[number], DomainFactRow>;
  readonly #putDomain: Database.Statement;
  readonly #requeue: Database.Statement<{ id: number }>;

  constructor(database: Database.Database, counters: CounterTable) {
    this.#counters = counters;
    this.#row = database.prepare(
      `SELECT r.domain_id, v.reason, v.attempt, s.reason AS scheduled FROM rows r
       LEFT JOIN verdicts v ON v.row_id = r.id LEFT JOIN schedule s ON s.row_id = r.id WHERE r.id = ?`,
    );
    this.#putVerdict = database.prepare('INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#putEvidence = database.prepare('INSERT OR REPLACE INTO evidence VALUES (?, ?, ?)');
    this.#putSchedule = database.prepare('INSERT OR REPLACE INTO schedule VALUES (?, ?, ?, ?, ?, ?)');
    this.#dropSchedule = database.prepare('DELETE FROM schedule WHERE row_id = ?');
    this.#putProvisional = database.prepare('INSERT OR IGNORE INTO provisional VALUES (?, ?)');
    this.#dropProvisional = database.prepare('DELETE FROM provisional WHERE domain_id = ? AND row_id = ?');
    this.#provisionalOf = database.prepare(
      'SELECT p.row_id, v.flags FROM provisional p JOIN verdicts v ON v.row_id = p.row_id WHERE p.domain_id = ? ORDER BY p.row_id',
    );
    this.#settle = database.prepare('UPDATE verdicts SET reason = ?, score = ? WHERE row_id = ?');
    const duplicates = database.prepare('SELECT 1 FROM duplicates LIMIT 1').get() !== undefined;
    this.#duplicatesOf = duplicates ? database.prepare('SELECT count(*) AS n FROM duplicates WHERE first_row = ?') : null;
    this.#domain = database.prepare(`SELECT ${DOMAIN_FACT_COLUMNS} FROM domains WHERE id = ?`);
    this.#putDomain = database.prepare(`UPDATE domains SET (${DOMAIN_FACT_COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?`);
    this.#requeue = database.prepare(
      `UPDATE domains SET
         next_row = (SELECT id FROM rows WHERE domain_id = @id AND id >= domains.next_row
                     AND NOT EXISTS (SELECT 1 FROM verdicts WHERE row_id = rows.id) ORDER BY id LIMIT 1),
         next_retry_ms = (SELECT min(retry_at_ms) FROM schedule WHERE domain_id = @id)
       WHERE id = @id`,
    );
    this.#run = database.transaction((batch: VerdictBatch) => this.#apply(batch));
  }

  /** How many verdicts counted. Throws what SQLite throws; nothing is changed then. */
  commit(batch: VerdictBatch): number {
    return this.#run.immediate(batch);
  }

  #apply(batch: VerdictBatch): number {
    const changes = new CounterChanges();
    const touched = new Set<number>();
    let committed = 0;
    // In row order: the verdict table is a B-tree by row, and ordered writes are fifteen times as fast.
    for (const verdict of [...batch.verdicts].sort((a, b) => a.rowId - b.rowId)) {
      const row = this.#row.get(verdict.rowId);
      const domainId = row?.domain_id ?? null;
      if (row === undefined || domainId === null || !isOpen(row, verdict)) continue;
      this.#put(verdict, row, domainId, changes);
      touched.add(domainId);
      committed++;
    }
    for (const update of batch.domains) this.#update(update);
    for (const update of batch.domains) touched.add(update.domainId);
    for (const domainId of touched) {
      if (this.#domain.get(domainId)?.accepted_any === 1) this.#settleProvisional(domainId, changes);
      this.#requeue.run({ id: domainId });
    }
    this.#counters.apply(changes);
    return committed;
  }

  #put(verdict: VerdictRecord, row: RowBefore, domainId: number, changes: CounterChanges): void {
    const { rowId, reason, attempt, retryAtMs } = verdict;
    this.#putVerdict.run(
      rowId, reason, verdict.score, verdict.flags.join(' '), verdict.didYouMean, verdict.reply, verdict.mx, verdict.checkedAtMs, attempt,
    );
    this.#putEvidence.run(rowId, attempt, JSON.stringify(verdict.evidence));
    if (row.reason === null) changes.state('pending', -1);
    this.#recount(rowId, row.reason, reason, changes);
    if (row.scheduled !== null) {
      changes.state('scheduled', -1);
      changes.scheduled(row.scheduled, -1);
    }
    if (retryAtMs === null) {
      if (row.scheduled !== null) this.#dropSchedule.run(rowId);
      changes.state('done', 1);
    } else {
      this.#putSchedule.run(rowId, domainId, Math.min(retryAtMs, verdict.checkedAtMs + MAX_RETRY_AHEAD_MS), attempt, reason, verdict.heard);
      changes.state('scheduled', 1);
      changes.scheduled(reason, 1);
    }
    if (verdict.provisional) this.#putProvisional.run(domainId, rowId);
    else if (row.reason !== null) this.#dropProvisional.run(domainId, rowId);
  }

  #recount(rowId: number, before: Reason | null, after: Reason, changes: CounterChanges): void {
    const duplicates = this.#duplicatesOf?.get(rowId)?.n ?? 0;
    if (before !== null) {
      changes.reason(before, -1);
      changes.duplicates(before, -duplicates);
    }
    changes.reason(after, 1);
    changes.duplicates(after, duplicates);
  }

  #update(update: DomainUpdate): void {
    const before = this.#domain.get(update.domainId);
    if (before === undefined) return;
    this.#putDomain.run(...domainFactCells(mergedFacts(domainFactsOf(before), update)), update.domainId);
  }

  #settleProvisional(domainId: number, changes: CounterChanges): void {
    for (const { row_id: rowId, flags } of this.#provisionalOf.all(domainId)) {
      const row = this.#row.get(rowId);
      if (row === undefined || row.reason === null) continue;
      this.#settle.run('mailbox_not_found', scoreOf('mailbox_not_found', flags === '' ? [] : (flags.split(' ') as Flag[])), rowId);
      this.#recount(rowId, row.reason, 'mailbox_not_found', changes);
      if (row.scheduled !== null) {
        this.#dropSchedule.run(rowId);
        changes.state('scheduled', -1);
        changes.scheduled(row.scheduled, -1);
        changes.state('done', 1);
      }
      this.#dropProvisional.run(domainId, rowId);
    }
  }
}

/** Never asked, or scheduled and asked again since. What is done stays done, whatever comes late. */
function isOpen(row: RowBefore, verdict: VerdictRecord): boolean {
  if (row.reason === null) return true;
  return row.scheduled !== null && verdict.attempt > (row.attempt ?? 0);
}
