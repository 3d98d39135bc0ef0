// Which columns are written, in which order: a list with a tick and two buttons for each, by keyboard as by mouse.
// What stands as the defaults have it is not kept as a choice, so that a preset fits lists with other columns too.
import { useState, type JSX } from 'react';
import { WINNOW_COLUMNS } from '../../../shared/export/winnow-columns.ts';
import type { ExportWords } from '../../../shared/verdict/tool-words/export-words.ts';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';

interface Entry {
  /** As an export names it. */
  readonly token: string;
  readonly label: string;
  readonly chosen: boolean;
}

interface Props {
  readonly listColumns: readonly string[];
  readonly exportWords: ExportWords;
  readonly chosen: readonly string[] | undefined;
  readonly onChange: (columns: readonly string[] | undefined) => void;
}

export function ColumnPicker({ listColumns, exportWords, chosen, onChange }: Props): JSX.Element {
  const text = words.window.export;
  const [entries, setEntries] = useState(() => entriesOf(listColumns, exportWords, chosen));
  const set = (next: readonly Entry[]): void => {
    setEntries(next);
    const isDefault = next.every((entry, at) => entry.chosen && entry.token === entriesOf(listColumns, exportWords, undefined)[at]?.token);
    onChange(isDefault ? undefined : next.filter((entry) => entry.chosen).map(({ token }) => token));
  };
  const move = (at: number, by: -1 | 1): void => {
    const next = [...entries];
    const [moved] = next.splice(at, 1);
    if (moved !== undefined) next.splice(at + by, 0, moved);
    set(next);
  };
  return (
    <fieldset>
      <legend>{text.columns}</legend>
      <p className="option-hint">{text.columnsHint}</p>
      <ol className="export-columns">
        {entries.map((entry, at) => (
          <li key={entry.token}>
            <label className="option">
              <input type="checkbox" checked={entry.chosen} onChange={() => { set(entries.map((other) => (other === entry ? { ...entry, chosen: !entry.chosen } : other))); }} />
              <span>{entry.label}</span>
            </label>
            <Button look="quiet" aria-label={text.moveUp(entry.label)} disabled={at === 0} onClick={() => { move(at, -1); }}>↑</Button>
            <Button look="quiet" aria-label={text.moveDown(entry.label)} disabled={at === entries.length - 1} onClick={() => { move(at, 1); }}>↓</Button>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}

/** The chosen ones in their order, then the others. */
function entriesOf(listColumns: readonly string[], exportWords: ExportWords, chosen: readonly string[] | undefined): readonly Entry[] {
  const text = words.window.export;
  const own = listColumns.map((name, at) => ({ token: `:${String(at + 1)}`, label: name === '' ? text.unnamedColumn(formatCount(at + 1)) : name }));
  const ours =
    exportWords === 'winnow'
      ? WINNOW_COLUMNS.map((name, at) => ({ token: `:verdict:${String(at + 1)}`, label: name }))
      : [{ token: ':verdict', label: text.verdictColumns(text.wordsOf[exportWords]) }];
  const all = [...own, ...ours];
  if (chosen === undefined) return all.map((entry) => ({ ...entry, chosen: true }));
  const first = chosen.flatMap((token) => {
    if (token === ':original') return own;
    if (token === ':verdict') return ours;
    return all.find((entry) => entry.token === token || entry.label === token) ?? [];
  });
  return [...first.map((entry) => ({ ...entry, chosen: true })), ...all.filter((entry) => !first.includes(entry)).map((entry) => ({ ...entry, chosen: false }))];
}
