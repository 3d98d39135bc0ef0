// The last step of an import, in whatever thread has time for it: counters, indexes, and everything on disk.
// Nobody else has the file open meanwhile. What it throws leaves a file that the caller erases.
import Database from 'better-sqlite3';
import { dirname } from 'node:path';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Counters } from '../interface.ts';
import { syncFile, syncFolder } from '../sync-file.ts';
import { CounterChanges, CounterTable } from './counter-table.ts';
import type { RowKind } from '../intake/local-row.ts';
import { STATE_OF_KIND, setForLoading, type LoadedCounts } from './list-loader.ts';
import { LIST_INDEXES } from './migrations/list-001.ts';
import { guarded } from './store-error.ts';

/** SQLite's advice (pragma.html#pragma_analysis_limit). */
const ANALYSED_ENTRIES = 400;

/** `counts`: what was loaded, or how it is counted when the indexes are there. `list`: kept in the list's file too, so that the file speaks for itself. Throws DiskFull, StoreUnwritable. */
export function completeList(path: string, list: object, counts: LoadedCounts | ((database: Database.Database) => CounterChanges)): Counters {
  return guarded(path, () => {
    const database = new Database(path);
    let counters: Counters;
    try {
      setForLoading(database);
      // Sorting runs spill to files: half of the memory (measured), in about the same time.
      database.pragma('temp_store = FILE');
      database.exec(LIST_INDEXES);
      const table = new CounterTable(database);
      database.transaction(() => {
        table.apply(typeof counts === 'function' ? counts(database) : changesOf(database, counts));
        database.prepare("INSERT INTO meta VALUES ('list', ?)").run(JSON.stringify(list));
      })();
      counters = table.read();
      analyse(database);
    } finally {
      database.close();
    }
    // After the connection has closed: closing another descriptor of the file would drop SQLite's locks (POSIX).
    syncFile(path);
    syncFolder(dirname(path));
    return counters;
  });
}

/** What the planner knows of the rows, by some hundred entries of each index however long the list is. Tables that are
 *  still to be filled must not be known as empty: verdicts would be gone through from end to end for ever (seen). */
function analyse(database: Database.Database): void {
  database.pragma(`analysis_limit = ${String(ANALYSED_ENTRIES)}`);
  database.pragma('optimize = 0x10002');
  const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get();
  if (known !== undefined) database.exec("DELETE FROM sqlite_stat1 WHERE tbl NOT IN ('rows', 'domains', 'duplicates')");
}

function changesOf(database: Database.Database, { kinds, reasons }: LoadedCounts): CounterChanges {
  const changes = new CounterChanges();
  for (const [kind, state] of Object.entries(STATE_OF_KIND)) changes.state(state, kinds[kind as RowKind]);
  for (const [reason, count] of Object.entries(reasons)) changes.reason(reason as Reason, count);
  // Rows that were judged at once are the only ones with a verdict so far.
  const judged = database.prepare<[], { reason: Reason; n: number }>(
    `SELECT r.name AS reason, count(*) AS n FROM verdicts v JOIN duplicates d ON d.first_row = v.row_id
     JOIN reasons r ON r.code = v.reason GROUP BY v.reason`,
  );
  for (const { reason, n } of judged.all()) changes.duplicates(reason, n);
  return changes;
}
