// The queue of lists under way, in the library. Written whole, because an order is only right as a whole.
// Always holds: what cannot be read (another version's wish) costs the wish and never the place. Knows nothing of runs.
import type Database from 'better-sqlite3';
import type { AgainWish, JobRecord } from '../store-jobs.ts';
import { VISIBLE } from './list-record.ts';

interface JobRow {
  readonly list_id: number;
  readonly again: string | null;
}

export class JobTable {
  readonly #all: Database.Statement<[], JobRow>;
  readonly #replace: (jobs: readonly JobRecord[]) => void;

  constructor(database: Database.Database) {
    this.#all = database.prepare(`SELECT j.list_id, j.again FROM jobs j JOIN lists ON lists.id = j.list_id WHERE ${VISIBLE} ORDER BY j.place`);
    const clear = database.prepare('DELETE FROM jobs');
    const put = database.prepare<[number, number, string | null]>('INSERT INTO jobs (place, list_id, again) VALUES (?, ?, ?)');
    this.#replace = database.transaction((jobs: readonly JobRecord[]) => {
      clear.run();
      for (const [place, { listId, again }] of jobs.entries()) put.run(place, listId, again === null ? null : JSON.stringify(again));
    });
  }

  all(): readonly JobRecord[] {
    return this.#all.all().map(({ list_id: listId, again }) => ({ listId, again: again === null ? null : wishOf(again) }));
  }

  replace(jobs: readonly JobRecord[]): void {
    this.#replace(jobs);
  }
}

function wishOf(json: string): AgainWish | null {
  const wish = JSON.parse(json) as AgainWish;
  return ['all', 'unknown', 'older', 'selected'].includes(wish.kind) ? wish : null;
}
