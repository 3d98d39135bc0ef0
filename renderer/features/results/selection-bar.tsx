// What can be done with the selected rows, shown while there are any: how many, copy their addresses, verify them
// again, export them, turn round, clear.
import type { JSX } from 'react';
import type { ListView, ResultsFilter } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../format.ts';
import { attempt, notify } from '../../state/notices.ts';
import { goTo } from '../../state/place.ts';
import { words } from '../../words.ts';
import { showJobSheet } from '../jobs/job-sheet-state.ts';
import { actionsOf } from '../list/list-actions.ts';
import { inverted, isNothing, NOTHING, selectedCount, turnedCount, type Selection } from './selection.ts';

interface Props {
  readonly list: ListView;
  readonly filter: ResultsFilter;
  readonly selection: Selection;
  /** Rows that match; null: not known (yet). */
  readonly total: number | null;
  readonly onChange: (selection: Selection) => void;
}

export function SelectionBar({ list, filter, selection, total, onChange }: Props): JSX.Element | null {
  const { browse: text } = words;
  if (isNothing(selection)) return null;

  const copy = async (): Promise<void> => {
    const { copied, selected } = await api.resultsCopy({ listId: list.id, rule: { filter, ...selection, turned: [...selection.turned] } });
    notify(copied < selected && copied >= 1_000_000 ? text.copiedPart(formatCount(copied), formatCount(selected)) : text.copied(copied, formatCount(copied)));
  };

  const again = (): void => {
    const rule = { filter, ...selection, turned: [...selection.turned] };
    showJobSheet({ kind: 'again', listId: list.id, selected: { rule, count: selectedCount(selection, total) } });
  };

  return (
    <div className="selection-bar" role="group" aria-label={text.selectColumn}>
      <p role="status">{countOf(selection, total)}</p>
      <Button look="quiet" onClick={() => { attempt(copy()); }}>{text.copy}</Button>
      {actionsOf(list).verifyAgain ? <Button look="quiet" onClick={again}>{words.jobs.again.openSelected}</Button> : null}
      <Button look="quiet" onClick={() => { goTo({ sheet: 'exportSelection' }); }}>{text.exportSelection}</Button>
      <Button look="quiet" onClick={() => { onChange(inverted(selection)); }}>{text.invert}</Button>
      <Button look="quiet" icon="cross" aria-label={text.clearSelection} title={text.clearSelection} onClick={() => { onChange(NOTHING); }} />
    </div>
  );
}

function countOf(selection: Selection, total: number | null): string {
  const { browse: text } = words;
  const count = selectedCount(selection, total);
  if (count !== null) return text.selected(count, formatCount(count));
  const without = turnedCount(selection);
  return without === 0 ? text.selectedAbout : text.selectedBut(formatCount(without));
}
