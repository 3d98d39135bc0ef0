// The DNS answers in library.db that outlive a run. A cache: what is lost of it is asked again, so its commits do not wait
// for the disk, where those of verdicts do.
// Always holds: never more than `maxRows` for long, nothing that has expired is given out, and `clear` leaves no byte of a
// name behind (`secure_delete`, and the WAL is emptied). What it holds is not its business.
import type Database from 'better-sqlite3';
import type { StoredDnsAnswer } from '../interface.ts';

/** 50,000 answers are about 8 MB, which is checked at each start along with the rest of the library. */
const MAX_ROWS = 50_000;
/** Rows removed at a time: a few milliseconds, once a second at most. */
const SLICE = 1_000;
/** No answer is kept longer than this; one that says so comes from a clock that was wrong. */
const LONGEST_MS = 7 * 86_400_000;

export class DnsCacheTable {
  readonly #database: Database.Database;
  readonly #maxRows: number;
  readonly #find: Database.Statement<[string, number, number], StoredDnsAnswer>;
  readonly #put: Database.Statement<[string, string, number]>;
  readonly #removeDead: Database.Statement<[number, number, number]>;
  readonly #removeNext: Database.Statement<[number]>;
  readonly #count: Database.Statement<[], number>;
  /** Rows, at most: replaced ones are counted twice until it is counted anew. */
  #rows: number;

  constructor(database: Database.Database, maxRows = MAX_ROWS) {
    this.#database = database;
    this.#maxRows = maxRows;
    this.#find = database.prepare('SELECT key, answer, expires_at_ms AS expiresAtMs FROM dns_cache WHERE key = ? AND expires_at_ms > ? AND expires_at_ms <= ?');
    this.#put = database.prepare('INSERT INTO dns_cache VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET answer = excluded.answer, expires_at_ms = excluded.expires_at_ms');
    this.#removeDead = database.prepare('DELETE FROM dns_cache WHERE key IN (SELECT key FROM dns_cache WHERE expires_at_ms <= ? OR expires_at_ms > ? LIMIT ?)');
    this.#removeNext = database.prepare('DELETE FROM dns_cache WHERE key IN (SELECT key FROM dns_cache ORDER BY expires_at_ms LIMIT ?)');
    this.#count = database.prepare<[], number>('SELECT count(*) FROM dns_cache').pluck();
    this.#rows = this.#count.get() ?? 0;
  }

  /** In the keys' order; null for what is not there or has expired. */
  get(keys: readonly string[], nowMs: number): readonly (StoredDnsAnswer | null)[] {
    return keys.map((key) => this.#find.get(key, nowMs, nowMs + LONGEST_MS) ?? null);
  }

  /** Also removes a slice of what has expired, and what is too much: first what would expire next. */
  set(entries: readonly StoredDnsAnswer[], nowMs: number): void {
    this.#withoutWaiting(() => {
      for (const { key, answer, expiresAtMs } of entries) this.#put.run(key, answer, expiresAtMs);
      this.#rows += entries.length;
      this.#purge(nowMs);
    });
  }

  /** Removes a slice of what has expired. */
  purge(nowMs: number): void {
    if (this.#rows > 0) this.#withoutWaiting(() => { this.#purge(nowMs); });
  }

  clear(): void {
    if (this.#count.get() === 0) return;
    this.#database.exec('DELETE FROM dns_cache');
    this.#rows = 0;
    this.#database.pragma('wal_checkpoint(TRUNCATE)');
  }

  #purge(nowMs: number): void {
    this.#rows -= this.#removeDead.run(nowMs, nowMs + LONGEST_MS, SLICE).changes;
    if (this.#rows <= this.#maxRows) return;
    this.#rows = this.#count.get() ?? 0;
    if (this.#rows > this.#maxRows) this.#rows -= this.#removeNext.run(this.#rows - this.#maxRows).changes;
  }

  /** In one transaction that is safe from a crash of ours, and whose loss in a power cut harms nobody. */
  #withoutWaiting(work: () => void): void {
    this.#database.pragma('synchronous = NORMAL');
    try {
      this.#database.transaction(work)();
    } finally {
      this.#database.pragma('synchronous = FULL');
    }
  }
}
