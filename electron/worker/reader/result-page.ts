// A page of rows by key: after a row, before one, or between two; never by offset. What lies beyond its ends is looked
// for, not counted.
import type { PageRequest, ResultPage } from '../../../shared/ipc/lists.ts';
import type { ListView } from './list-view.ts';
import type { RowsFinder, Steps } from './rows-finder.ts';

type Place = Pick<PageRequest, 'after' | 'before' | 'at' | 'limit'>;

interface Span {
  /** Ascending. */
  readonly ids: readonly number[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

/** `list` gives the list anew: it may have been closed between two steps. */
export function* resultPage(list: () => ListView, finder: RowsFinder, place: Place): Steps<ResultPage> {
  const after = place.at ?? place.after;
  const { ids, hasBefore, hasAfter } = yield* place.before !== undefined && after === undefined
    ? lastBefore(finder, place.before, place.limit)
    : firstAfter(finder, after ?? 0, place.before ?? null, place.limit);
  const total = hasBefore || hasAfter ? yield* finder.count() : ids.length;
  const view = list();
  const rows = ids.map((id) => view.row(id)).filter((row) => row !== undefined);
  return { rows, total, about: null, hasBefore, hasAfter, start: startOf(finder, ids, total, { hasBefore, hasAfter }), building: null, upToDate: true };
}

/** Known where rows and positions are one, and at both ends. */
function startOf({ everyRow }: RowsFinder, ids: readonly number[], total: number | null, { hasBefore, hasAfter }: Pick<Span, 'hasBefore' | 'hasAfter'>): number | null {
  if (!hasBefore) return 0;
  if (everyRow && ids[0] !== undefined) return ids[0] - 1;
  return hasAfter || total === null ? null : total - ids.length;
}

function* firstAfter(finder: RowsFinder, after: number, before: number | null, limit: number): Steps<Span> {
  const found = yield* finder.find('up', after, limit + 1);
  const within = before === null ? found : found.filter((id) => id < before);
  const ids = within.slice(0, limit);
  const hasBefore = after > 0 && (yield* any(finder, 'down', ids[0] ?? after + 1));
  return { ids, hasBefore, hasAfter: found.length > ids.length };
}

function* lastBefore(finder: RowsFinder, before: number, limit: number): Steps<Span> {
  const found = yield* finder.find('down', before, limit + 1);
  const ids = found.slice(0, limit).reverse();
  const hasAfter = yield* any(finder, 'up', ids.at(-1) ?? before - 1);
  return { ids, hasBefore: found.length > limit, hasAfter };
}

function* any(finder: RowsFinder, direction: 'up' | 'down', from: number): Steps<boolean> {
  return (yield* finder.find(direction, from, 1)).length > 0;
}
