// A library that cannot be read: set aside, the newest good copy put in its place (or an empty one made), and brought up
// to date with the lists' own files, which say of themselves what they are. So nothing is lost but what was set in the
// library alone since then (states are worked out from the lists).
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { Counters } from '../interface.ts';
import { Backups } from './backups.ts';
import { CounterTable } from './counter-table.ts';
import { isWhole } from './is-whole.ts';
import type { Library, NewList } from './library.ts';
import { openDatabase } from './open-database.ts';
import { setAside, setAsideOf } from './quarantine.ts';

export interface LibraryRecovery {
  /** Absolute path of what could not be read; null if there was nothing. */
  readonly setAsideAs: string | null;
  /** When the copy was made that is in place now (epoch milliseconds); null: a new library was begun. */
  readonly atMs: number | null;
}

/** Of a library that could not be opened. `dir`: absolute path of the store's folder. */
export function recoverLibrary(dir: string, nowMs: number): LibraryRecovery {
  const path = join(dir, 'library.db');
  const setAsideAs = setAside(dir, path, nowMs);
  const nothing = (): void => undefined;
  const backup = new Backups(dir).restore(null, path, (copy) => isWhole(copy, 'library'), nothing);
  return { setAsideAs, atMs: backup?.atMs ?? null };
}

/** After it was opened: lists that it does not know are taken in, those that were deleted since are left out. */
export function reconcileLibrary(dir: string, library: Library): void {
  const known = new Set(library.everyId());
  for (const file of readdirSync(join(dir, 'lists'))) {
    const id = Number(/^(\d+)\.db$/.exec(file)?.[1] ?? 0);
    if (id === 0 || known.has(id)) continue;
    const found = readList(join(dir, 'lists', file));
    if (found !== null) library.adopt(id, found.list, found.counters);
  }
  const backups = new Set(new Backups(dir).all().map(({ listId }) => listId));
  for (const { id, file } of library.all()) {
    // Its file is overwritten and removed where a list is deleted; one that was set aside can be brought back.
    const isLost = !existsSync(file) && !backups.has(id) && setAsideOf(dir, String(id)).length === 0;
    if (isLost) library.remove(id);
  }
}

/** Null for what is no list, is damaged, or was never imported to its end. */
function readList(path: string): { readonly list: NewList; readonly counters: Counters } | null {
  try {
    const database = openDatabase(path, 'list', { create: false });
    try {
      const text = database.prepare<[], string>("SELECT value FROM meta WHERE key = 'list'").pluck().get();
      return text === undefined ? null : { list: JSON.parse(text) as NewList, counters: new CounterTable(database).read() };
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
