// Verdicts of rows that are asked again, or of which no claim is known (late, sent twice): the database is asked first.
// A row that is done stays done, whatever comes late. The details of an earlier attempt, its evidence among them, stay.
import type Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { BatchReading } from './batch-reading.ts';
import type { CounterChanges } from './counter-table.ts';
import type { ReasonCodes } from './reason-codes.ts';
import type { RepeatedRows } from './repeated-rows.ts';

interface RowBefore {
  readonly domain_id: number | null;
  /** Code of the verdict that it has; null if it has none. */
  readonly reason: number | null;
  readonly details: number | null;
  /** The reason that it is scheduled for, and the attempt that said so; null if it is not. */
  readonly scheduled: Reason | null;
  readonly attempt: number | null;
}

export interface LateVerdict {
  readonly domainId: number;
  readonly isFirst: boolean;
  readonly wasScheduled: boolean;
}

export class LateVerdicts {
  readonly #reasons: ReasonCodes;
  readonly #repeated: RepeatedRows;
  readonly #row: Database.Statement<[number], RowBefore>;
  readonly #put: Database.Statement<[number, number, number, number]>;
  readonly #keepEarlier: Database.Statement<[number, number, number]>;
  readonly #dropSchedule: Database.Statement<[number]>;
  readonly #dropProvisional: Database.Statement<[number, number]>;

  constructor(database: Database.Database, reasons: ReasonCodes, repeated: RepeatedRows) {
    this.#reasons = reasons;
    this.#repeated = repeated;
    this.#row = database.prepare(
      `SELECT r.domain_id, v.reason, v.details, s.reason AS scheduled, s.attempt FROM rows r
       LEFT JOIN verdicts v ON v.row_id = r.id LEFT JOIN schedule s ON s.row_id = r.id WHERE r.id = ?`,
    );
    this.#put = database.prepare('INSERT OR REPLACE INTO verdicts (row_id, reason, score, details) VALUES (?, ?, ?, ?)');
    this.#keepEarlier = database.prepare('INSERT OR REPLACE INTO earlier (row_id, attempt, details) VALUES (?, ?, ?)');
    this.#dropSchedule = database.prepare('DELETE FROM schedule WHERE row_id = ?');
    this.#dropProvisional = database.prepare('DELETE FROM provisional WHERE domain_id = ? AND row_id = ?');
  }

  /** Null: the row is not open. `code`: of its reason. Whether it is done or scheduled now is the caller's to write. */
  put(reading: BatchReading, index: number, code: number, changes: CounterChanges): LateVerdict | null {
    const rowId = reading.rowId(index);
    const row = this.#row.get(rowId);
    const domainId = row?.domain_id ?? null;
    if (row === undefined || domainId === null || !isOpen(row, reading.attempt(index))) return null;
    if (row.details !== null) this.#keepEarlier.run(rowId, row.attempt ?? 0, row.details);
    this.#put.run(rowId, code, reading.score(index), reading.putDetails(index));
    if (row.reason === null) {
      changes.state('pending', -1);
    } else {
      this.#dropProvisional.run(domainId, rowId);
      this.#count(rowId, this.#reasons.reason(row.reason), -1, changes);
    }
    this.#count(rowId, reading.reasonName(index), 1, changes);
    if (row.scheduled !== null) {
      changes.state('scheduled', -1);
      changes.scheduled(row.scheduled, -1);
      this.#dropSchedule.run(rowId);
    }
    return { domainId, isFirst: row.reason === null, wasScheduled: row.scheduled !== null };
  }

  #count(rowId: number, reason: Reason | null, by: 1 | -1, changes: CounterChanges): void {
    if (reason === null) return;
    changes.reason(reason, by);
    const duplicates = this.#repeated.countOf(rowId);
    if (duplicates > 0) changes.duplicates(reason, by * duplicates);
  }
}

/** Never asked, or scheduled and asked again since. What is done stays done, whatever comes late. */
function isOpen(row: RowBefore, attempt: number): boolean {
  if (row.reason === null) return true;
  return row.scheduled !== null && attempt > (row.attempt ?? 0);
}
