// One list's database, open, with all that is done to it. Made by the store; closed by it.
import type Database from 'better-sqlite3';
import type { ClaimOptions, CommitAck, Counters, DomainClaim, ScheduleSummary } from '../interface.ts';
import type { PackedBatch } from '../packed/packed-batch.ts';
import { ClaimBook } from './claim-book.ts';
import { commonDomains } from './common-domains.ts';
import { CounterTable } from './counter-table.ts';
import type { ListRecord } from './list-record.ts';
import { OpenClaims } from './open-claims.ts';
import { openDatabase } from './open-database.ts';
import { ReasonCodes } from './reason-codes.ts';
import { ScheduleReader } from './schedule-summary.ts';
import { PresentFile } from './present-file.ts';
import { guarded } from './store-error.ts';
import { VerdictCommit } from './verdict-commit.ts';

/** Of SQLite, in KiB: what the narrow tables of a list of a million rows need. */
const CACHE_KIB = 16_384;
/** Pages in the WAL before they are put into the file: 32 MB. Fewer write the same pages again and again. */
const CHECKPOINT_PAGES = 4_000;

export class OpenList {
  /** As it was when the list was opened. */
  record: ListRecord;
  readonly database: Database.Database;
  readonly reasons: ReasonCodes;
  readonly #open = new OpenClaims();
  readonly #claims: ClaimBook;
  readonly #counters: CounterTable;
  /** Made with the first commit: it reads which rows have duplicates. */
  #commit: VerdictCommit | null = null;
  readonly #schedule: ScheduleReader;
  readonly #file: PresentFile;
  #lastNowMs = 0;

  /** `check`: look whether the file is sound first. Throws what `openDatabase` throws. */
  constructor(record: ListRecord, options: { readonly check?: boolean } = {}) {
    this.record = record;
    this.database = openDatabase(record.file, 'list', { create: false, check: options.check === true });
    try {
      // Foreign keys hold by construction: what is written was read, or handed out, before.
      this.database.pragma('foreign_keys = OFF');
      this.database.pragma(`cache_size = -${String(CACHE_KIB)}`);
      this.database.pragma(`wal_autocheckpoint = ${String(CHECKPOINT_PAGES)}`);
      this.reasons = guarded(record.file, () => ReasonCodes.complete(this.database));
      this.#claims = guarded(record.file, () => new ClaimBook(this.database, this.#open, this.reasons));
      this.#counters = new CounterTable(this.database);
      this.#schedule = new ScheduleReader(this.database, this.#counters);
      this.#file = new PresentFile(record.file);
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  claim(options: ClaimOptions): readonly DomainClaim[] {
    this.#lastNowMs = options.nowMs;
    return guarded(this.record.file, () => {
      this.#file.mustBeThere();
      return this.#claims.claim(this.record.id, options);
    });
  }

  /** Durable when it returns; claims end only then, so a batch that failed can be sent again. */
  commit(batch: PackedBatch): CommitAck {
    return guarded(this.record.file, () => {
      this.#file.mustBeThere();
      this.#commit ??= new VerdictCommit(this.database, { counters: this.#counters, claims: this.#open, reasons: this.reasons });
      const committed = this.#commit.commit(batch);
      for (const domainId of batch.releasedDomainIds) this.#claims.release(domainId);
      return { committed, counters: this.#counters.read() };
    });
  }

  counters(): Counters {
    return guarded(this.record.file, () => this.#counters.read());
  }

  schedule(): ScheduleSummary {
    return guarded(this.record.file, () => this.#schedule.read(this.#lastNowMs));
  }

  commonDomains(count: number): readonly string[] {
    return guarded(this.record.file, () => commonDomains(this.database, count));
  }

  close(): void {
    this.database.close();
  }
}
