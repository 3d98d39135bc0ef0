// Turns the bare refusals of a domain into `mailbox_not_found` once the domain has accepted somebody (faults row 28).
// They have no place in the schedule any more: what was said is certain now.
import type Database from 'better-sqlite3';
import { scoreOf } from '../../../shared/verdict/score.ts';
import type { Flag, Reason } from '../../../shared/verdict/verdict.ts';
import { readDetails } from '../packed/verdict-details.ts';
import type { CounterChanges } from './counter-table.ts';
import { detailsSql } from './details-blocks.ts';
import type { ReasonCodes } from './reason-codes.ts';
import type { RepeatedRows } from './repeated-rows.ts';

interface Provisional {
  readonly row_id: number;
  /** Code. */
  readonly reason: number;
  readonly details: Buffer | null;
  readonly scheduled: Reason | null;
}

export class SettleProvisional {
  readonly #reasons: ReasonCodes;
  readonly #repeated: RepeatedRows;
  readonly #of: Database.Statement<[number], Provisional>;
  readonly #settle: Database.Statement<[number, number, number]>;
  readonly #dropSchedule: Database.Statement<[number]>;
  readonly #drop: Database.Statement<[number]>;

  constructor(database: Database.Database, reasons: ReasonCodes, repeated: RepeatedRows) {
    this.#reasons = reasons;
    this.#repeated = repeated;
    this.#of = database.prepare(
      `SELECT p.row_id, v.reason, ${detailsSql('v.details')} AS details, s.reason AS scheduled FROM provisional p
       JOIN verdicts v ON v.row_id = p.row_id LEFT JOIN schedule s ON s.row_id = p.row_id WHERE p.domain_id = ? ORDER BY p.row_id`,
    );
    this.#settle = database.prepare('UPDATE verdicts SET reason = ?, score = ? WHERE row_id = ?');
    this.#dropSchedule = database.prepare('DELETE FROM schedule WHERE row_id = ?');
    this.#drop = database.prepare('DELETE FROM provisional WHERE domain_id = ?');
  }

  /** Within the caller's transaction; the domain has accepted somebody. */
  settle(domainId: number, changes: CounterChanges): void {
    for (const { row_id: rowId, reason, details, scheduled } of this.#of.all(domainId)) {
      const flags = details === null ? '' : readDetails(details).flags;
      const score = scoreOf('mailbox_not_found', flags === '' ? [] : (flags.split(' ') as Flag[]));
      this.#settle.run(this.#reasons.code('mailbox_not_found') ?? 0, score, rowId);
      this.#count(rowId, this.#reasons.reason(reason), -1, changes);
      this.#count(rowId, 'mailbox_not_found', 1, changes);
      if (scheduled === null) continue;
      this.#dropSchedule.run(rowId);
      changes.state('scheduled', -1);
      changes.scheduled(scheduled, -1);
      changes.state('done', 1);
    }
    this.#drop.run(domainId);
  }

  #count(rowId: number, reason: Reason | null, by: 1 | -1, changes: CounterChanges): void {
    if (reason === null) return;
    changes.reason(reason, by);
    const duplicates = this.#repeated.countOf(rowId);
    if (duplicates > 0) changes.duplicates(reason, by * duplicates);
  }
}
