// Fills a new list's file with batches of rows: big inserts, no journal; the indexes come later (complete-list).
// Nothing of it is durable and need not be: a list that was not finished is removed at the next open.
import Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { LocalVerdict, RowKind } from '../intake/local-row.ts';
import { ADDRESS_END, ADDRESS_START, OTHER_KINDS, ROW_CODE, ROW_FIELDS, ROW_ID, type RowBatch } from '../intake/row-batch.ts';
import { AsciiWriter } from '../packed/ascii-writer.ts';
import { writeDetails } from '../packed/verdict-details.ts';
import { DetailsBlocks } from './details-blocks.ts';
import { openDatabase } from './open-database.ts';
import { ReasonCodes } from './reason-codes.ts';
import { RowInsert } from './row-insert.ts';
import { guarded } from './store-error.ts';
import { VerdictInsert } from './verdict-insert.ts';

export const STATE_OF_KIND = { open: 'pending', invalid: 'done', duplicate: 'duplicate', elsewhere: 'duplicate', empty: 'empty', suppressed: 'suppressed' } as const;

/** What was loaded. */
export interface LoadedCounts {
  readonly kinds: Readonly<Record<RowKind, number>>;
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
}

/** Not durable on purpose: see above. Foreign keys hold by construction. */
export function setForLoading(database: Database.Database): void {
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'locking_mode = EXCLUSIVE', 'cache_size = -4096']) {
    database.pragma(pragma);
  }
}

export class ListLoader {
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #insert: RowInsert;
  readonly #insertDuplicate: Database.Statement;
  readonly #insertElsewhere: Database.Statement;
  readonly #insertDomain: Database.Statement;
  readonly #verdicts: VerdictInsert;
  readonly #details: DetailsBlocks;
  readonly #writer = new AsciiWriter(1_024);
  readonly #reasons: ReasonCodes;
  readonly #kinds = { open: 0, invalid: 0, duplicate: 0, elsewhere: 0, empty: 0, suppressed: 0 };
  readonly #judged: Partial<Record<Reason, number>> = {};

  /** `path`: of the list's database, which is made. Throws StoreUnwritable, DiskFull. */
  constructor(path: string) {
    this.#path = path;
    openDatabase(path, 'list', { create: true }).close();
    this.#database = new Database(path);
    setForLoading(this.#database);
    this.#insert = new RowInsert(this.#database);
    this.#insertDuplicate = this.#database.prepare('INSERT INTO duplicates VALUES (?, ?)');
    this.#insertElsewhere = this.#database.prepare('INSERT INTO elsewhere VALUES (?, ?)');
    this.#insertDomain = this.#database.prepare('INSERT INTO domains (id, name, next_row) VALUES (?, ?, ?)');
    this.#reasons = ReasonCodes.complete(this.#database);
    this.#verdicts = new VerdictInsert(this.#database);
    this.#details = new DetailsBlocks(this.#database);
    this.#details.begin();
  }

  /** In one transaction. Throws DiskFull, StoreUnwritable. */
  add(batch: RowBatch): void {
    guarded(this.#path, () => {
      this.#database.exec('BEGIN');
      for (const [index, name] of batch.domains.entries()) this.#insertDomain.run(batch.firstDomain + index, name, batch.domainRows[index] ?? null);
      this.#insert.add(batch);
      this.#count(batch);
      for (const verdict of batch.verdicts) this.#addVerdict(verdict);
      this.#verdicts.flush();
      this.#details.flush();
      this.#database.exec('COMMIT');
    });
  }

  /** Lets go of the file: after the last batch, or after a failure. */
  close(): LoadedCounts {
    this.#database.close();
    return { kinds: this.#kinds, reasons: this.#judged };
  }

  /** The rows are in the table already. */
  #count({ table, rows }: RowBatch): void {
    for (let row = 0, at = 0; row < rows; row++, at += ROW_FIELDS) {
      const code = table[at + ROW_CODE] ?? 0;
      if (code > 0) {
        this.#kinds.open++;
      } else if (code === 0) {
        const kind = OTHER_KINDS[table[at + ADDRESS_START] ?? 0] ?? 'invalid';
        this.#kinds[kind]++;
        if (kind === 'elsewhere') this.#insertElsewhere.run(table[at + ROW_ID] ?? 0, table[at + ADDRESS_END] ?? 0);
      } else {
        this.#kinds.duplicate++;
        this.#insertDuplicate.run(table[at + ROW_ID] ?? 0, -code);
      }
    }
  }

  #addVerdict({ rowId, reason, score, flags, didYouMean, evidence }: LocalVerdict): void {
    this.#judged[reason] = (this.#judged[reason] ?? 0) + 1;
    // Never asked: attempt 0, and no reply.
    const source = { checkedAtMs: evidence.atMs, attempt: 0, flags, didYouMean, reply: null, mx: null };
    this.#writer.clear();
    writeDetails(this.#writer, source, [evidence]);
    const details = this.#details.addDetails(0, this.#writer.bytes, 0, this.#writer.length);
    this.#verdicts.add(rowId, this.#reasons.code(reason) ?? 0, score, details);
  }
}
