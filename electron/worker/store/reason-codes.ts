// The numbers that a list's file has for reasons: names are too wide for a table and an index of every verdict.
// The file tells which they are, so that it can be read without this program. A number never changes its meaning.
import type Database from 'better-sqlite3';
import { isReason, REASONS, type Reason } from '../../../shared/verdict/verdict.ts';

export class ReasonCodes {
  readonly #codes: ReadonlyMap<Reason, number>;
  readonly #reasons: ReadonlyMap<number, Reason>;

  private constructor(database: Database.Database) {
    const rows = database.prepare<[], { code: number; name: string }>('SELECT code, name FROM reasons').all();
    const known = rows.flatMap(({ code, name }) => (isReason(name) ? [[name, code] as const] : []));
    this.#codes = new Map(known);
    this.#reasons = new Map(known.map(([reason, code]) => [code, reason]));
  }

  /** For reading: reasons that the file has never heard of have no verdict in it. */
  static read(database: Database.Database): ReasonCodes {
    return new ReasonCodes(database);
  }

  /** For writing: every reason has a code then. */
  static complete(database: Database.Database): ReasonCodes {
    const found = new ReasonCodes(database);
    const missing = REASONS.filter((reason) => found.code(reason) === null);
    if (missing.length === 0) return found;
    const add = database.prepare('INSERT OR IGNORE INTO reasons (name) VALUES (?)');
    database.transaction(() => {
      for (const reason of missing) add.run(reason);
    })();
    return new ReasonCodes(database);
  }

  code(reason: Reason): number | null {
    return this.#codes.get(reason) ?? null;
  }

  /** Null too for the code of a reason that only a newer version knows. */
  reason(code: number | null): Reason | null {
    return code === null ? null : (this.#reasons.get(code) ?? null);
  }
}
