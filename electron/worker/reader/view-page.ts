// A page of a view: after a row, before one, between two, or from a position on.
import type { PageRequest, ResultPage } from '../../../shared/ipc/lists.ts';
import type { ListView } from './list-view.ts';
import type { RowView } from './row-view.ts';

interface Span {
  readonly begin: number;
  /** Not included. */
  readonly end: number;
}

/** Whether what a view has so far is enough for the page. */
export function isReady(view: RowView, request: PageRequest): boolean {
  if (view.complete) return true;
  if (request.before !== undefined && request.after === undefined && request.at === undefined) return request.before <= view.scanned;
  return spanOf(view, request).begin + request.limit < view.length;
}

/** `share`: of the work, while the view is not complete. */
export function viewPage(list: ListView, view: RowView, request: PageRequest, share: number, upToDate: boolean): ResultPage {
  const { begin, end } = spanOf(view, request);
  const rows = Array.from(view.rows.subarray(begin, end), (row) => list.row(row)).filter((row) => row !== undefined);
  const { complete, length } = view;
  return {
    rows,
    total: complete ? length : null,
    about: complete || view.scanned === 0 ? null : Math.round((length / view.scanned) * view.last),
    hasBefore: begin > 0,
    hasAfter: end < length || !complete,
    start: begin,
    building: complete ? null : share,
    upToDate,
  };
}

function spanOf(view: RowView, { after = 0, before, at, limit }: PageRequest): Span {
  const { length } = view;
  if (at !== undefined) return { begin: Math.min(at, length), end: Math.min(at + limit, length) };
  // Row numbers beyond both ends stand for the ends, whatever the order.
  const limitEnd = before === undefined || before > view.last ? length : view.countBefore(before, false);
  if (before !== undefined && after === 0) return { begin: Math.max(0, limitEnd - limit), end: limitEnd };
  const begin = after === 0 ? 0 : view.countBefore(after, true);
  return { begin, end: Math.max(begin, Math.min(begin + limit, limitEnd)) };
}
