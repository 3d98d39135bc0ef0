// Fills a new list's file with batches of rows: big inserts, no journal; the indexes come later (complete-list).
// Nothing of it is durable and need not be: a list that was not finished is removed at the next open.
import Database from 'better-sqlite3';
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { LocalVerdict, RowKind } from '../intake/local-row.ts';
import {
  ADDRESS_END, ADDRESS_START, OTHER_KINDS, RAW_END, RAW_START, ROW_CODE, ROW_FIELDS, ROW_ID, type RowBatch,
} from '../intake/row-batch.ts';
import { AsciiWriter } from '../packed/ascii-writer.ts';
import { writeDetails } from '../packed/verdict-details.ts';
import { DetailsBlocks } from './details-blocks.ts';
import { openDatabase } from './open-database.ts';
import { ReasonCodes } from './reason-codes.ts';
import { guarded } from './store-error.ts';
import { VerdictInsert } from './verdict-insert.ts';

/** Rows in one INSERT. Measured: 840,000 rows a second. */
const ROWS_PER_INSERT = 50;
/** Values of a row that are bound: id, record, address, and what it is. */
const VALUES = 4;
/** What a row without an address is, as one number with the domains' (below) and the first rows' (below 0). */
const OTHER_CODE = 4_294_967_296;

export const STATE_OF_KIND = { open: 'pending', invalid: 'done', duplicate: 'duplicate', empty: 'empty', suppressed: 'suppressed' } as const;

/** What was loaded. */
export interface LoadedCounts {
  readonly kinds: Readonly<Record<RowKind, number>>;
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
}

/** Not durable on purpose: see above. Foreign keys hold by construction. */
export function setForLoading(database: Database.Database): void {
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'locking_mode = EXCLUSIVE', 'cache_size = -16384']) {
    database.pragma(pragma);
  }
}

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
  readonly #kinds = { open: 0, invalid: 0, duplicate: 0, empty: 0, suppressed: 0 };
  readonly #judged: Partial<Record<Reason, number>> = {};
  readonly #values = new Array<string | number | null>(ROWS_PER_INSERT * VALUES).fill(null);

  /** `path`: of the list's database, which is made. Throws StoreUnwritable, DiskFull. */
  constructor(path: string) {
    this.#path = path;
    openDatabase(path, 'list', { create: true }).close();
    this.#database = new Database(path);
    setForLoading(this.#database);
    this.#insertMany = this.#database.prepare(insertSql(ROWS_PER_INSERT));
    this.#insertOne = this.#database.prepare(insertSql(1));
    this.#insertDuplicate = this.#database.prepare('INSERT INTO duplicates VALUES (?, ?)');
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
      this.#addRows(batch);
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

  #addRows(batch: RowBatch): void {
    const { table, rows } = batch;
    const values = this.#values;
    const text = new BatchText(batch);
    let length = 0;
    for (let row = 0, at = 0; row < rows; row++, at += ROW_FIELDS) {
      const id = table[at + ROW_ID] ?? 0;
      const code = table[at + ROW_CODE] ?? 0;
      values[length] = id;
      values[length + 1] = text.at(table[at + RAW_START] ?? 0, table[at + RAW_END] ?? 0);
      values[length + 2] = code > 0 ? text.at(table[at + ADDRESS_START] ?? 0, table[at + ADDRESS_END] ?? 0) : null;
      values[length + 3] = code === 0 ? OTHER_CODE + (table[at + ADDRESS_START] ?? 0) : code;
      if (code > 0) this.#kinds.open++;
      else if (code === 0) this.#kinds[OTHER_KINDS[table[at + ADDRESS_START] ?? 0] ?? 'invalid']++;
      else {
        this.#kinds.duplicate++;
        this.#insertDuplicate.run(id, -code);
      }
      length += VALUES;
      if (length === values.length) {
        this.#insertMany.run(values);
        length = 0;
      }
    }
    for (let at = 0; at < length; at += VALUES) this.#insertOne.run(values.slice(at, at + VALUES));
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

/** Of a row's six columns four are bound (binding costs more than reckoning): the last three follow from one number. */
function insertSql(rows: number): string {
  const code = 'column4';
  const kinds = OTHER_KINDS.map((kind, index) => `WHEN ${code} = ${String(OTHER_CODE + index)} THEN '${kind}'`).join(' ');
  return `INSERT INTO rows (id, raw, address, domain_id, kind, dup_of)
    SELECT column1, column2, column3, iif(${code} > 0 AND ${code} < ${String(OTHER_CODE)}, ${code}, NULL),
      CASE WHEN ${code} < 0 THEN 'duplicate' WHEN ${code} < ${String(OTHER_CODE)} THEN 'open' ${kinds} END, iif(${code} < 0, -${code}, NULL)
    FROM (VALUES ${Array<string>(rows).fill('(?, ?, ?, ?)').join(', ')})`;
}

/** The texts of a batch by their places. */
class BatchText {
  readonly #bytes: Buffer;
  readonly #latin1: string;
  readonly #extra: string;

  constructor({ bytes, extra }: RowBatch) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#latin1 = this.#bytes.toString('latin1');
    this.#extra = extra;
  }

  at(start: number, end: number): string {
    if (start < 0) return this.#extra.slice(~start, end);
    return end < 0 ? this.#bytes.toString('utf8', start, ~end) : this.#latin1.slice(start, end);
  }
}
