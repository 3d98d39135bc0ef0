// Fills a new list's file: rows in big inserts and transactions, indexes afterwards, everything on disk at the end.
// Until `finish` nothing is durable and need not be: a list that was not finished is removed at the next open.
import Database from 'better-sqlite3';
import { dirname } from 'node:path';
import type { Flag, Reason } from '../../../shared/verdict/verdict.ts';
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import type { SyntaxReason } from '../../../shared/address/syntax-fault.ts';
import type { Counters } from '../interface.ts';
import { AsciiWriter } from '../packed/ascii-writer.ts';
import { writeDetails } from '../packed/verdict-details.ts';
import { CounterChanges, CounterTable } from './counter-table.ts';
import { DetailsBlocks } from './details-blocks.ts';
import { LIST_INDEXES } from './migrations/list-001.ts';
import { openDatabase } from './open-database.ts';
import { ReasonCodes } from './reason-codes.ts';
import { guarded } from './store-error.ts';
import { VerdictInsert } from './verdict-insert.ts';
import { syncFile, syncFolder } from '../sync-file.ts';

/** Rows in one INSERT, and in one transaction. Measured: 840,000 rows a second. */
const ROWS_PER_INSERT = 50;
const ROWS_PER_TRANSACTION = 10_000;

export type RowKind = 'open' | 'invalid' | 'duplicate' | 'empty' | 'suppressed';

export interface LoadedRow {
  readonly id: number;
  readonly raw: string;
  readonly kind: RowKind;
  /** Null but for `open`. */
  readonly address: string | null;
  readonly domainId: number | null;
  /** Null but for `duplicate`. */
  readonly duplicateOf: number | null;
}

export interface LocalVerdict {
  readonly rowId: number;
  readonly reason: SyntaxReason;
  readonly score: number;
  readonly flags: readonly Flag[];
  readonly didYouMean: string | null;
  readonly evidence: Evidence;
}

const STATE_OF_KIND = { open: 'pending', invalid: 'done', duplicate: 'duplicate', empty: 'empty', suppressed: 'suppressed' } as const;

export class ListLoader {
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #insertMany: Database.Statement;
  readonly #insertOne: Database.Statement;
  readonly #insertDuplicate: Database.Statement;
  readonly #insertDomain: Database.Statement;
  readonly #verdicts: VerdictInsert;
  readonly #details: DetailsBlocks;
  readonly #writer = new AsciiWriter(1_024);
  readonly #reasons: ReasonCodes;
  readonly #changes = new CounterChanges();
  readonly #counts = { open: 0, invalid: 0, duplicate: 0, empty: 0, suppressed: 0 };
  #pending: (string | number | null)[] = [];
  #inTransaction = 0;

  /** `path`: of the list's database, which is made. Throws StoreUnwritable, DiskFull. */
  constructor(path: string) {
    this.#path = path;
    openDatabase(path, 'list', { create: true }).close();
    this.#database = new Database(path);
    // Not durable on purpose: see above. Foreign keys hold by construction.
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'locking_mode = EXCLUSIVE', 'cache_size = -32768']) {
      this.#database.pragma(pragma);
    }
    const tuple = '(?, ?, ?, ?, ?, ?)';
    const insert = 'INSERT INTO rows (id, raw, kind, address, domain_id, dup_of) VALUES';
    this.#insertMany = this.#database.prepare(`${insert} ${Array<string>(ROWS_PER_INSERT).fill(tuple).join(', ')}`);
    this.#insertOne = this.#database.prepare(`${insert} ${tuple}`);
    this.#insertDuplicate = this.#database.prepare('INSERT INTO duplicates VALUES (?, ?)');
    this.#insertDomain = this.#database.prepare('INSERT INTO domains (id, name, next_row) VALUES (?, ?, ?)');
    this.#reasons = ReasonCodes.complete(this.#database);
    this.#verdicts = new VerdictInsert(this.#database);
    this.#details = new DetailsBlocks(this.#database);
    this.#details.begin();
    this.#database.exec('BEGIN');
  }

  addRow(row: LoadedRow): void {
    guarded(this.#path, () => {
      this.#counts[row.kind]++;
      if (row.duplicateOf !== null) this.#insertDuplicate.run(row.id, row.duplicateOf);
      this.#pending.push(row.id, row.raw, row.kind, row.address, row.domainId, row.duplicateOf);
      if (this.#pending.length === ROWS_PER_INSERT * 6) {
        this.#insertMany.run(this.#pending);
        this.#pending = [];
      }
      this.#inTransaction++;
      if (this.#inTransaction === ROWS_PER_TRANSACTION) {
        this.#database.exec('COMMIT; BEGIN');
        this.#inTransaction = 0;
      }
    });
  }

  /** `firstRow`: the first row that asks for this domain. */
  addDomain(id: number, name: string, firstRow: number): void {
    guarded(this.#path, () => this.#insertDomain.run(id, name, firstRow));
  }

  addVerdict(verdict: LocalVerdict): void {
    const { rowId, reason, score, flags, didYouMean, evidence } = verdict;
    this.#changes.reason(reason, 1);
    // Never asked: attempt 0, and no reply.
    const source = { checkedAtMs: evidence.atMs, attempt: 0, flags, didYouMean, reply: null, mx: null };
    guarded(this.#path, () => {
      this.#writer.clear();
      writeDetails(this.#writer, source, [evidence]);
      const details = this.#details.addDetails(0, this.#writer.bytes, 0, this.#writer.length);
      this.#verdicts.add(rowId, this.#reasons.code(reason) ?? 0, score, details);
    });
  }

  /** Everything is on disk when it returns. `meta`: kept in the list's file too, so that the file speaks for itself. */
  finish(meta: Readonly<Record<string, string>>): Counters {
    return guarded(this.#path, () => {
      for (let at = 0; at < this.#pending.length; at += 6) this.#insertOne.run(this.#pending.slice(at, at + 6));
      for (const [kind, state] of Object.entries(STATE_OF_KIND)) this.#changes.state(state, this.#counts[kind as RowKind]);
      this.#verdicts.flush();
      this.#details.flush();
      // Rows that were judged at once are the only ones with a verdict so far.
      for (const { reason, n } of this.#judgedDuplicates()) this.#changes.duplicates(reason, n);
      const counters = new CounterTable(this.#database);
      counters.apply(this.#changes);
      const putMeta = this.#database.prepare('INSERT INTO meta VALUES (?, ?)');
      for (const [key, value] of Object.entries(meta)) putMeta.run(key, value);
      this.#database.exec('COMMIT');
      this.#database.exec(LIST_INDEXES);
      const result = counters.read();
      this.#database.close();
      // After the connection has closed: closing another descriptor of the file would drop SQLite's locks (POSIX).
      syncFile(this.#path);
      syncFolder(dirname(this.#path));
      return result;
    });
  }

  #judgedDuplicates(): { reason: Reason; n: number }[] {
    return this.#database
      .prepare<[], { reason: Reason; n: number }>(
        `SELECT r.name AS reason, count(*) AS n FROM verdicts v JOIN duplicates d ON d.first_row = v.row_id
         JOIN reasons r ON r.code = v.reason GROUP BY v.reason`,
      )
      .all();
  }

  /** Lets go of the file after a failure; the caller erases it. */
  abort(): void {
    this.#database.close();
  }
}
