// Forgets what mail servers and DNS said of a list's addresses: its rows are as they were after the import, and can be
// asked anew. What was found at the import (impossible addresses) stays, as it came from the row itself.
// In one transaction, some seconds for millions of rows; nothing of the list may be claimed meanwhile.
import type Database from 'better-sqlite3';
import type { Counters } from '../interface.ts';
import { CounterTable } from './counter-table.ts';

const FORGET = `
  DELETE FROM verdicts WHERE row_id IN (SELECT id FROM rows WHERE kind = 'open');
  DELETE FROM evidence WHERE row_id IN (SELECT id FROM rows WHERE kind = 'open');
  DELETE FROM earlier;
  DELETE FROM schedule;
  DELETE FROM provisional;
  DELETE FROM details WHERE id NOT IN (SELECT details / 4096 FROM verdicts);
  UPDATE domains SET catch_all = 'not_run', accepted_any = 0, next_retry_ms = NULL, random_code = NULL, random_enhanced = NULL, random_text = NULL,
    random_local = NULL, random_mx = NULL, random_ip = NULL, random_at_ms = NULL,
    next_row = (SELECT min(id) FROM rows WHERE domain_id = domains.id AND kind = 'open');
  DELETE FROM counters WHERE name NOT IN ('state:duplicate', 'state:empty', 'state:suppressed');
  INSERT INTO counters SELECT 'state:pending', count(*) FROM rows WHERE kind = 'open';
  INSERT INTO counters SELECT 'state:done', count(*) FROM rows WHERE kind = 'invalid';
  INSERT INTO counters SELECT 'reason:' || r.name, count(*) FROM verdicts v JOIN reasons r ON r.code = v.reason GROUP BY v.reason;
  INSERT INTO counters SELECT 'duplicates:' || r.name, count(*) FROM verdicts v JOIN duplicates d ON d.first_row = v.row_id
    JOIN reasons r ON r.code = v.reason GROUP BY v.reason;
`;

/** Leaves no byte of them in the file or its WAL (`secure_delete`). */
export function forgetVerdicts(database: Database.Database): Counters {
  database
    .transaction(() => {
      database.exec(FORGET);
    })
    .immediate();
  database.pragma('wal_checkpoint(TRUNCATE)');
  return new CounterTable(database).read();
}

/** Whether there is anything that `forgetVerdicts` would forget, as far as the counters tell. `rows` of its own, judged. */
export function hasVerdicts({ byState, byReason }: Counters): boolean {
  if (byState.scheduled > 0) return true;
  return Object.entries(byReason).some(([reason, count]) => count > 0 && !reason.startsWith('syntax_'));
}
