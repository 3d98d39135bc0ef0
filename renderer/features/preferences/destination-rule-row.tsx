// One rule for single mail servers: its name pattern, its limits beside what holds for everybody else, what is wrong at
// the field where it is wrong, and a warning where it asks more of a server than the settings do.
import { useEffect, useId, useRef, type JSX } from 'react';
import type { Settings } from '../../../shared/settings/schema.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import { generalLimit, judgeRule, LIMITS, type Limit, type TypedRule } from './destination-rule.ts';

interface Props {
  readonly number: number;
  readonly typed: TypedRule;
  readonly settings: Settings;
  /** Just added: it takes the focus. */
  readonly isNew: boolean;
  /** An earlier rule fits all that this one fits. */
  readonly covered: boolean;
  readonly onChange: (typed: TypedRule) => void;
  readonly onLeave: () => void;
  readonly onRemove: () => void;
}

export function DestinationRuleRow({ number, typed, settings, isNew, covered, onChange, onLeave, onRemove }: Props): JSX.Element {
  const text = words.preferences.rules;
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const { rule, patternFault, limitFaults, wider } = judgeRule(typed, settings);
  const touched = typed.mxPattern.trim() !== '';
  const says = rule === null ? text.notSaved : LIMITS.every((limit) => rule[limit] === undefined) ? text.empty : '';

  useEffect(() => {
    if (isNew) first.current?.focus();
  }, [isNew]);

  const limitField = (limit: Limit): JSX.Element => {
    const fieldId = `${id}-${limit}`;
    const fault = limitFaults[limit] ?? null;
    return (
      <div key={limit} className="rule-limit">
        <label htmlFor={fieldId}>{text.limits[limit]}</label>
        <input
          id={fieldId}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          placeholder={generalLimit(settings, limit)}
          value={typed.limits[limit]}
          aria-invalid={fault !== null}
          aria-describedby={fault === null ? undefined : `${fieldId}-fault`}
          onChange={({ target }) => { onChange({ ...typed, limits: { ...typed.limits, [limit]: target.value } }); }}
        />
        {fault === null ? null : <p id={`${fieldId}-fault`} className="preference-fault">{fault}</p>}
      </div>
    );
  };

  return (
    <li className="rule">
      <fieldset
        onBlur={onLeave}
        onKeyDown={({ key }) => { if (key === 'Enter') onLeave(); }}
      >
        <legend className="visually-hidden">{text.title(formatCount(number))}</legend>
        <div className="rule-head">
          <label htmlFor={`${id}-pattern`}>{text.pattern}</label>
          <input
            ref={first}
            id={`${id}-pattern`}
            type="text"
            spellCheck={false}
            autoComplete="off"
            placeholder="*.example.com"
            value={typed.mxPattern}
            aria-invalid={touched && patternFault !== null}
            aria-describedby={`${id}-help`}
            onChange={({ target }) => { onChange({ ...typed, mxPattern: target.value }); }}
          />
          <Button look="quiet" icon="trash" aria-label={text.removeOf(touched ? typed.mxPattern.trim() : text.unnamed)} title={text.remove} onClick={onRemove} />
        </div>
        <p id={`${id}-help`} className={touched && patternFault !== null ? 'preference-fault' : 'rule-help'}>{touched && patternFault !== null ? patternFault : text.patternHelp}</p>
        <div className="rule-limits">{LIMITS.map(limitField)}</div>
      </fieldset>
      <div className="rule-notes" aria-live="polite">
        {says === '' ? null : <p className="rule-help">{says}</p>}
        {covered ? <Message kind="warning">{text.twice}</Message> : null}
        {wider.length === 0 ? null : <Message kind="warning">{text.wider(wider.map((limit) => text.limits[limit].toLowerCase()).join(', '))}</Message>}
      </div>
    </li>
  );
}
