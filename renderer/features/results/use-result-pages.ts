// Binds `ResultPages` to a view: a new set for each list and filter, refreshed when the list's counters have changed,
// at most once a second. A change that falls into that second is not lost: the refresh comes at its end.
import { useEffect, useMemo, useReducer, useRef } from 'react';
import type { ListView, ResultsFilter, ResultsSort } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { messageOf } from '../../state/notices.ts';
import { ResultPages } from './result-pages.ts';

const REFRESH_MS = 1_000;

export function useResultPages(list: ListView, filter: ResultsFilter, sort: ResultsSort, onShift: (positions: number) => void): ResultPages {
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const { id: listId, counters } = list;
  const { rows } = counters;
  const shift = useRef(onShift);
  shift.current = onShift;

  const pages = useMemo(
    () =>
      new ResultPages({
        listId,
        filter,
        ...(sort.key === 'row' && !sort.descending ? {} : { sort }),
        rows,
        fetchPage: (request) => api.resultsPage(request),
        onChange: drawAgain,
        onShift: (positions) => { shift.current(positions); },
        messageOf,
      }),
    [listId, filter, sort, rows],
  );
  useEffect(() => () => { pages.close(); }, [pages]);

  const seen = useRef({ pages, counters });
  const lastMs = useRef(0);
  useEffect(() => {
    if (seen.current.pages !== pages) seen.current = { pages, counters };
    if (seen.current.counters === counters) return;
    const dueMs = lastMs.current + REFRESH_MS - performance.now();
    const timer = setTimeout(() => {
      seen.current = { pages, counters };
      lastMs.current = performance.now();
      pages.refresh();
    }, Math.max(0, dueMs));
    return () => { clearTimeout(timer); };
  }, [pages, counters]);

  return pages;
}
