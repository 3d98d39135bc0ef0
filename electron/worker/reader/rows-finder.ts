// Which rows a page shows, by row number: what a page needs to know of a filter, whatever the filter is.
// Generators, because a search takes long: at each `yield` other calls may be answered (see `list-views`).
export type Direction = 'up' | 'down';

/** Steps of work of a few milliseconds, with a result at the end. */
export type Steps<T> = Generator<undefined, T, undefined>;

export interface RowsFinder {
  /** Whether every row of the list is found. */
  readonly everyRow: boolean;
  /** The first `limit` matching rows above or below row `from`, which is left out, in the direction's order. */
  find(direction: Direction, from: number, limit: number): Steps<readonly number[]>;
  /** How many rows match; null where counting takes too long. */
  count(): Steps<number | null>;
}

/** Runs all steps at once. */
export function runNow<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
