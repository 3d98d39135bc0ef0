// What waits for its next try: how many addresses for each reason, and when the first of them is asked. Counts are those
// that the writer keeps; times are one look into an index for each reason, however long the schedule is.
// Always holds: a time further ahead than anything is ever scheduled was written by a wrong clock, and counts as now.
import type Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { ScheduledReason, ScheduleSummary } from '../interface.ts';
import { MAX_RETRY_AHEAD_MS } from './claim-book.ts';
import type { CounterTable } from './counter-table.ts';

export class ScheduleReader {
  readonly #counters: CounterTable;
  readonly #next: Database.Statement<[string], number | null>;

  constructor(database: Database.Database, counters: CounterTable) {
    this.#counters = counters;
    this.#next = database.prepare<[string], number | null>('SELECT min(retry_at_ms) FROM schedule WHERE reason = ?').pluck();
  }

  /** `nowMs`: epoch milliseconds of the last claim; 0 before the first, when every time is taken as it is. */
  read(nowMs: number): ScheduleSummary {
    const byReason: ScheduledReason[] = [];
    for (const [reason, count] of Object.entries(this.#counters.readScheduled()) as [Reason, number][]) {
      const at = this.#next.get(reason) ?? null;
      if (at !== null) byReason.push({ reason, count, nextAtMs: nowMs > 0 && at > nowMs + MAX_RETRY_AHEAD_MS ? nowMs : at });
    }
    byReason.sort((a, b) => b.count - a.count);
    const nextAtMs = byReason.reduce<number | null>((least, { nextAtMs: at }) => (least === null || at < least ? at : least), null);
    return { byReason, nextAtMs };
  }
}
