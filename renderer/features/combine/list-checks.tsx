// Lists to be ticked, each with how many rows it has.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';

interface Props {
  readonly legend: string;
  readonly lists: readonly ListView[];
  readonly chosen: readonly number[];
  readonly onChange: (chosen: readonly number[]) => void;
}

export function ListChecks({ legend, lists, chosen, onChange }: Props): JSX.Element | null {
  if (lists.length === 0) return null;
  return (
    <fieldset className="combine-lists">
      <legend>{legend}</legend>
      {lists.map(({ id, name, counters }) => (
        <label key={id} title={name}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) => { onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id)); }}
          />
          <span className="combine-name">{name}</span>
          <span className="combine-count">{words.window.common.rows(counters.rows, formatCount(counters.rows))}</span>
        </label>
      ))}
    </fieldset>
  );
}
