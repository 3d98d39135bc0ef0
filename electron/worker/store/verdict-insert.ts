// Inserts verdicts many at a time: one statement for fifty rows costs a third of fifty statements.
// Within the caller's transactions; what was added is in the table only after `flush`.
import type Database from 'better-sqlite3';

const ROWS_PER_INSERT = 50;
const WIDTH = 4;

export class VerdictInsert {
  readonly #many: Database.Statement;
  readonly #one: Database.Statement;
  readonly #values = new Array<number>(WIDTH * ROWS_PER_INSERT).fill(0);
  #length = 0;

  constructor(database: Database.Database) {
    const insert = 'INSERT INTO verdicts (row_id, reason, score, details) VALUES';
    this.#many = database.prepare(`${insert} ${Array<string>(ROWS_PER_INSERT).fill('(?, ?, ?, ?)').join(', ')}`);
    this.#one = database.prepare(`${insert} (?, ?, ?, ?)`);
  }

  /** Forgets what a transaction that failed had added. */
  begin(): void {
    this.#length = 0;
  }

  /** `reason`: its code. `details`: their place. */
  add(rowId: number, reason: number, score: number, details: number): void {
    const values = this.#values;
    const at = this.#length;
    values[at] = rowId;
    values[at + 1] = reason;
    values[at + 2] = score;
    values[at + 3] = details;
    this.#length = at + WIDTH;
    if (this.#length < values.length) return;
    this.#length = 0;
    this.#many.run(values);
  }

  flush(): void {
    const length = this.#length;
    this.#length = 0;
    for (let at = 0; at < length; at += WIDTH) this.#one.run(this.#values.slice(at, at + WIDTH));
  }
}
