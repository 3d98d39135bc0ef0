// Counts the recipients of a day under each of the user's own limits, for all lists and all processes of a store.
// Always holds: what is granted is durable before it is granted, and a day's grants never add up to more than its cap.
// Other days are forgotten with the first grant of a new one: they matter to nobody, and a clock may have been wrong.
import type Database from 'better-sqlite3';
import type { DailyGrant } from '../interface.ts';

export class DailyCountTable {
  readonly #grant: Database.Transaction<(grant: DailyGrant) => number>;

  constructor(database: Database.Database) {
    const used = database.prepare<[string, string], number>('SELECT recipients FROM daily_counts WHERE day = ? AND key = ?').pluck();
    const put = database.prepare('INSERT OR REPLACE INTO daily_counts (day, key, recipients) VALUES (?, ?, ?)');
    const forget = database.prepare('DELETE FROM daily_counts WHERE day <> ? AND key = ?');
    this.#grant = database.transaction(({ day, key, want, cap }: DailyGrant) => {
      const before = used.get(day, key) ?? 0;
      const granted = want < 0 ? Math.max(-before, want) : Math.max(0, Math.min(want, cap - before));
      if (granted === 0) return 0;
      put.run(day, key, before + granted);
      forget.run(day, key);
      return granted;
    });
  }

  /** How many of those wanted are granted. Throws what SQLite throws; nothing is granted then. */
  grant(grant: DailyGrant): number {
    return this.#grant.immediate(grant);
  }
}
