// Verdicts of rows that are asked again, or of which no claim is known (late, sent twice): the database is asked first.
// A row that is done stays done, whatever comes late. The details of an earlier attempt, its evidence among them, stay.
// A row that is verified again keeps a certain verdict where nothing certain is heard: only what was heard is kept then.
import type Database from 'better-sqlite3';
import { statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import type { BatchReading } from './batch-reading.ts';
import type { CounterChanges } from './counter-table.ts';
import type { ReasonCodes } from './reason-codes.ts';
import type { RepeatedRows } from './repeated-rows.ts';
import { steady } from './steady-value.ts';

interface RowBefore {
  readonly domain_id: number | null;
  /** Code of the verdict that it has; null if it has none. */
  readonly reason: number | null;
  readonly details: number | null;
  /** The reason that it is scheduled for, and the attempt that said so; null if it is not. */
  readonly scheduled: Reason | null;
  readonly attempt: number | null;
  /** 1: it is verified again. */
  readonly again: number | null;
}

export interface LateVerdict {
  readonly domainId: number;
  readonly isFirst: boolean;
  readonly wasScheduled: boolean;
  /** It is verified again: its retries are too. */
  readonly isAgain: boolean;
  /** Its verdict stays; what was heard now is kept beside it. */
  readonly isKept: boolean;
}

export class LateVerdicts {
  readonly #reasons: ReasonCodes;
  readonly #repeated: RepeatedRows;
  readonly #row: Database.Statement<[number], RowBefore>;
  readonly #put: Database.Statement<[number, number, number, number]>;
  readonly #keepEarlier: Database.Statement<[number, number, number]>;
  readonly #keepBeside: Database.Statement<[number, number, number]>;
  readonly #dropSchedule: Database.Statement<[number]>;
  readonly #dropProvisional: Database.Statement<[number, number]>;

  constructor(database: Database.Database, reasons: ReasonCodes, repeated: RepeatedRows) {
    this.#reasons = reasons;
    this.#repeated = repeated;
    this.#row = database.prepare(
      `SELECT r.domain_id, v.reason, v.details, s.reason AS scheduled, s.attempt, s.again FROM rows r
       LEFT JOIN verdicts v ON v.row_id = r.id LEFT JOIN schedule s ON s.row_id = r.id WHERE r.id = ${steady('?')}`,
    );
    this.#put = database.prepare('INSERT OR REPLACE INTO verdicts (row_id, reason, score, details) VALUES (?, ?, ?, ?)');
    this.#keepEarlier = database.prepare('INSERT OR REPLACE INTO earlier (row_id, attempt, details) VALUES (?, ?, ?)');
    // Attempts are counted anew for a row that is verified again: these would take the places of those of before.
    this.#keepBeside = database.prepare('INSERT INTO earlier (row_id, attempt, details) SELECT ?, coalesce(max(attempt), 0) + 1, ? FROM earlier WHERE row_id = ?');
    this.#dropSchedule = database.prepare('DELETE FROM schedule WHERE row_id = ?');
    this.#dropProvisional = database.prepare('DELETE FROM provisional WHERE domain_id = ? AND row_id = ?');
  }

  /** Null: the row is not open. `code`: of its reason. Whether it is done or scheduled now is the caller's to write. */
  put(reading: BatchReading, index: number, code: number, changes: CounterChanges): LateVerdict | null {
    const rowId = reading.rowId(index);
    const row = this.#row.get(rowId);
    const domainId = row?.domain_id ?? null;
    if (row === undefined || domainId === null || !isOpen(row, reading.attempt(index))) return null;
    const reason = reading.reasonName(index);
    const before = this.#reasons.reason(row.reason);
    const isAgain = row.again === 1;
    const isKept = isAgain && before !== null && statusOf(before) !== 'unknown' && statusOf(reason) === 'unknown';
    if (isKept) this.#keepBeside.run(rowId, reading.putDetails(index), rowId);
    else this.#replace(rowId, row, { code, score: reading.score(index), details: reading.putDetails(index) });
    if (row.reason === null) {
      changes.state('pending', -1);
    } else if (!isKept) {
      this.#dropProvisional.run(domainId, rowId);
      this.#count(rowId, before, -1, changes);
    }
    if (!isKept) this.#count(rowId, reason, 1, changes);
    if (row.scheduled !== null) {
      changes.state('scheduled', -1);
      changes.scheduled(row.scheduled, -1);
      this.#dropSchedule.run(rowId);
    }
    return { domainId, isFirst: row.reason === null, wasScheduled: row.scheduled !== null, isAgain, isKept };
  }

  #replace(rowId: number, row: RowBefore, verdict: { readonly code: number; readonly score: number; readonly details: number }): void {
    if (row.details !== null && row.again === 1) this.#keepBeside.run(rowId, row.details, rowId);
    else if (row.details !== null) this.#keepEarlier.run(rowId, row.attempt ?? 0, row.details);
    this.#put.run(rowId, verdict.code, verdict.score, verdict.details);
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
