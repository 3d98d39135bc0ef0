// Which rows are shown: a chip for each status with its count, a menu of the reasons that there are, and a search.
// The search asks when typing rests for a moment or at Enter; Escape clears it.
import { useEffect, useRef, useState, type JSX } from 'react';
import type { ListView, ResultsFilter } from '../../../shared/ipc/lists.ts';
import { isReason, REASONS, STATUSES, statusOf, type Status } from '../../../shared/verdict/verdict.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatCount } from '../../format.ts';
import { goTo, place } from '../../state/place.ts';
import { words } from '../../words.ts';

interface Props {
  readonly list: ListView;
  readonly filter: ResultsFilter;
  readonly total: number | null;
  readonly answered: boolean;
}

const SEARCH_REST_MS = 250;
const MAX_SEARCH = 200;

export function FilterBar({ list, filter, total, answered }: Props): JSX.Element {
  const { results: text, statuses: names } = words.window;
  const { byStatus, byReason } = list.counters;
  const chosen = filter.statuses ?? [];
  const reason = filter.reasons?.[0] ?? '';
  const reasons = REASONS.filter((name) => name === reason || ((byReason[name] ?? 0) > 0 && (chosen.length === 0 || chosen.includes(statusOf(name)))));

  const toggle = (status: Status): void => {
    const { reasons: _dropped, ...rest } = filter;
    const statuses = STATUSES.filter((name) => (name === status) !== chosen.includes(name));
    setFilter(statuses.length === 0 || statuses.length === STATUSES.length ? without(rest, 'statuses') : { ...rest, statuses });
  };

  return (
    <div className="filter-bar">
      <div className="chips" role="group" aria-label={text.filters}>
        <button type="button" className="chip" aria-pressed={chosen.length === 0} onClick={() => { setFilter(without(without(filter, 'statuses'), 'reasons')); }}>
          {text.all}
        </button>
        {STATUSES.map((status) => (
          <button key={status} type="button" className="chip" aria-pressed={chosen.includes(status)} onClick={() => { toggle(status); }}>
            <span className={`swatch part-${status}`} aria-hidden="true" />
            {names[status]} <span className="chip-count">{formatCount(byStatus[status])}</span>
          </button>
        ))}
      </div>
      <select
        className="reason-menu"
        aria-label={text.reason}
        value={reason}
        onChange={({ target }) => { setFilter(isReason(target.value) ? { ...filter, reasons: [target.value] } : without(filter, 'reasons')); }}
      >
        <option value="">{text.anyReason}</option>
        {reasons.map((name) => (
          <option key={name} value={name}>{text.reasonOption(words.reasons[name].label, formatCount(byReason[name] ?? 0))}</option>
        ))}
      </select>
      <SearchField key={list.id} search={filter.search ?? ''} />
      <p className="shown-count" aria-live="polite">{shownCount(total, answered)}</p>
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

function shownCount(total: number | null, answered: boolean): string {
  const { results: text } = words.window;
  if (!answered) return '';
  return total === null ? text.uncounted : text.shown(total, formatCount(total));
}

function setFilter(filter: ResultsFilter): void {
  goTo({ filter, row: null });
}

/** By the place and not by what was drawn: the timer may fire after a chip was clicked. */
function setSearch(search: string): void {
  const { filter } = place.get();
  if ((filter.search ?? '') === search) return;
  setFilter(search === '' ? without(filter, 'search') : { ...filter, search });
}

function without(filter: ResultsFilter, key: keyof ResultsFilter): ResultsFilter {
  const { [key]: _dropped, ...rest } = filter;
  return rest;
}
