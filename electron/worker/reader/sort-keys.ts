// The number by which each row is sorted. Rows that have nothing to be sorted by come last in either direction, so whoever
// sorts by score sees scores first; equal rows stay in row order.
import type { ResultsSort } from '../../../shared/ipc/lists.ts';
import { REASONS } from '../../../shared/verdict/verdict.ts';
import type { ColumnSource } from './fixed-columns.ts';
import type { Columns } from './matching-rows.ts';
import type { KeyAt } from './row-view.ts';
import type { Steps } from './rows-finder.ts';

const LAST = 0xffffffff;

/** Null: by row number, ascending. Statuses come in the order of their documentation, and each reason's rows together. */
export function* sortKeys(source: ColumnSource, columns: Columns, { key, descending }: ResultsSort): Steps<KeyAt | null> {
  const turned = (keyAt: KeyAt): KeyAt => (descending ? (row) => (keyAt(row) === LAST ? LAST : LAST - 1 - keyAt(row)) : keyAt);
  switch (key) {
    case 'row':
      return descending ? (row) => LAST - row : null;
    case 'address':
      return turned(zeroLast(yield* columns.fixed.addressRanks(source)));
    case 'domain': {
      const domains = yield* columns.fixed.domains(source);
      const rankOf = zeroLast(yield* columns.fixed.domainRanks(source));
      return turned((row) => rankOf(domains[row] ?? 0));
    }
    case 'status': {
      const { reasons } = yield* columns.verdicts.judged(source);
      const places = new Uint32Array(256).fill(LAST);
      for (const [place, reason] of REASONS.entries()) places[source.list().reasons.code(reason) ?? 255] = place;
      places[0] = LAST;
      return turned((row) => places[reasons[row] ?? 0] ?? LAST);
    }
    case 'score': {
      const { reasons, scores } = yield* columns.verdicts.judged(source);
      return turned((row) => (reasons[row] === 0 ? LAST : (scores[row] ?? 0)));
    }
    case 'checkedAt': {
      const { times } = yield* columns.verdicts.heads(source);
      return turned(zeroLast(times));
    }
  }
}

/** Whether the order changes with verdicts. */
export function sortsByVerdict(sort: ResultsSort | undefined): boolean {
  return sort !== undefined && (sort.key === 'status' || sort.key === 'score' || sort.key === 'checkedAt');
}

function zeroLast(values: Uint32Array): KeyAt {
  return (row) => {
    const value = values[row] ?? 0;
    return value === 0 ? LAST : value;
  };
}
