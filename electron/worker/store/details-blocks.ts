// Where details lie: in blocks of a few lines, appended in the order of the commits, so that writing them costs next to
// nothing in whatever order the rows come. A place is block and offset in one number; 0 is no place.
import type Database from 'better-sqlite3';

/** A block's offsets are below this: a line begins within it and may be as long as it likes. */
export const DETAILS_OFFSETS = 4_096;
/** Small enough to copy for one line, big enough that a block is a small part of its lines' costs (16 or so). */
const BLOCK_BYTES = 2_000;

const BRACKET = 0x5b;
const COMMA = 0x2c;
const ZERO = 0x30;
const LINE_END = 0x0a;

/** SQL of the bytes that begin with the line at a place. `place`: SQL of it. */
export function detailsSql(place: string): string {
  return `(SELECT substr(body, (${place}) % ${String(DETAILS_OFFSETS)} + 1) FROM details WHERE id = (${place}) / ${String(DETAILS_OFFSETS)})`;
}

/** Within the caller's transactions: `begin` first, `flush` last. */
export class DetailsBlocks {
  readonly #last: Database.Statement<[], { id: number | null }>;
  readonly #insert: Database.Statement<[number, Buffer]>;
  #id = 0;
  #block = Buffer.alloc(2 * BLOCK_BYTES);
  #length = 0;

  constructor(database: Database.Database) {
    this.#last = database.prepare('SELECT max(id) AS id FROM details');
    this.#insert = database.prepare('INSERT INTO details VALUES (?, ?)');
  }

  /** Forgets what a transaction that failed had begun. */
  begin(): void {
    this.#id = (this.#last.get()?.id ?? 0) + 1;
    this.#length = 0;
  }

  /** A verdict's: `[shared,` and what was written of it, from `begin` to `end`. The place that it has. */
  addDetails(shared: number, source: Uint8Array, begin: number, end: number): number {
    const place = this.#placeFor(end - begin + 20);
    this.#push(BRACKET);
    this.#pushNumber(shared);
    this.#push(COMMA);
    this.#pushBytes(source, begin, end);
    return place;
  }

  /** From `begin` to `end`: ASCII, without line ends. The place that it has. */
  addLine(source: Uint8Array, begin: number, end: number): number {
    const place = this.#placeFor(end - begin + 1);
    this.#pushBytes(source, begin, end);
    return place;
  }

  flush(): void {
    if (this.#length === 0) return;
    this.#insert.run(this.#id, this.#block.subarray(0, this.#length));
    this.#id++;
    this.#length = 0;
  }

  /** Makes room for so many bytes more. */
  #placeFor(bytes: number): number {
    if (this.#length + bytes > BLOCK_BYTES) this.flush();
    if (bytes > this.#block.length) this.#block = Buffer.alloc(bytes);
    return this.#id * DETAILS_OFFSETS + this.#length;
  }

  #push(byte: number): void {
    this.#block[this.#length++] = byte;
  }

  /** As a line. Copied here: a call into C++ costs more for so few bytes. */
  #pushBytes(source: Uint8Array, begin: number, end: number): void {
    const block = this.#block;
    let at = this.#length;
    for (let from = begin; from < end; from++) block[at++] = source[from] ?? 0;
    block[at++] = LINE_END;
    this.#length = at;
  }

  #pushNumber(value: number): void {
    if (value === 0) this.#push(ZERO);
    else this.#length += this.#block.write(String(value), this.#length, 'latin1');
  }
}
