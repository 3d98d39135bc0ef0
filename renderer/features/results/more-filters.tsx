// Filters beyond status and search, in a panel that opens below its button: several reasons, domains, who runs the mail
// server, marks, duplicates. Each takes effect at once; a domain when it is typed to its end (Enter, or leaving the field).
import { useEffect, useRef, useState, type JSX } from 'react';
import type { ListView, ResultsFilter } from '../../../shared/ipc/lists.ts';
import { MAIL_FLAG_NAMES, MAIL_PROVIDERS, mailFlagOf } from '../../../shared/verdict/mail-providers.ts';
import { PLAIN_FLAGS, REASONS, statusOf, type Reason } from '../../../shared/verdict/verdict.ts';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import { withField, withoutMore } from './filter-change.ts';

interface Props {
  readonly list: ListView;
  readonly filter: ResultsFilter;
  readonly onChange: (filter: ResultsFilter) => void;
}

export function MoreFilters({ list, filter, onChange }: Props): JSX.Element {
  const { browse: text } = words;
  const details = useRef<HTMLDetailsElement>(null);
  const chosen = [filter.reasons, filter.domains, filter.providers, filter.flags, filter.duplicates].filter((field) => field !== undefined).length;

  useEffect(() => {
    const close = (event: Event): void => {
      const element = details.current;
      if (element?.open === true && event.target instanceof Node && !element.contains(event.target)) element.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => { document.removeEventListener('pointerdown', close); };
  }, []);

  return (
    <details
      ref={details}
      className="more-filters"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        event.stopPropagation(); // the same key closes the detail: first things first
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary className="chip">{chosen === 0 ? text.more : text.moreChosen(formatCount(chosen))}</summary>
      <div className="more-panel">
        <Reasons list={list} filter={filter} onChange={onChange} />
        <Domains filter={filter} onChange={onChange} />
        <label>
          {text.provider}
          <select
            aria-label={text.provider}
            value={filter.providers?.[0] ?? ''}
            onChange={({ target }) => {
              const found = MAIL_PROVIDERS.find(({ id }) => id === target.value);
              onChange(withField(filter, 'providers', found === undefined ? undefined : [found.id]));
            }}
          >
            <option value="">{text.anyProvider}</option>
            {MAIL_PROVIDERS.map((provider) => <option key={provider.id} value={provider.id}>{MAIL_FLAG_NAMES[mailFlagOf(provider)]}</option>)}
          </select>
        </label>
        <label>
          {text.flag}
          <select
            aria-label={text.flag}
            value={filter.flags?.[0] ?? ''}
            onChange={({ target }) => {
              const found = PLAIN_FLAGS.find((name) => name === target.value);
              onChange(withField(filter, 'flags', found === undefined ? undefined : [found]));
            }}
          >
            <option value="">{text.anyFlag}</option>
            {PLAIN_FLAGS.map((name) => <option key={name} value={name}>{words.window.flags[name]}</option>)}
          </select>
        </label>
        <label>
          {text.duplicates}
          <select
            aria-label={text.duplicates}
            value={filter.duplicates ?? ''}
            onChange={({ target: { value } }) => { onChange(withField(filter, 'duplicates', value === 'only' || value === 'without' ? value : undefined)); }}
          >
            <option value="">{text.duplicatesAll}</option>
            <option value="only">{text.duplicatesOnly}</option>
            <option value="without">{text.duplicatesWithout}</option>
          </select>
        </label>
        <Button
          disabled={chosen === 0}
          onClick={() => {
            onChange(withoutMore(filter));
            details.current?.querySelector('summary')?.focus(); // the button is disabled then, and would lose it
          }}
        >
          {text.clearFilters}
        </Button>
      </div>
    </details>
  );
}

function Reasons({ list, filter, onChange }: Props): JSX.Element {
  const { byReason } = list.counters;
  const chosen = filter.reasons ?? [];
  const statuses = filter.statuses ?? [];
  const shown = REASONS.filter((name) => chosen.includes(name) || ((byReason[name] ?? 0) > 0 && (statuses.length === 0 || statuses.includes(statusOf(name)))));
  const toggle = (reason: Reason): void => {
    const next = REASONS.filter((name) => (name === reason) !== chosen.includes(name));
    onChange(withField(filter, 'reasons', next.length === 0 ? undefined : next));
  };
  return (
    <fieldset>
      <legend>{words.browse.reasons}</legend>
      {shown.length === 0 ? words.window.common.none : null}
      {shown.map((name) => (
        <label key={name}>
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => { toggle(name); }} />
          {words.window.results.reasonOption(words.reasons[name].label, formatCount(byReason[name] ?? 0))}
        </label>
      ))}
    </fieldset>
  );
}

function Domains({ filter, onChange }: Omit<Props, 'list'>): JSX.Element {
  const { browse: text } = words;
  const applied = (filter.domains ?? []).join(', ');
  const [typed, setTyped] = useState(applied);
  useEffect(() => { setTyped(applied); }, [applied]); // cleared from elsewhere
  const apply = (): void => {
    if (typed.trim() === applied) return;
    const domains = typed.split(/[\s,;]+/).map((name) => name.replace(/^@/, '').slice(0, 255)).filter((name) => name !== '').slice(0, 50);
    onChange(withField(filter, 'domains', domains.length === 0 ? undefined : domains));
  };
  return (
    <label>
      {text.domain}
      <input
        type="text"
        aria-label={text.domain}
        placeholder={text.domainHint}
        title={text.domainApply}
        maxLength={2_000}
        spellCheck={false}
        value={typed}
        onChange={({ target }) => { setTyped(target.value); }}
        onBlur={apply}
        onKeyDown={({ key }) => { if (key === 'Enter') apply(); }}
      />
    </label>
  );
}
