// Splitting a list: by which rule. Rows that are selected in the table can be taken apart from the rest.
import { useState, type JSX } from 'react';
import type { SplitChoice } from '../../../shared/ipc/combine.ts';
import type { ListView, RowSelection } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { place } from '../../state/place.ts';
import { words } from '../../words.ts';
import { isNothing } from '../results/selection.ts';
import { CombineFrame } from './combine-frame.tsx';
import { useCombineTask } from './use-combine-task.ts';

interface Props {
  readonly list: ListView;
  readonly onClose: () => void;
}

const MOST_DOMAINS = 99;
const MOST_PARTS = 100;

export function SplitSheet({ list, onClose }: Props): JSX.Element {
  const { split: text } = words.combine;
  const task = useCombineTask(onClose);
  const [selected] = useState(selectionNow);
  const [by, setBy] = useState<SplitChoice['by']>(selected === null ? 'status' : 'selected');
  const [domains, setDomains] = useState(10);
  const [parts, setParts] = useState(2);

  const option = (value: SplitChoice['by'], label: string, extra?: JSX.Element): JSX.Element => (
    <div className="combine-option">
      <label>
        <input type="radio" name="split" checked={by === value} onChange={() => { setBy(value); }} />
        <span>{label}</span>
      </label>
      {extra}
    </div>
  );
  const number = (value: number, set: (value: number) => void, rule: SplitChoice['by'], least: number, most: number): JSX.Element => (
    <input
      type="number"
      aria-label={text.number}
      min={least}
      max={most}
      value={value}
      onFocus={() => { setBy(rule); }}
      onChange={({ target }) => { set(Math.min(most, Math.max(least, Math.round(Number(target.value))))); }}
    />
  );

  return (
    <CombineFrame
      title={text.title(list.name)}
      start={text.start}
      ready
      task={task}
      onStart={() => { task.start(() => api.combineSplit({ listId: list.id, wish: wishOf(by, { domains, parts, selected }) })); }}
    >
      <fieldset className="combine-options">
        <legend>{text.by}</legend>
        {selected === null ? null : option('selected', text.selected)}
        {option('status', text.status)}
        {option('provider', text.provider)}
        {option('domain', text.domain, number(domains, setDomains, 'domain', 1, MOST_DOMAINS))}
        {option('parts', text.parts, number(parts, setParts, 'parts', 2, MOST_PARTS))}
      </fieldset>
      <p className="combine-hint">{text.stays}</p>
    </CombineFrame>
  );
}

function selectionNow(): RowSelection | null {
  const { filter, selection } = place.get();
  return isNothing(selection) ? null : { filter, ...selection };
}

function wishOf(by: SplitChoice['by'], { domains, parts, selected }: { readonly domains: number; readonly parts: number; readonly selected: RowSelection | null }): SplitChoice {
  switch (by) {
    case 'domain':
      return { by, most: domains };
    case 'parts':
      return { by, parts };
    case 'selected':
      return selected === null ? { by: 'status' } : { by, rule: selected };
    default:
      return { by };
  }
}
