// One list, open for reading: its rows as the window shows them, and its counters.
// A duplicate shows the verdict of its first row. Statements are prepared once and kept as long as the file is open.
import type Database from 'better-sqlite3';
import type { ResultRow } from '../../../shared/ipc/lists.ts';
import { statusOf, type Reason, type RowState } from '../../../shared/verdict/verdict.ts';
import { unguardCell } from '../csv/guard-cell.ts';
import { RecordScanner } from '../csv/record-scanner.ts';
import { splitRecord } from '../csv/split-record.ts';
import type { Counters } from '../interface.ts';
import { CounterTable } from '../store/counter-table.ts';
import { readDetails } from '../packed/verdict-details.ts';
import { detailsSql } from '../store/details-blocks.ts';
import type { ListRecord } from '../store/list-record.ts';
import { ReasonCodes } from '../store/reason-codes.ts';
import { steady } from '../store/steady-value.ts';
import { openReading } from './open-reading.ts';

const MAX_ADDRESS_LENGTH = 320;
/** Servers may send 64 KiB; the whole of it is in the evidence. */
const MAX_REPLY_LENGTH = 500;

/** Every verdict puts a line into the details or changes a counter, and both only grow or differ. */
const VERSION = `SELECT (SELECT max(id) FROM details) || ' ' || (SELECT group_concat(name || n) FROM counters)`;

interface StoredRow {
  readonly id: number;
  readonly raw: string;
  readonly kind: string;
  readonly dup_of: number | null;
  /** Code. */
  readonly reason: number | null;
  readonly score: number | null;
  readonly details: Buffer | null;
  readonly scheduled: number | null;
  readonly other_list: number | null;
}

export class ListView {
  readonly record: ListRecord;
  readonly database: Database.Database;
  readonly reasons: ReasonCodes;
  readonly #counters: CounterTable;
  readonly #row: Database.Statement<[number], StoredRow>;
  readonly #statements = new Map<string, Database.Statement<(string | number)[]>>();
  readonly #arrays = new Map<string, Database.Statement<(string | number)[]>>();
  readonly #scanner: RecordScanner;

  /** `database`: of the list, if it is open already; it is this one's from then on. Throws what `openReading` throws. */
  constructor(record: ListRecord, database?: Database.Database) {
    this.record = record;
    this.#scanner = new RecordScanner(record.delimiter);
    this.database = database ?? openReading(record.file, 'list');
    try {
      this.#counters = new CounterTable(this.database);
      this.reasons = ReasonCodes.read(this.database);
      this.#row = this.database.prepare(
        `SELECT r.id, r.raw, r.kind, r.dup_of, v.reason, v.score, ${detailsSql('v.details')} AS details, s.row_id AS scheduled, e.list_id AS other_list FROM rows r
         LEFT JOIN verdicts v ON v.row_id = coalesce(r.dup_of, r.id) LEFT JOIN schedule s ON s.row_id = r.id
         LEFT JOIN elsewhere e ON e.row_id = r.id WHERE r.id = ${steady('?')}`,
      );
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** A statement that gives the values of its first column. */
  column(sql: string): Database.Statement<(string | number)[]> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare<(string | number)[]>(sql).pluck();
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** A statement that gives its rows as arrays. */
  arrays(sql: string): Database.Statement<(string | number)[]> {
    let statement = this.#arrays.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare<(string | number)[]>(sql).raw();
      this.#arrays.set(sql, statement);
    }
    return statement;
  }

  /** The highest row number. */
  lastRow(): number {
    return Number(this.column('SELECT max(id) FROM rows').get() ?? 0);
  }

  /** Another one whenever a verdict has changed. */
  verdictVersion(): string {
    return String(this.column(VERSION).get());
  }

  counters(): Counters {
    return this.#counters.read();
  }

  duplicatesByReason(): Partial<Record<Reason, number>> {
    return this.#counters.readDuplicates();
  }

  row(id: number): ResultRow | undefined {
    const stored = this.#row.get(id);
    return stored === undefined ? undefined : this.#shown(stored);
  }

  /** The original cells of a row; none if it is not there. */
  cellsOf(id: number): string[] {
    const raw = this.column('SELECT raw FROM rows WHERE id = ?').get(id) as string | undefined;
    return raw === undefined ? [] : this.#split(raw);
  }

  /** The address cell of a row, whole. */
  addressCell(id: number): string {
    return this.cellsOf(id)[this.record.addressColumn] ?? '';
  }

  /** The address cell of a record, whole. */
  addressIn(raw: string): string {
    return this.#split(raw)[this.record.addressColumn] ?? '';
  }

  close(): void {
    this.database.close();
  }

  #split(raw: string): string[] {
    const cells = splitRecord(raw, this.#scanner);
    return this.record.guarded ? cells.map(unguardCell) : cells;
  }

  #shown(stored: StoredRow): ResultRow {
    const reason = this.reasons.reason(stored.reason);
    const reply = stored.details === null ? null : readDetails(stored.details).reply;
    return {
      row: stored.id,
      address: (this.#split(stored.raw)[this.record.addressColumn] ?? '').slice(0, MAX_ADDRESS_LENGTH),
      state: stateOf(stored),
      status: reason === null ? null : statusOf(reason),
      reason,
      score: stored.score,
      reply: reply === null ? null : reply.slice(0, MAX_REPLY_LENGTH),
      duplicateOf: stored.dup_of,
      ...(stored.other_list === null ? {} : { otherList: stored.other_list }),
    };
  }
}

function stateOf(stored: StoredRow): RowState {
  if (stored.kind === 'duplicate' || stored.kind === 'empty' || stored.kind === 'suppressed') return stored.kind;
  if (stored.reason === null) return 'pending';
  return stored.scheduled === null ? 'done' : 'scheduled';
}
