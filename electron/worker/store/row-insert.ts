// Puts the rows of a batch into a list, many at a time. A plain row (its record and address lie in the batch's bytes) is
// bound as two numbers, its places, and SQLite cuts the texts out of the block's bytes, which are bound once for all of
// its rows: to bind a text costs more than to store it. Every other row is bound as it is.
// Within the caller's transactions; rows are in the table when `add` returns. Keeps nothing.
import type Database from 'better-sqlite3';
import { ADDRESS_END, ADDRESS_START, OTHER_KINDS, RAW_END, RAW_START, ROW_CODE, ROW_FIELDS, ROW_ID, type RowBatch } from '../intake/row-batch.ts';

/** Rows in one INSERT. */
const BLOCK_ROWS = 50;
/** A record's length is below it (MAX_RECORD_LENGTH is half of it): its place in the block is a multiple of it. */
const RAW_LENGTHS = 2 ** 21;
/** What a row is, as one number: with an address the domain's number, the address's place in the record (20 bits) and its
 *  length (8 bits); a duplicate's first row below 0; else the place in `OTHER_KINDS`. */
const DOMAINS = 2 ** 28;
const ADDRESS_LENGTHS = 2 ** 8;
/** Domains from here on would be too big for it (numbers are exact up to 2^53). */
const PACKED_DOMAINS = 2 ** 24;

/** An address that another list has is a duplicate without a first row here. */
const storedKind = (kind: (typeof OTHER_KINDS)[number] | undefined): string => (kind === 'elsewhere' ? 'duplicate' : (kind ?? 'invalid'));

export class RowInsert {
  readonly #block: Database.Statement;
  readonly #one: Database.Statement;
  readonly #values = new Array<number>(BLOCK_ROWS * 2).fill(0);

  constructor(database: Database.Database) {
    this.#block = database.prepare(blockSql());
    this.#one = database.prepare('INSERT INTO rows (id, raw, address, domain_id, kind, dup_of) VALUES (?, ?, ?, ?, ?, ?)');
  }

  /** Throws what SQLite throws. */
  add(batch: RowBatch): void {
    const { table, rows } = batch;
    const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.length);
    const values = this.#values;
    let row = 0;
    while (row < rows) {
      const first = row;
      const start = table[row * ROW_FIELDS + RAW_START] ?? 0;
      let end = start;
      for (let at = row * ROW_FIELDS; row < rows && row - first < BLOCK_ROWS && isPlain(table, at); row++, at += ROW_FIELDS) {
        // What was left out between two rows has a number too.
        if (row > first && table[at + ROW_ID] !== (table[at - ROW_FIELDS + ROW_ID] ?? 0) + 1) break;
        const from = table[at + RAW_START] ?? 0;
        const to = table[at + RAW_END] ?? 0;
        end = to < 0 ? ~to : to;
        values[(row - first) * 2] = (from - start) * RAW_LENGTHS + (end - from);
        values[(row - first) * 2 + 1] = codeOf(table, at, from);
      }
      if (row - first === BLOCK_ROWS) {
        this.#block.run(values, { bytes: bytes.subarray(start, end), id: table[first * ROW_FIELDS + ROW_ID] ?? 0 });
        continue;
      }
      row = Math.min(rows, Math.max(row, first + 1));
      for (let one = first; one < row; one++) this.#addOne(batch, bytes, one * ROW_FIELDS);
    }
  }

  #addOne({ table, extra }: RowBatch, bytes: Buffer, at: number): void {
    const code = table[at + ROW_CODE] ?? 0;
    const id = table[at + ROW_ID] ?? 0;
    const raw = textAt(bytes, extra, table[at + RAW_START] ?? 0, table[at + RAW_END] ?? 0);
    const addressStart = table[at + ADDRESS_START] ?? 0;
    if (code > 0) this.#one.run(id, raw, textAt(bytes, extra, addressStart, table[at + ADDRESS_END] ?? 0), code, 'open', null);
    else if (code < 0) this.#one.run(id, raw, null, null, 'duplicate', -code);
    else this.#one.run(id, raw, null, null, storedKind(OTHER_KINDS[addressStart]), null);
  }
}

function isPlain(table: Int32Array, at: number): boolean {
  if ((table[at + RAW_START] ?? 0) < 0) return false;
  const code = table[at + ROW_CODE] ?? 0;
  return code <= 0 || ((table[at + ADDRESS_START] ?? 0) >= 0 && code < PACKED_DOMAINS);
}

/** `from`: where the record begins. */
function codeOf(table: Int32Array, at: number, from: number): number {
  const code = table[at + ROW_CODE] ?? 0;
  const start = table[at + ADDRESS_START] ?? 0;
  if (code === 0) return start;
  return code < 0 ? code : code * DOMAINS + (start - from) * ADDRESS_LENGTHS + ((table[at + ADDRESS_END] ?? 0) - start);
}

/** A text of a batch by its place. */
function textAt(bytes: Buffer, extra: string, start: number, end: number): string {
  if (start < 0) return extra.slice(~start, end);
  return end < 0 ? bytes.toString('utf8', start, ~end) : bytes.toString('latin1', start, end);
}

function blockSql(): string {
  const isOpen = `column3 >= ${String(DOMAINS)}`;
  const kinds = OTHER_KINDS.map((kind, index) => `WHEN column3 = ${String(index)} THEN '${storedKind(kind)}'`).join(' ');
  const rows = Array.from({ length: BLOCK_ROWS }, (_, index) => `(@id + ${String(index)}, ?, ?)`).join(', ');
  return `INSERT INTO rows (id, raw, address, domain_id, kind, dup_of)
    SELECT column1, CAST(substr(@bytes, (column2 >> 21) + 1, column2 & ${String(RAW_LENGTHS - 1)}) AS TEXT),
      iif(${isOpen}, CAST(substr(@bytes, (column2 >> 21) + 1 + ((column3 >> 8) & 1048575), column3 & 255) AS TEXT), NULL),
      iif(${isOpen}, column3 >> 28, NULL),
      CASE WHEN ${isOpen} THEN 'open' WHEN column3 < 0 THEN 'duplicate' ${kinds} END, iif(column3 < 0, -column3, NULL)
    FROM (VALUES ${rows})`;
}
