// Which rows of a list a wish to verify again is about: rows that could be asked and have a verdict. Read in slices of
// row numbers, so that no other call waits long for a list of millions.
import type Database from 'better-sqlite3';
import { REASONS, statusOf } from '../../../shared/verdict/verdict.ts';
import type { RowsWish } from '../store-jobs.ts';
import { DETAILS_OFFSETS } from './details-blocks.ts';
import type { ReasonCodes } from './reason-codes.ts';
import { steady } from './steady-value.ts';

/** Rows that are looked at in one slice: some tens of milliseconds. */
const SLICE_ROWS = 5_000;
const DAY_MS = 86_400_000;
/** `[SHARED,CHECKED_AT_MS,`: as much of the details as tells when it was checked. */
const HEAD_BYTES = 48;

export interface AgainRow {
  readonly id: number;
  readonly domainId: number;
  /** Code of its reason. */
  readonly reason: number;
}

interface JudgedRow extends AgainRow {
  /** 1: it is one that could be asked. */
  readonly open: number;
  readonly head: Buffer | null;
}

export class AgainRows {
  readonly #reasons: ReasonCodes;
  readonly #slice: Database.Statement<[number, number], JudgedRow>;
  readonly #one: Database.Statement<[number], JudgedRow>;
  readonly #unknown: ReadonlySet<number>;

  constructor(database: Database.Database, reasons: ReasonCodes) {
    this.#reasons = reasons;
    this.#unknown = new Set(REASONS.filter((reason) => statusOf(reason) === 'unknown').flatMap((reason) => this.#reasons.code(reason) ?? []));
    const offsets = String(DETAILS_OFFSETS);
    const head = `(SELECT substr(body, v.details % ${offsets} + 1, ${String(HEAD_BYTES)}) FROM details WHERE id = v.details / ${offsets})`;
    const columns = `v.row_id AS id, r.domain_id AS domainId, v.reason, r.kind = 'open' AND r.domain_id IS NOT NULL AS open, ${head} AS head`;
    this.#slice = database.prepare(`SELECT ${columns} FROM verdicts v CROSS JOIN rows r ON r.id = v.row_id WHERE v.row_id > ? ORDER BY v.row_id LIMIT ?`);
    this.#one = database.prepare(`SELECT ${columns} FROM verdicts v CROSS JOIN rows r ON r.id = v.row_id WHERE v.row_id = ${steady('?')}`);
  }

  /** `nextRow`: where the next slice begins; null: there is none. */
  read(wish: RowsWish, afterRow: number, nowMs: number): { readonly rows: readonly AgainRow[]; readonly nextRow: number | null } {
    if (wish.kind === 'rows') {
      const from = firstAfter(wish.rows, afterRow);
      const ids = [...wish.rows.subarray(from, from + SLICE_ROWS)];
      const found = ids.flatMap((id) => this.#one.get(id) ?? []);
      return { rows: found.filter(({ open }) => open === 1), nextRow: ids.length < SLICE_ROWS ? null : (ids.at(-1) ?? null) };
    }
    const judged = this.#slice.all(afterRow, SLICE_ROWS);
    const fits = this.#test(wish, nowMs);
    return { rows: judged.filter((row) => row.open === 1 && fits(row)), nextRow: judged.length < SLICE_ROWS ? null : (judged.at(-1)?.id ?? null) };
  }

  #test(wish: Exclude<RowsWish, { kind: 'rows' }>, nowMs: number): (row: JudgedRow) => boolean {
    switch (wish.kind) {
      case 'all':
        return () => true;
      case 'unknown':
        return ({ reason }) => this.#unknown.has(reason);
      case 'older': {
        const beforeMs = nowMs - wish.days * DAY_MS;
        return ({ head }) => checkedAtMs(head) < beforeMs;
      }
    }
  }
}

/** Where the first number above `after` stands; they ascend. */
function firstAfter(rows: Uint32Array, after: number): number {
  let low = 0;
  for (let high = rows.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Without one, it was checked nobody knows when. */
function checkedAtMs(head: Buffer | null): number {
  const text = /^\[\d+,(\d+)/.exec(head?.toString('latin1') ?? '')?.[1];
  return text === undefined ? 0 : Number(text);
}
