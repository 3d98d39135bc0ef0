// Which rows have duplicates: a bit a row (1.2 MB for ten million), so that nobody asks the database about the others.
import type Database from 'better-sqlite3';

export class RepeatedRows {
  readonly #bits: Uint8Array;
  readonly #count: Database.Statement<[number], { n: number }>;

  constructor(database: Database.Database) {
    const last = database.prepare<[], { id: number | null }>('SELECT max(first_row) AS id FROM duplicates').get()?.id ?? -1;
    this.#bits = new Uint8Array(Math.floor(last / 8) + 1);
    for (const row of database.prepare<[], number>('SELECT first_row FROM duplicates').pluck().iterate()) {
      const at = Math.floor(row / 8);
      this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row % 8));
    }
    this.#count = database.prepare('SELECT count(*) AS n FROM duplicates WHERE first_row = ?');
  }

  /** How many duplicates the row has. */
  countOf(row: number): number {
    const bits = this.#bits[Math.floor(row / 8)] ?? 0;
    return (bits & (1 << (row % 8))) === 0 ? 0 : (this.#count.get(row)?.n ?? 0);
  }
}
