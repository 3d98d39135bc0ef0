// One preference: its label, its field, its unit, a line of help or of what is wrong, and the default where it differs.
// What is typed is judged with each key; it is handed over when typing rests, at Enter, when the field is left, and when
// the window is closed, so that nothing that was shown as fine is lost.
import { useId, useState, type JSX } from 'react';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings/schema.ts';
import { words } from '../../words.ts';
import type { Field } from './fields.ts';
import { inputOf, judge, type FieldInput } from './field-value.ts';
import { useRest } from './use-rest.ts';

interface Props {
  readonly field: Field;
  readonly settings: Settings;
  readonly onSave: (field: Field, input: FieldInput) => void;
}

export function PreferenceField({ field, settings, onSave }: Props): JSX.Element {
  const text = words.preferences;
  const { label, help } = text.fields[field.path];
  const id = useId();
  const inForce = inputOf(settings, field);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? inForce;
  const judged = typed === null ? null : judge(settings, field, typed);
  const fault = judged?.ok === false ? judged.message : null;
  const standard = inputOf(DEFAULT_SETTINGS, field);

  useRest(judged?.ok === true ? typed : null, (text) => { onSave(field, text); });

  const leave = (): void => {
    if (judged?.ok !== true || typed === null) return;
    onSave(field, typed);
    setTyped(null); // from here on it shows what is in force
  };

  const describedBy = `${id}-help`;
  return (
    <div className={`preference preference-${field.kind}`}>
      <label htmlFor={id}>{label}</label>
      <div className="preference-control">
        {field.kind === 'switch' ? (
          <input id={id} type="checkbox" checked={inForce === true} aria-describedby={describedBy} onChange={({ target }) => { onSave(field, target.checked); }} />
        ) : field.kind === 'choice' ? (
          <select id={id} value={String(inForce)} aria-describedby={describedBy} onChange={({ target }) => { onSave(field, target.value); }}>
            {field.options.map((option) => <option key={option} value={option}>{text.tls[option]}</option>)}
          </select>
        ) : (
          <input
            id={id}
            type="text"
            inputMode={field.kind === 'number' ? 'decimal' : 'text'}
            spellCheck={false}
            autoComplete="off"
            value={String(shown)}
            aria-invalid={fault !== null}
            aria-describedby={describedBy}
            onChange={({ target }) => { setTyped(target.value); }}
            onBlur={leave}
            onKeyDown={({ key }) => {
              if (key === 'Enter') leave();
              if (key === 'Escape') setTyped(null);
            }}
          />
        )}
        {field.kind === 'number' && field.unit !== null ? <span className="preference-unit">{text.units[field.unit]}</span> : null}
      </div>
      <p id={describedBy} className={fault === null ? 'preference-help' : 'preference-fault'} aria-live="polite">
        {fault ?? [help, ...(shown === standard ? [] : [text.defaultIs(defaultWords(standard, field))])].filter((part) => part !== '').join(' ')}
      </p>
    </div>
  );
}

function defaultWords(standard: FieldInput, field: Field): string {
  const text = words.preferences;
  if (typeof standard === 'boolean') return standard ? text.on : text.off;
  if (standard === '') return text.emptyDefault;
  const option = field.kind === 'choice' ? field.options.find((name) => name === standard) : undefined;
  return option === undefined ? standard : text.tls[option];
}
