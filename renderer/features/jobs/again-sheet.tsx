// Verifying again: which of the addresses that have a verdict, and what that would mean. Nothing is taken away by it.
import { useState, type JSX } from 'react';
import type { AgainChoice } from '../../../shared/ipc/jobs.ts';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { formatCount } from '../../format.ts';
import { attempt } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { beginRun } from '../preflight/begin-run.ts';
import { EstimateView } from './estimate-view.tsx';
import type { OpenJobSheet } from './job-sheet-state.ts';

interface Props {
  readonly list: ListView;
  readonly selected: NonNullable<OpenJobSheet['selected']> | null;
  readonly onClose: () => void;
}

type Kind = AgainChoice['kind'];

const USUAL_DAYS = 30;
const MOST_DAYS = 3_650;

export function AgainSheet({ list, selected, onClose }: Props): JSX.Element {
  const { again: text, estimate } = words.jobs;
  const { unknown } = list.counters.byStatus;
  const [kind, setKind] = useState<Kind>(selected !== null ? 'selected' : unknown > 0 ? 'unknown' : 'all');
  const [days, setDays] = useState(USUAL_DAYS);
  const choice = choiceOf(kind, days, selected);

  const option = (value: Kind, label: string, extra?: JSX.Element): JSX.Element => (
    <div className="again-option">
      <label>
        <input type="radio" name="again" checked={kind === value} onChange={() => { setKind(value); }} />
        <span>{label}</span>
      </label>
      {extra}
    </div>
  );

  return (
    <Sheet
      title={estimate.titleAgain(list.name)}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.window.common.cancel}</Button>
          <Button look="primary" icon="play" onClick={() => { onClose(); attempt(beginRun(list, choice)); }}>{estimate.startAgain}</Button>
        </>
      }
    >
      <fieldset className="again-options">
        <legend>{text.which}</legend>
        {selected === null ? null : option('selected', text.selected(selected.count, formatCount(selected.count ?? 0)))}
        {option('all', text.all)}
        {option('unknown', `${text.unknown} (${formatCount(unknown)})`)}
        {option(
          'older',
          text.older,
          <span className="again-days">
            <input
              type="number"
              aria-label={`${text.older} (${text.days})`}
              min={1}
              max={MOST_DAYS}
              value={days}
              onFocus={() => { setKind('older'); }}
              onChange={({ target }) => { setDays(Math.min(MOST_DAYS, Math.max(1, Math.round(Number(target.value))))); }}
            />
            {text.days}
          </span>,
        )}
      </fieldset>
      <p className="again-stays">{text.stays}</p>
      <details className="again-estimate">
        <summary>{text.estimate}</summary>
        <EstimateView listId={list.id} again={choice} />
      </details>
    </Sheet>
  );
}

function choiceOf(kind: Kind, days: number, selected: Props['selected']): AgainChoice {
  if (kind === 'older') return { kind, days };
  if (kind === 'selected') return selected === null ? { kind: 'all' } : { kind, rule: selected.rule };
  return { kind };
}
