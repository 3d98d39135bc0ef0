// The verdicts in library.db that other lists can use again: what a server said for certain of one address, found by the
// address's keyed hash. Never an address, a name or a server's words. Bounded by the user: when it is full, the oldest are
// forgotten for newer ones. Their number is kept, not counted, and no call goes through more than a slice of them.
// A cache: what is lost of it is asked again, so nothing waits for the disk.
import type Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';

/** Forgotten at most in one call, so that no other call waits long where a bound was lowered or much has grown old. */
const FORGOTTEN_AT_ONCE = 20_000;

export interface KnownVerdict {
  readonly reason: Reason;
  readonly score: number;
  /** Joined by a space. */
  readonly flags: string;
  /** Code and enhanced code. */
  readonly reply: string;
  readonly checkedAtMs: number;
}

export type KnownEntry = KnownVerdict & { readonly key: Buffer };

export class KnownVerdictTable {
  readonly #database: Database.Database;
  readonly #find: Database.Statement<[Buffer, string, number, number], KnownVerdict>;
  readonly #insert: Database.Statement<[Buffer, Reason, number, string, string, number, string]>;
  readonly #renew: Database.Statement<[Reason, number, string, string, number, string, Buffer, number]>;
  readonly #oldest: Database.Statement<[], number | null>;
  readonly #forgetOldest: Database.Statement<[number]>;
  readonly #forgetBefore: Database.Statement<[number, number]>;
  readonly #forgetAfter: Database.Statement<[number, number]>;
  readonly #count: Database.Statement<[], number>;
  readonly #addToCount: Database.Statement<[number]>;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#find = database.prepare(
      'SELECT reason, score, flags, reply, checked_at_ms AS checkedAtMs FROM known_verdicts WHERE key = ? AND fit = ? AND checked_at_ms BETWEEN ? AND ?',
    );
    this.#insert = database.prepare('INSERT INTO known_verdicts (key, reason, score, flags, reply, checked_at_ms, fit) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING');
    this.#renew = database.prepare('UPDATE known_verdicts SET reason = ?, score = ?, flags = ?, reply = ?, checked_at_ms = ?, fit = ? WHERE key = ? AND checked_at_ms <= ?');
    this.#oldest = database.prepare<[], number | null>('SELECT min(checked_at_ms) FROM known_verdicts').pluck();
    this.#forgetOldest = database.prepare('DELETE FROM known_verdicts WHERE key IN (SELECT key FROM known_verdicts ORDER BY checked_at_ms LIMIT ?)');
    this.#forgetBefore = database.prepare('DELETE FROM known_verdicts WHERE key IN (SELECT key FROM known_verdicts WHERE checked_at_ms < ? LIMIT ?)');
    this.#forgetAfter = database.prepare('DELETE FROM known_verdicts WHERE key IN (SELECT key FROM known_verdicts WHERE checked_at_ms > ? LIMIT ?)');
    this.#count = database.prepare<[], number>('SELECT n FROM known_count').pluck();
    this.#addToCount = database.prepare('UPDATE known_count SET n = n + ?');
  }

  get count(): number {
    return this.#count.get() ?? 0;
  }

  /** Of the same fit, checked from `fromMs` to `toMs` (epoch milliseconds). */
  find(key: Buffer, fit: string, fromMs: number, toMs: number): KnownVerdict | undefined {
    return this.#find.get(key, fit, fromMs, toMs);
  }

  /** The newest of an address stays, and of all at most the `maxRows` newest. How many of the entries were worth a place. */
  put(entries: readonly KnownEntry[], fit: string, maxRows: number): number {
    return this.#write(() => {
      const before = this.count;
      const oldest = before >= maxRows ? (this.#oldest.get() ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY;
      const taken = maxRows === 0 ? [] : entries.filter(({ checkedAtMs }) => checkedAtMs >= oldest);
      let added = 0;
      for (const { key, reason, score, flags, reply, checkedAtMs } of taken) {
        const isNew = this.#insert.run(key, reason, score, flags, reply, checkedAtMs, fit).changes > 0;
        if (isNew) added++;
        else this.#renew.run(reason, score, flags, reply, checkedAtMs, fit, key, checkedAtMs);
      }
      const tooMany = Math.min(before + added - maxRows, added + FORGOTTEN_AT_ONCE);
      const forgotten = tooMany > 0 ? this.#forgetOldest.run(tooMany).changes : 0;
      if (added !== forgotten) this.#addToCount.run(added - forgotten);
      return taken.length;
    });
  }

  /** Some of what was checked outside of these times; a time ahead of now comes from a clock that was wrong. True: there
   *  may be more of them. */
  removeOutside(fromMs: number, toMs: number): boolean {
    if (this.count === 0) return false;
    return this.#write(() => {
      const forgotten = this.#forgetBefore.run(fromMs, FORGOTTEN_AT_ONCE).changes + this.#forgetAfter.run(toMs, FORGOTTEN_AT_ONCE).changes;
      if (forgotten > 0) this.#addToCount.run(-forgotten);
      return forgotten >= FORGOTTEN_AT_ONCE;
    });
  }

  /** Leaves no byte behind (`secure_delete`, and the WAL is emptied). */
  clear(): void {
    this.#database.transaction(() => {
      this.#database.exec('DELETE FROM known_verdicts; UPDATE known_count SET n = 0');
    })();
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
  }

  #write<T>(work: () => T): T {
    this.#database.pragma('synchronous = NORMAL');
    try {
      return this.#database.transaction(work).immediate();
    } finally {
      this.#database.pragma('synchronous = FULL');
    }
  }
}
