// What a list's own file says of the list: how it was read, which columns it has. The library says so too; where a process
// died between the two, the file is right, since it has the rows.
import type Database from 'better-sqlite3';
import type { NewList } from './library.ts';

/** Empty for a file that says nothing of itself. */
export function keptOptions(database: Database.Database): Partial<NewList> {
  const text = database.prepare<[], string>("SELECT value FROM meta WHERE key = 'list'").pluck().get();
  return text === undefined ? {} : (JSON.parse(text) as NewList);
}

/** Within the caller's transaction. */
export function keepColumns(database: Database.Database, columns: readonly string[]): void {
  const kept = keptOptions(database);
  database.prepare<[string]>("UPDATE meta SET value = ? WHERE key = 'list'").run(JSON.stringify({ ...kept, columns }));
}
