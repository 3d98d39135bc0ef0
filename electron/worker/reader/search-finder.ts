// Rows in which a text occurs, in the address or any other original cell; ASCII letters in either case (as SQLite's LIKE).
// A scan, in steps of a few milliseconds: a text index would cost more than the whole import (85 s and 1 GB for 10 M
// rows). Counting ends where it takes too long to wait for.
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { ListView } from './list-view.ts';
import type { Direction, RowsFinder, Steps } from './rows-finder.ts';

/** Rows looked at in a step: found by itself between these, so that a step takes about as long as it should. */
const MIN_STEP_ROWS = 250;
const MAX_STEP_ROWS = 50_000;
const FIRST_STEP_ROWS = 2_000;
const LONG_STEP_MS = 10;
const SHORT_STEP_MS = 4;

const COUNT_BUDGET_MS = 50;

/** Totals that cannot change, by filter: rows never do, and what takes too long to count goes on doing so. */
export type KnownTotals = Map<string, number | null>;

export interface SearchOptions {
  readonly text: string;
  /** Those of this text in this list. */
  readonly totals: KnownTotals;
  /** Null: rows with any verdict and with none. */
  readonly reasons: readonly Reason[] | null;
}

/** `list` gives the list anew: it may have been closed between two steps. */
export function findByText(list: () => ListView, options: SearchOptions): RowsFinder {
  return new SearchFinder(list, options);
}

class SearchFinder implements RowsFinder {
  readonly #list: () => ListView;
  readonly #text: string;
  readonly #pattern: string;
  readonly #reasons: string | null;
  readonly #totals: KnownTotals;
  /** Whether a record that holds the text may still have no cell that does. */
  readonly #mayStraddle: boolean;
  #stepRows = FIRST_STEP_ROWS;

  constructor(list: () => ListView, { text, reasons, totals }: SearchOptions) {
    this.#list = list;
    this.#totals = totals;
    this.#text = lowerAscii(text);
    this.#pattern = likePattern(text);
    this.#reasons = reasons === null ? null : JSON.stringify(reasons.map((reason) => list().reasons.code(reason)));
    // Only these characters are in a record and not in its cells, or more often.
    this.#mayStraddle = /["'\r\n]/.test(text) || text.includes(list().record.delimiter);
  }

  *find(direction: Direction, from: number, limit: number): Steps<readonly number[]> {
    const found: number[] = [];
    const last = this.#lastRow();
    let at = direction === 'up' ? from : Math.min(from, last + 1);
    while (found.length < limit && (direction === 'up' ? at < last : at > 1)) {
      const to = direction === 'up' ? at + this.#stepRows : at - this.#stepRows;
      const bounds = direction === 'up' ? ([at, to] as const) : ([to - 1, at - 1] as const);
      found.push(...this.#step(bounds, direction, limit - found.length));
      at = to;
      yield;
    }
    return found;
  }

  *count(): Steps<number | null> {
    const key = this.#reasons ?? '';
    const known = this.#totals.get(key);
    if (known !== undefined) return known;
    const total = yield* this.#counted();
    if (total === null || this.#reasons === null) this.#totals.set(key, total);
    return total;
  }

  *#counted(): Steps<number | null> {
    let count = 0;
    let spentMs = 0;
    const last = this.#lastRow();
    for (let at = 0; at < last; ) {
      const startMs = performance.now();
      const to = at + this.#stepRows;
      count += this.#step([at, to], 'up', Number.MAX_SAFE_INTEGER).length;
      at = to;
      spentMs += performance.now() - startMs;
      if (spentMs > COUNT_BUDGET_MS && at < last) return null;
      yield;
    }
    return count;
  }

  /** Matching rows of (`after`, `to`], at most `limit`. */
  #step([after, to]: readonly [number, number], direction: Direction, limit: number): number[] {
    const startMs = performance.now();
    const filter = this.#reasons === null ? [] : [this.#reasons];
    const found = this.#mayStraddle
      ? this.#checked(after, to, direction, filter).slice(0, limit)
      : (this.#list().column(searchSql(direction, filter.length > 0)).all(after, to, this.#pattern, ...filter, limit) as number[]);
    const elapsedMs = performance.now() - startMs;
    if (elapsedMs > LONG_STEP_MS) this.#stepRows = Math.max(MIN_STEP_ROWS, this.#stepRows >> 1);
    else if (elapsedMs < SHORT_STEP_MS) this.#stepRows = Math.min(MAX_STEP_ROWS, this.#stepRows * 2);
    return found;
  }

  #checked(after: number, to: number, direction: Direction, filter: readonly string[]): number[] {
    const list = this.#list();
    const ids = list.column(searchSql(direction, filter.length > 0)).all(after, to, this.#pattern, ...filter, to - after) as number[];
    return ids.filter((id) => list.cellsOf(id).some((cell) => lowerAscii(cell).includes(this.#text)));
  }

  #lastRow(): number {
    return Number(this.#list().column('SELECT max(id) FROM rows').get() ?? 0);
  }
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Matches every record that may hold the text: a quote may be doubled there. */
function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&').replaceAll('"', '%')}%`;
}

export function searchSql(direction: Direction, filtered: boolean): string {
  const join = filtered ? 'CROSS JOIN verdicts v ON v.row_id = coalesce(r.dup_of, r.id)' : '';
  const reasons = filtered ? 'AND v.reason IN (SELECT value FROM json_each(?))' : '';
  const order = direction === 'up' ? 'ASC' : 'DESC';
  return `SELECT r.id FROM rows r ${join} WHERE r.id > ? AND r.id <= ? AND r.raw LIKE ? ESCAPE '\\' ${reasons} ORDER BY r.id ${order} LIMIT ?`;
}
