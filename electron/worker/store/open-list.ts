// One list's database, open, with all that is done to it. Made by the store; closed by it.
import type Database from 'better-sqlite3';
import type { ClaimOptions, CommitAck, Counters, DomainClaim, ScheduleSummary, VerdictBatch } from '../interface.ts';
import { ClaimBook, MAX_RETRY_AHEAD_MS } from './claim-book.ts';
import { CounterTable } from './counter-table.ts';
import type { ListRecord } from './list-record.ts';
import { openDatabase } from './open-database.ts';
import { guarded } from './store-error.ts';
import { VerdictCommit } from './verdict-commit.ts';

export class OpenList {
  readonly record: ListRecord;
  readonly database: Database.Database;
  readonly #claims: ClaimBook;
  readonly #counters: CounterTable;
  readonly #commit: VerdictCommit;
  readonly #nextRetry: Database.Statement<[], { at: number | null }>;
  #lastNowMs = 0;

  /** Throws what `openDatabase` throws. */
  constructor(record: ListRecord) {
    this.record = record;
    this.database = openDatabase(record.file, 'list', { create: false });
    try {
      this.#claims = guarded(record.file, () => new ClaimBook(this.database));
      this.#counters = new CounterTable(this.database);
      this.#commit = new VerdictCommit(this.database, this.#counters);
      this.#nextRetry = this.database.prepare('SELECT min(next_retry_ms) AS at FROM domains WHERE next_retry_ms IS NOT NULL');
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  claim(options: ClaimOptions): readonly DomainClaim[] {
    this.#lastNowMs = options.nowMs;
    return guarded(this.record.file, () => this.#claims.claim(this.record.id, options));
  }

  /** Durable when it returns; claims end only then, so a batch that failed can be sent again. */
  commit(batch: VerdictBatch): CommitAck {
    return guarded(this.record.file, () => {
      const committed = this.#commit.commit(batch);
      this.#claims.release(batch.releasedDomainIds);
      return { committed, counters: this.#counters.read() };
    });
  }

  counters(): Counters {
    return guarded(this.record.file, () => this.#counters.read());
  }

  schedule(): ScheduleSummary {
    return guarded(this.record.file, () => {
      const at = this.#nextRetry.get()?.at ?? null;
      // As at a claim: what lies further ahead than anything is ever scheduled is due now.
      const wrong = at !== null && this.#lastNowMs > 0 && at > this.#lastNowMs + MAX_RETRY_AHEAD_MS;
      return { byReason: this.#counters.readScheduled(), nextAtMs: wrong ? this.#lastNowMs : at };
    });
  }

  close(): void {
    this.database.close();
  }
}
