// The heads of the columns: a box that selects all rows that match, and a button to sort by each column that can be.
// Pressed once it sorts ascending, again descending, and then by row as at first.
import type { JSX } from 'react';
import type { ResultsSort, SortKey } from '../../../shared/ipc/lists.ts';
import { goTo } from '../../state/place.ts';
import { words } from '../../words.ts';
import { HEADERS } from './grid-row.tsx';
import { EVERYTHING, NOTHING, isNothing, selectedCount, type Selection } from './selection.ts';
import { BY_ROW } from './sort-menu.tsx';

const SORTS = { row: 'row', address: 'address', status: 'status', score: 'score' } as const satisfies Partial<Record<(typeof HEADERS)[number], SortKey>>;

interface Props {
  readonly sort: ResultsSort;
  readonly selection: Selection;
  readonly total: number | null;
  readonly onSelect: (selection: Selection) => void;
}

export function GridHead({ sort, selection, total, onSelect }: Props): JSX.Element {
  const { browse, window: { results: text } } = words;
  const count = selectedCount(selection, total);
  const isAll = selection.all ? selection.turned.length === 0 : count !== null && count > 0 && count === total;
  return (
    <div className="grid-head grid-columns" role="row" aria-rowindex={1}>
      {HEADERS.map((name, index) => {
        if (name === 'select') {
          const label = isNothing(selection) ? browse.selectAll : browse.selectNone;
          return (
            <span key={name} role="columnheader" aria-colindex={1} className="cell-select">
              <input
                type="checkbox"
                aria-label={label}
                title={label}
                checked={isAll}
                ref={(box) => { if (box !== null) box.indeterminate = !isAll && !isNothing(selection); }}
                onChange={() => { onSelect(isNothing(selection) ? EVERYTHING : NOTHING); }}
              />
            </span>
          );
        }
        const key = name in SORTS ? SORTS[name as keyof typeof SORTS] : null;
        const isSorted = key === sort.key;
        return (
          <span
            key={name}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={key === null ? undefined : isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            className={`cell-${name}`}
          >
            {key === null ? text.columns[name] : (
              <button type="button" className="head-sort" title={browse.sortColumn(text.columns[name])} onClick={() => { goTo({ sort: next(sort, key) }); }}>
                {text.columns[name]}
                <span className="head-arrow" aria-hidden="true">{isSorted ? (sort.descending ? '▾' : '▴') : ''}</span>
              </button>
            )}
          </span>
        );
      })}
    </div>
  );
}

function next(sort: ResultsSort, key: SortKey): ResultsSort {
  if (sort.key !== key) return { key, descending: false };
  return sort.descending ? BY_ROW : { key, descending: true };
}
