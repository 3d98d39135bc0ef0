// Which rows are selected, as a rule and not as their numbers: all that match or none, but those that were turned one by
// one. A range is only ever of rows that were seen to match, so their number is known exactly.
import type { RowSelection } from '../../../shared/ipc/lists.ts';

/** The rule without its filter, which is that of the table. */
export type Selection = Pick<RowSelection, 'all' | 'turned'>;

export const NOTHING: Selection = { all: false, turned: [] };
export const EVERYTHING: Selection = { all: true, turned: [] };

const MAX_RANGES = 10_000;

export function isSelected({ all, turned }: Selection, row: number): boolean {
  return all !== turned.some(([first, last]) => row >= first && row <= last);
}

export function isNothing({ all, turned }: Selection): boolean {
  return !all && turned.length === 0;
}

export function turnedCount({ turned }: Selection): number {
  return turned.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Null where it needs the number of all that match, and that is not known. */
export function selectedCount(selection: Selection, total: number | null): number | null {
  if (!selection.all) return turnedCount(selection);
  return total === null ? null : Math.max(0, total - turnedCount(selection));
}

export function inverted({ all, turned }: Selection): Selection {
  return { all: !all, turned };
}

/** Selects the rows, or takes them out; null where that is more than a rule can hold. */
export function withRows(selection: Selection, rows: readonly number[], selected: boolean): Selection | null {
  const turn = selected !== selection.all;
  const changing = new Set(rows);
  const kept = selection.turned.flatMap(([first, last]): [number, number][] => {
    const parts: [number, number][] = [];
    let begin = first;
    for (const row of [...changing].filter((one) => one >= first && one <= last).sort((a, b) => a - b)) {
      if (row > begin) parts.push([begin, row - 1]);
      begin = row + 1;
    }
    if (begin <= last) parts.push([begin, last]);
    return parts;
  });
  const added = turn ? [...changing].map((row): [number, number] => [row, row]) : [];
  const turned = joined([...kept, ...added].sort(([a], [b]) => a - b));
  return turned.length > MAX_RANGES ? null : { all: selection.all, turned };
}

/** Neighbours made one. */
function joined(ranges: readonly [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [first, last] of ranges) {
    const before = result.at(-1);
    if (before !== undefined && before[1] + 1 >= first) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
}
