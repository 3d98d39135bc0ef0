// The counters of a list whose rows came with their verdicts: counted once, when it is complete. From then on the writer
// keeps them.
import type Database from 'better-sqlite3';
import { isReason, type Reason } from '../../../shared/verdict/verdict.ts';
import { CounterChanges } from '../store/counter-table.ts';
import type { StoredKind } from './list-reading.ts';

interface Counted {
  readonly reason: string;
  readonly n: number;
}

/** `kinds`: rows of each kind. */
export function countRows(database: Database.Database, kinds: Readonly<Record<StoredKind, number>>): CounterChanges {
  const changes = new CounterChanges();
  const counted = (sql: string, note: (reason: Reason, n: number) => void): number => {
    let sum = 0;
    for (const { reason, n } of database.prepare<[], Counted>(sql).all()) {
      sum += n;
      if (isReason(reason)) note(reason, n);
    }
    return sum;
  };
  const judged = counted('SELECT r.name AS reason, count(*) AS n FROM verdicts v JOIN reasons r ON r.code = v.reason GROUP BY v.reason', (reason, n) => { changes.reason(reason, n); });
  const scheduled = counted('SELECT reason, count(*) AS n FROM schedule GROUP BY reason', (reason, n) => { changes.scheduled(reason, n); });
  counted(
    `SELECT r.name AS reason, count(*) AS n FROM duplicates d JOIN verdicts v ON v.row_id = d.first_row JOIN reasons r ON r.code = v.reason GROUP BY v.reason`,
    (reason, n) => { changes.duplicates(reason, n); },
  );
  changes.state('pending', kinds.open + kinds.invalid - judged);
  changes.state('scheduled', scheduled);
  changes.state('done', judged - scheduled);
  for (const state of ['duplicate', 'empty', 'suppressed'] as const) changes.state(state, kinds[state]);
  return changes;
}
