// Makes a view: rows that pass the filter, then those in which the text is found, then their order. In steps of a few
// milliseconds. A search in row order, over everything or over reasons, adds its hits to the view as it finds them.
import type { ResultsFilter, ResultsSort } from '../../../shared/ipc/lists.ts';
import type { ColumnSource } from './fixed-columns.ts';
import { dependsOnVerdicts, matchingRows, needsColumns, type Columns } from './matching-rows.ts';
import { reasonsOf } from './matching-reasons.ts';
import { radixSort } from './radix-sort.ts';
import type { RowView } from './row-view.ts';
import type { Steps } from './rows-finder.ts';
import { sortKeys, sortsByVerdict } from './sort-keys.ts';
import { TextScan } from './text-scan.ts';

export interface ViewQuery {
  readonly filter: ResultsFilter;
  /** Absent: by row number. */
  readonly sort?: ResultsSort | undefined;
}

/** Whether its rows or their order change with verdicts. */
export function changesWithVerdicts({ filter, sort }: ViewQuery): boolean {
  return dependsOnVerdicts(filter) || sortsByVerdict(sort);
}

export function* buildView(view: RowView, query: ViewQuery, source: ColumnSource, columns: Columns): Steps<void> {
  const { sort } = query;
  const inRowOrder = sort === undefined || (sort.key === 'row' && !sort.descending);
  const rows = yield* foundRows(view, query, source, columns, inRowOrder);
  const keyAt = inRowOrder ? null : yield* sortKeys(source, columns, sort);
  view.finish(keyAt === null ? rows : yield* radixSort(rows, keyAt), keyAt);
}

function* foundRows(view: RowView, { filter }: ViewQuery, source: ColumnSource, columns: Columns, seen: boolean): Steps<Uint32Array> {
  const { search = '' } = filter;
  if (search === '') return yield* matchingRows(source, columns, filter);
  const passing = needsColumns(filter) ? yield* matchingRows(source, columns, { ...filter, search: undefined }) : null;
  const scan = new TextScan(source.list, { text: search, reasons: passing === null ? reasonsOf(filter) : null });
  const hits = new Hits(view, seen);
  for (let at = 0, next = 0; at < view.last; ) {
    const { found, to } = scan.step(at, view.last);
    if (passing === null) hits.add(found);
    else {
      const both: number[] = [];
      for (const row of found) {
        while ((passing[next] ?? Infinity) < row) next++;
        if (passing[next] === row) both.push(row);
      }
      hits.add(both);
    }
    at = to;
    if (seen) view.scanned = to;
    source.tell(at / view.last);
    yield;
  }
  return hits.all();
}

/** Kept in the view where they may be seen already, aside where they are to be sorted first. */
class Hits {
  readonly #view: RowView;
  readonly #aside: number[][] | null;

  constructor(view: RowView, seen: boolean) {
    this.#view = view;
    this.#aside = seen ? null : [];
  }

  add(rows: number[]): void {
    if (this.#aside === null) this.#view.add(rows);
    else if (rows.length > 0) this.#aside.push(rows);
  }

  all(): Uint32Array {
    if (this.#aside === null) return this.#view.rows;
    const all = new Uint32Array(this.#aside.reduce((sum, rows) => sum + rows.length, 0));
    let at = 0;
    for (const rows of this.#aside) {
      all.set(rows, at);
      at += rows.length;
    }
    return all;
  }
}
