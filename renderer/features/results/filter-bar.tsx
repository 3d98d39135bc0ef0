// Which rows are shown, and in which order: a chip for each status with its count, further filters, a search, sorting.
// The search asks when typing rests for a moment or at Enter; Escape clears it.
import { useEffect, useRef, useState, type JSX } from 'react';
import type { ListView, ResultsFilter, ResultsSort } from '../../../shared/ipc/lists.ts';
import { STATUSES, type Status } from '../../../shared/verdict/verdict.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatCount, formatShare } from '../../format.ts';
import { goTo, place } from '../../state/place.ts';
import { words } from '../../words.ts';
import { withField } from './filter-change.ts';
import { MoreFilters } from './more-filters.tsx';
import type { ResultPages } from './result-pages.ts';
import { SortMenu } from './sort-menu.tsx';

interface Props {
  readonly list: ListView;
  readonly filter: ResultsFilter;
  readonly sort: ResultsSort;
  readonly pages: ResultPages;
}

const SEARCH_REST_MS = 250;
const MAX_SEARCH = 200;

export function FilterBar({ list, filter, sort, pages }: Props): JSX.Element {
  const { results: text, statuses: names } = words.window;
  const { byStatus } = list.counters;
  const chosen = filter.statuses ?? [];

  const toggle = (status: Status): void => {
    const { reasons: _dropped, ...rest } = filter;
    const statuses = STATUSES.filter((name) => (name === status) !== chosen.includes(name));
    setFilter(withField(rest, 'statuses', statuses.length === 0 || statuses.length === STATUSES.length ? undefined : statuses));
  };

  return (
    <div className="filter-bar">
      <div className="chips" role="group" aria-label={text.filters}>
        <button type="button" className="chip" aria-pressed={chosen.length === 0} onClick={() => { setFilter(withField(withField(filter, 'statuses', undefined), 'reasons', undefined)); }}>
          {text.all}
        </button>
        {STATUSES.map((status) => (
          <button key={status} type="button" className="chip" aria-pressed={chosen.includes(status)} onClick={() => { toggle(status); }}>
            <span className={`swatch part-${status}`} aria-hidden="true" />
            {names[status]} <span className="chip-count">{formatCount(byStatus[status])}</span>
          </button>
        ))}
      </div>
      <MoreFilters list={list} filter={filter} onChange={setFilter} />
      <SearchField key={list.id} search={filter.search ?? ''} />
      <SortMenu sort={sort} />
      <p className="shown-count" aria-live="polite">{shownCount(pages)}</p>
    </div>
  );
}

function SearchField({ search }: { readonly search: string }): JSX.Element {
  const text = words.window.results;
  const [typed, setTyped] = useState(search);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => { setTyped(search); }, [search]); // cleared from elsewhere
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => { setSearch(typed); }, SEARCH_REST_MS);
    return () => { clearTimeout(timer); };
  }, [typed, search]);

  const clear = (): void => {
    setTyped('');
    setSearch('');
    input.current?.focus();
  };

  return (
    <div className="search" role="search">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        inputMode="search"
        aria-label={text.searchHint}
        placeholder={text.search}
        maxLength={MAX_SEARCH}
        value={typed}
        onChange={({ target }) => { setTyped(target.value); }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setSearch(typed);
          if (event.key === 'Escape' && typed !== '') {
            event.stopPropagation(); // the same key closes the detail: first things first
            clear();
          }
        }}
      />
      {typed === '' ? null : <Button look="quiet" icon="cross" aria-label={text.clearSearch} onClick={clear} />}
    </div>
  );
}

function shownCount({ answered, total, about, building }: ResultPages): string {
  const { browse } = words;
  if (building !== null && (total === null && about === null)) return browse.building(formatShare(building, 1));
  if (!answered) return '';
  if (total !== null) return words.window.results.shown(total, formatCount(total));
  return about === null ? browse.counting : browse.about(formatCount(about));
}

function setFilter(filter: ResultsFilter): void {
  goTo({ filter, row: null });
}

/** By the place and not by what was drawn: the timer may fire after a chip was clicked. */
function setSearch(search: string): void {
  const { filter } = place.get();
  if ((filter.search ?? '') === search) return;
  setFilter(withField(filter, 'search', search === '' ? undefined : search));
}
