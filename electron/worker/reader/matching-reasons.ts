// Rows by the reason of their verdict (a duplicate has its first row's), or all rows, found by key in an index:
// the same few microseconds at any depth of any list. Counts are the writer's counters.
import { REASONS, statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import type { ResultsFilter } from '../../../shared/ipc/lists.ts';
import type { ListView } from './list-view.ts';
import type { Direction, RowsFinder, Steps } from './rows-finder.ts';

/** The reasons that a filter lets through; null: every row, those without a verdict too. */
export function reasonsOf({ statuses = [], reasons = [] }: ResultsFilter): readonly Reason[] | null {
  if (statuses.length === 0 && reasons.length === 0) return null;
  return REASONS.filter(
    (reason) => (statuses.length === 0 || statuses.includes(statusOf(reason))) && (reasons.length === 0 || reasons.includes(reason)),
  );
}

export function findByReason(list: ListView, reasons: readonly Reason[] | null): RowsFinder {
  return reasons === null ? new AllRows(list) : new RowsWithReason(list, reasons);
}

class AllRows implements RowsFinder {
  readonly everyRow = true;
  readonly #list: ListView;

  constructor(list: ListView) {
    this.#list = list;
  }

   
  *find(direction: Direction, from: number, limit: number): Steps<readonly number[]> {
    return this.#list.column(allRowsSql(direction)).all(from, limit) as number[];
  }

   
  *count(): Steps<number> {
    return this.#list.counters().rows;
  }
}

class RowsWithReason implements RowsFinder {
  readonly everyRow = false;
  readonly #list: ListView;
  readonly #own: readonly Reason[];
  readonly #ofDuplicates: readonly Reason[];
  readonly #count: number;

  constructor(list: ListView, reasons: readonly Reason[]) {
    this.#list = list;
    const own = list.counters().byReason;
    const duplicates = list.duplicatesByReason();
    // What no row has need not be looked for.
    this.#own = reasons.filter((reason) => (own[reason] ?? 0) > 0);
    this.#ofDuplicates = reasons.filter((reason) => (duplicates[reason] ?? 0) > 0);
    this.#count = reasons.reduce((sum, reason) => sum + (own[reason] ?? 0) + (duplicates[reason] ?? 0), 0);
  }

   
  *find(direction: Direction, from: number, limit: number): Steps<readonly number[]> {
    const own = this.#list.column(reasonSql(direction));
    const found = this.#own.flatMap((reason) => own.all(this.#list.reasons.code(reason) ?? -1, from, limit) as number[]);
    if (this.#ofDuplicates.length > 0) {
      const reasons = JSON.stringify(this.#ofDuplicates.map((reason) => this.#list.reasons.code(reason)));
      found.push(...(this.#list.column(duplicatesSql(direction)).all(from, reasons, limit) as number[]));
    }
    return found.sort((a, b) => (direction === 'up' ? a - b : b - a)).slice(0, limit);
  }

   
  *count(): Steps<number> {
    return this.#count;
  }
}

const beyond = (direction: Direction): string => (direction === 'up' ? '>' : '<');
const order = (direction: Direction): string => (direction === 'up' ? 'ASC' : 'DESC');

export const allRowsSql = (direction: Direction): string =>
  `SELECT id FROM rows WHERE id ${beyond(direction)} ? ORDER BY id ${order(direction)} LIMIT ?`;

export const reasonSql = (direction: Direction): string =>
  `SELECT row_id FROM verdicts WHERE reason = ? AND row_id ${beyond(direction)} ? ORDER BY row_id ${order(direction)} LIMIT ?`;

/** CROSS: the duplicates in their order, each with its verdict, so that it ends with the last row that is wanted. */
export const duplicatesSql = (direction: Direction): string =>
  `SELECT d.row_id FROM duplicates d CROSS JOIN verdicts v ON v.row_id = d.first_row
   WHERE d.row_id ${beyond(direction)} ? AND v.reason IN (SELECT value FROM json_each(?)) ORDER BY d.row_id ${order(direction)} LIMIT ?`;
