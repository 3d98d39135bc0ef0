// The rows that match a filter, in an order: their numbers, 4 bytes a row. What a search has not come to yet is added as
// it is found, so that the first hits are seen at once; `scanned` says how far it has come.
// Positions are 0-based. A row that is not in the view has the place where it would be.

const FIRST_CAPACITY = 1_024;

/** What rows are sorted by; equal keys in row order. */
export type KeyAt = (row: number) => number;

export class RowView {
  /** Highest row number of the list. */
  readonly last: number;
  /** What it was made from; compared, never read. */
  readonly version: string;
  /** All rows up to this one were looked at. */
  scanned = 0;
  complete = false;
  #rows: Uint32Array;
  #length = 0;
  #keyAt: KeyAt | null = null;

  constructor(version: string, last: number) {
    this.version = version;
    this.last = last;
    this.#rows = new Uint32Array(0);
  }

  /** Rows known so far. */
  get length(): number {
    return this.#length;
  }

  /** In the view's order; not to be changed. */
  get rows(): Uint32Array {
    return this.#rows.subarray(0, this.#length);
  }

  /** Ascending, and above all that were added. */
  add(rows: readonly number[]): void {
    if (this.#length + rows.length > this.#rows.length) {
      const grown = new Uint32Array(Math.min(this.last, Math.max(FIRST_CAPACITY, 2 * (this.#length + rows.length))));
      grown.set(this.rows);
      this.#rows = grown;
    }
    this.#rows.set(rows, this.#length);
    this.#length += rows.length;
  }

  /** All of them. `keyAt`: what they are sorted by; null: by row number. */
  finish(rows: Uint32Array, keyAt: KeyAt | null): void {
    this.#rows = rows;
    this.#length = rows.length;
    this.#keyAt = keyAt;
    this.scanned = this.last;
    this.complete = true;
  }

  /** How many rows come before `row` in the view's order; with `orItself` it is counted too, if it is there. */
  countBefore(row: number, orItself: boolean): number {
    const keyAt = this.#keyAt;
    const key = keyAt?.(row) ?? 0;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#rows[middle] ?? 0;
      const otherKey = keyAt?.(other) ?? 0;
      const before = otherKey === key ? other < row || (orItself && other === row) : otherKey < key;
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
