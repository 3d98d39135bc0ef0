// One choice of a few, as a labelled select.
import type { JSX } from 'react';

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onChange: (value: T) => void;
}

export function ChoiceField<T extends string>({ label, value, options, onChange }: Props<T>): JSX.Element {
  return (
    <label className="export-field">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const found = options.find(([name]) => name === target.value);
          if (found !== undefined) onChange(found[0]);
        }}
      >
        {options.map(([name, text]) => <option key={name} value={name}>{text}</option>)}
      </select>
    </label>
  );
}
