// The verdicts in library.db that other lists can use again: what a server said for certain of one address, found by the
// address's keyed hash. Never an address, a name or a server's words. Bounded: when it is full nothing is added until
// what is old has gone. A cache: what is lost of it is asked again, so nothing waits for the disk.
import type Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';

/** About 60 bytes each, which are checked at each start along with the rest of the library (0.2 s for all of them). */
const MAX_ROWS = 1_000_000;

export interface KnownVerdict {
  readonly reason: Reason;
  readonly score: number;
  /** Joined by a space. */
  readonly flags: string;
  /** Code and enhanced code. */
  readonly reply: string;
  readonly checkedAtMs: number;
}

export class KnownVerdictTable {
  readonly #database: Database.Database;
  readonly #maxRows: number;
  readonly #find: Database.Statement<[Buffer, string, number, number], KnownVerdict>;
  readonly #put: Database.Statement<[Buffer, Reason, number, string, string, number, string]>;
  readonly #removeOld: Database.Statement<[number, number]>;
  readonly #count: Database.Statement<[], number>;

  constructor(database: Database.Database, maxRows = MAX_ROWS) {
    this.#database = database;
    this.#maxRows = maxRows;
    this.#find = database.prepare(
      'SELECT reason, score, flags, reply, checked_at_ms AS checkedAtMs FROM known_verdicts WHERE key = ? AND fit = ? AND checked_at_ms BETWEEN ? AND ?',
    );
    this.#put = database.prepare(
      `INSERT INTO known_verdicts VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET reason = excluded.reason, score = excluded.score,
         flags = excluded.flags, reply = excluded.reply, checked_at_ms = excluded.checked_at_ms, fit = excluded.fit
       WHERE excluded.checked_at_ms >= checked_at_ms`,
    );
    // A time ahead of now comes from a clock that was wrong.
    this.#removeOld = database.prepare('DELETE FROM known_verdicts WHERE checked_at_ms < ? OR checked_at_ms > ?');
    this.#count = database.prepare<[], number>('SELECT count(*) FROM known_verdicts').pluck();
  }

  get count(): number {
    return this.#count.get() ?? 0;
  }

  /** Of the same fit, checked from `fromMs` to `toMs` (epoch milliseconds). */
  find(key: Buffer, fit: string, fromMs: number, toMs: number): KnownVerdict | undefined {
    return this.#find.get(key, fit, fromMs, toMs);
  }

  /** The newest of an address stays. How many there was room for. */
  put(entries: readonly (KnownVerdict & { readonly key: Buffer })[], fit: string): number {
    const room = Math.max(0, this.#maxRows - this.count);
    const taken = entries.slice(0, room);
    if (taken.length === 0) return 0;
    this.#database.pragma('synchronous = NORMAL');
    try {
      this.#database.transaction(() => {
        for (const { key, reason, score, flags, reply, checkedAtMs } of taken) this.#put.run(key, reason, score, flags, reply, checkedAtMs, fit);
      })();
    } finally {
      this.#database.pragma('synchronous = FULL');
    }
    return taken.length;
  }

  removeOutside(fromMs: number, toMs: number): void {
    if (this.count > 0) this.#removeOld.run(fromMs, toMs);
  }

  /** Leaves no byte behind (`secure_delete`, and the WAL is emptied). */
  clear(): void {
    this.#database.exec('DELETE FROM known_verdicts');
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
  }
}
