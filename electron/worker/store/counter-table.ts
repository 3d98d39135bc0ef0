// A list's counters, kept by the writer in the transaction that changes what they count; never counted by a scan.
// Statuses are not stored: they are sums of their reasons.
import type Database from 'better-sqlite3';
import { isReason, ROW_STATES, statusOf, STATUSES, type Reason, type RowState, type Status } from '../../../shared/verdict/verdict.ts';
import type { Counters } from '../interface.ts';

/** Changes of one transaction, summed up before they are written. */
export class CounterChanges {
  readonly deltas = new Map<string, number>();

  state(state: RowState, by: number): void {
    this.#add(`state:${state}`, by);
  }

  reason(reason: Reason, by: number): void {
    this.#add(`reason:${reason}`, by);
  }

  scheduled(reason: Reason, by: number): void {
    this.#add(`scheduled:${reason}`, by);
  }

  /** Duplicates of rows with this reason. */
  duplicates(reason: Reason, by: number): void {
    this.#add(`duplicates:${reason}`, by);
  }

  #add(name: string, by: number): void {
    this.deltas.set(name, (this.deltas.get(name) ?? 0) + by);
  }
}

export class CounterTable {
  readonly #write: Database.Statement<[string, number]>;
  readonly #read: Database.Statement<[], { name: string; n: number }>;

  constructor(database: Database.Database) {
    this.#write = database.prepare('INSERT INTO counters (name, n) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n');
    this.#read = database.prepare('SELECT name, n FROM counters WHERE n <> 0');
  }

  /** Within the caller's transaction. */
  apply(changes: CounterChanges): void {
    for (const [name, by] of changes.deltas) if (by !== 0) this.#write.run(name, by);
  }

  read(): Counters {
    const counts = new Map(this.#read.all().map((row) => [row.name, row.n]));
    return countersOf(counts);
  }

  /** Scheduled rows by the reason that they wait for. */
  readScheduled(): Partial<Record<Reason, number>> {
    return this.#byReason('scheduled:');
  }

  /** Duplicates by the reason of their first row. */
  readDuplicates(): Partial<Record<Reason, number>> {
    return this.#byReason('duplicates:');
  }

  #byReason(prefix: string): Partial<Record<Reason, number>> {
    return byReason(new Map(this.#read.all().map((row) => [row.name, row.n])), prefix);
  }
}

export const NO_COUNTERS: Counters = countersOf(new Map());

function countersOf(counts: ReadonlyMap<string, number>): Counters {
  const byState = Object.fromEntries(ROW_STATES.map((state) => [state, counts.get(`state:${state}`) ?? 0])) as Record<RowState, number>;
  const reasons = byReason(counts, 'reason:');
  const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
  for (const [reason, count] of Object.entries(reasons)) byStatus[statusOf(reason as Reason)] += count;
  return { rows: Object.values(byState).reduce((sum, count) => sum + count, 0), byState, byStatus, byReason: reasons };
}

function byReason(counts: ReadonlyMap<string, number>, prefix: string): Partial<Record<Reason, number>> {
  const reasons: Partial<Record<Reason, number>> = {};
  for (const [name, count] of counts) {
    const reason = name.slice(prefix.length);
    if (name.startsWith(prefix) && isReason(reason)) reasons[reason] = count;
  }
  return reasons;
}
