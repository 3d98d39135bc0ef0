// The rows of a list: filters above, the table, and the detail of the open row beside it.
import { useRef, type JSX } from 'react';
import type { ListView, ResultsFilter } from '../../../shared/ipc/lists.ts';
import { goTo, usePlace, type Place } from '../../state/place.ts';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Grid, type GridHandle } from './grid.tsx';
import { useResultPages } from './use-result-pages.ts';
import './results.css';

const selectFilter = (place: Place): ResultsFilter => place.filter;
const selectRow = (place: Place): number | null => place.row;

export function Results({ list }: { readonly list: ListView }): JSX.Element {
  const filter = usePlace(selectFilter);
  const row = usePlace(selectRow);
  const grid = useRef<GridHandle>(null);
  const pages = useResultPages(list, filter, (positions) => { grid.current?.shift(positions); });

  return (
    <section className={`results${row === null ? '' : ' results-with-detail'}`}>
      <div className="results-table">
        <FilterBar list={list} filter={filter} total={pages.total} answered={pages.answered} />
        <Grid
          key={`${String(list.id)} ${JSON.stringify(filter)}`}
          ref={grid}
          pages={pages}
          openRow={row}
          onOpen={(opened) => { goTo({ row: opened }); }}
          onClearFilter={() => { goTo({ filter: {} }); }}
        />
      </div>
      {row === null ? null : (
        <DetailPanel
          list={list}
          row={row}
          filter={filter}
          onGo={(next) => { goTo({ row: next }); grid.current?.reveal(next); }}
          onClose={() => { goTo({ row: null }); grid.current?.focus(); }}
        />
      )}
    </section>
  );
}
