// Other lists whose addresses are left alone: rows with one of them are kept and never asked. Nothing where there is no
// other list; a list that was deleted meanwhile is no choice any more.
import type { JSX } from 'react';
import { formatCount } from '../../format.ts';
import { useLists } from '../../state/snapshots.ts';
import { words } from '../../words.ts';

interface Props {
  readonly value: readonly number[] | undefined;
  readonly onChange: (value: number[]) => void;
}

export function NotIn({ value = [], onChange }: Props): JSX.Element | null {
  const text = words.window.import;
  const lists = useLists().filter(({ damaged, practice }) => damaged === undefined && !practice);
  const chosen = lists.flatMap(({ id }) => (value.includes(id) ? [id] : []));
  if (lists.length === 0) return null;
  const summary = chosen.length === 0 ? text.notIn : text.notInChosen(text.notInLists(chosen.length, formatCount(chosen.length)));
  return (
    <details className="not-in">
      <summary>{summary}</summary>
      <p className="import-hint">{text.notInHint}</p>
      <ul>
        {lists.map(({ id, name, counters }) => (
          <li key={id}>
            <label className="import-check">
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => { onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]); }} />
              <span>{name} <small>{words.window.common.rows(counters.rows, formatCount(counters.rows))}</small></span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
