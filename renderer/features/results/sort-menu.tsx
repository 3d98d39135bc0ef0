// By what the rows are sorted, for what has no column of its own too, and in which direction.
import type { JSX } from 'react';
import { SORT_KEYS, type ResultsSort } from '../../../shared/ipc/lists.ts';
import { Button } from '../../components/button.tsx';
import { goTo } from '../../state/place.ts';
import { words } from '../../words.ts';

export const BY_ROW: ResultsSort = { key: 'row', descending: false };

export function SortMenu({ sort }: { readonly sort: ResultsSort }): JSX.Element {
  const { browse: text } = words;
  const hint = sort.descending ? text.descending : text.ascending;
  return (
    <div className="sort-menu">
      <select
        aria-label={text.sortBy}
        title={text.sortBy}
        value={sort.key}
        onChange={({ target }) => {
          const key = SORT_KEYS.find((name) => name === target.value);
          if (key !== undefined) goTo({ sort: { key, descending: false } });
        }}
      >
        {SORT_KEYS.map((key) => <option key={key} value={key}>{`${text.sortBy}: ${text.sortKeys[key]}`}</option>)}
      </select>
      <Button look="quiet" icon={sort.descending ? 'down' : 'up'} aria-label={hint} title={hint} onClick={() => { goTo({ sort: { ...sort, descending: !sort.descending } }); }} />
    </div>
  );
}
