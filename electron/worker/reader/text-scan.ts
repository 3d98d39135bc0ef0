// Looks for a text in the rows, in the address or any other original cell; ASCII letters in either case (as SQLite's
// LIKE). A scan, in steps of a few milliseconds: a text index would cost more than the whole import (85 s and 1 GB for
// 10 M rows).
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { ListView } from './list-view.ts';

/** Rows looked at in a step: found by itself between these, so that a step takes about as long as it should. */
const MIN_STEP_ROWS = 250;
const MAX_STEP_ROWS = 50_000;
const FIRST_STEP_ROWS = 2_000;
const LONG_STEP_MS = 6;
const SHORT_STEP_MS = 3;

export interface TextScanOptions {
  readonly text: string;
  /** Null: rows with any verdict and with none. */
  readonly reasons: readonly Reason[] | null;
}

export class TextScan {
  readonly #list: () => ListView;
  readonly #text: string;
  readonly #pattern: string;
  readonly #reasons: string | null;
  /** Whether a record that holds the text may still have no cell that does. */
  readonly #mayStraddle: boolean;
  #stepRows = FIRST_STEP_ROWS;

  /** `list` gives the list anew: it may have been closed between two steps. */
  constructor(list: () => ListView, { text, reasons }: TextScanOptions) {
    this.#list = list;
    this.#text = lowerAscii(text);
    this.#pattern = likePattern(text);
    this.#reasons = reasons === null ? null : JSON.stringify(reasons.map((reason) => list().reasons.code(reason)));
    // Only these characters are in a record and not in its cells, or more often.
    this.#mayStraddle = /["'\r\n]/.test(text) || text.includes(list().record.delimiter);
  }

  /** Matching rows above row `after`, up to `to`, which is chosen here and at most `last`. Ascending. */
  step(after: number, last: number): { found: number[]; to: number } {
    const startMs = performance.now();
    const to = Math.min(last, after + this.#stepRows);
    const filter = this.#reasons === null ? [] : [this.#reasons];
    const list = this.#list();
    const ids = list.column(searchSql(filter.length > 0)).all(after, to, this.#pattern, ...filter) as number[];
    const found = this.#mayStraddle ? ids.filter((id) => list.cellsOf(id).some((cell) => lowerAscii(cell).includes(this.#text))) : ids;
    const elapsedMs = performance.now() - startMs;
    if (elapsedMs > LONG_STEP_MS) this.#stepRows = Math.max(MIN_STEP_ROWS, this.#stepRows >> 1);
    else if (elapsedMs < SHORT_STEP_MS) this.#stepRows = Math.min(MAX_STEP_ROWS, this.#stepRows * 2);
    return { found, to };
  }
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Matches every record that may hold the text: a quote may be doubled there. */
function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&').replaceAll('"', '%')}%`;
}

export function searchSql(filtered: boolean): string {
  const join = filtered ? 'CROSS JOIN verdicts v ON v.row_id = coalesce(r.dup_of, r.id)' : '';
  const reasons = filtered ? 'AND v.reason IN (SELECT value FROM json_each(?))' : '';
  return `SELECT r.id FROM rows r ${join} WHERE r.id > ? AND r.id <= ? AND r.raw LIKE ? ESCAPE '\\' ${reasons} ORDER BY r.id`;
}
