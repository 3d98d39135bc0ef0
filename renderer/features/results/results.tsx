// The rows of a list: filters above, what is selected, the table, and the detail of the open row beside it.
import { useRef, type JSX } from 'react';
import type { ListView, ResultsFilter, ResultsSort } from '../../../shared/ipc/lists.ts';
import { goTo, usePlace, type Place } from '../../state/place.ts';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Grid, type GridHandle } from './grid.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { Selection } from './selection.ts';
import { useResultPages } from './use-result-pages.ts';
import './results.css';

const selectFilter = (place: Place): ResultsFilter => place.filter;
const selectSort = (place: Place): ResultsSort => place.sort;
const selectSelection = (place: Place): Selection => place.selection;
const selectRow = (place: Place): number | null => place.row;

export function Results({ list }: { readonly list: ListView }): JSX.Element {
  const filter = usePlace(selectFilter);
  const sort = usePlace(selectSort);
  const selection = usePlace(selectSelection);
  const row = usePlace(selectRow);
  const grid = useRef<GridHandle>(null);
  const pages = useResultPages(list, filter, sort, (positions) => { grid.current?.shift(positions); });

  return (
    <section className={`results${row === null ? '' : ' results-with-detail'}`}>
      <div className="results-table">
        <FilterBar list={list} filter={filter} sort={sort} pages={pages} />
        <SelectionBar list={list} filter={filter} selection={selection} total={pages.total} onChange={select} />
        <Grid
          key={`${String(list.id)} ${JSON.stringify([filter, sort])}`}
          ref={grid}
          pages={pages}
          sort={sort}
          selection={selection}
          openRow={row}
          onSelect={select}
          onOpen={(opened) => { goTo({ row: opened }); }}
          onClearFilter={() => { goTo({ filter: {} }); }}
        />
      </div>
      {row === null ? null : (
        <DetailPanel
          list={list}
          row={row}
          filter={filter}
          sort={sort}
          onGo={(next) => { goTo({ row: next }); grid.current?.reveal(next); }}
          onClose={() => { goTo({ row: null }); grid.current?.focus(); }}
        />
      )}
    </section>
  );
}

function select(selection: Selection): void {
  goTo({ selection: { all: selection.all, turned: selection.turned.map(([first, last]) => [first, last]) } });
}
