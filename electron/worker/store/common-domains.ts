// Which domains most of a list belongs to: what a run looks up before it begins.
import type Database from 'better-sqlite3';

/** Counted in the index of rows by domain alone: 70 ms at a million rows, once a run. */
const QUERY = `
  SELECT d.name FROM (SELECT domain_id, count(*) AS n FROM rows WHERE domain_id IS NOT NULL GROUP BY domain_id) c
    JOIN domains d ON d.id = c.domain_id
   WHERE d.next_row IS NOT NULL
   ORDER BY c.n DESC, d.id LIMIT ?`;

/** Names of domains that have rows without a verdict, the commonest first; at most `count`. */
export function commonDomains(database: Database.Database, count: number): readonly string[] {
  return database.prepare<[number], string>(QUERY).pluck().all(count);
}
