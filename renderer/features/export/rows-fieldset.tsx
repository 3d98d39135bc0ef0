// Which rows are exported: the selected ones where there are some, those of some statuses, or all; each address once if
// wished.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import type { ExportForm } from '../../../shared/export/export-form.ts';
import { STATUSES } from '../../../shared/verdict/verdict.ts';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import type { Change } from './export-choice.ts';

interface Props {
  readonly list: ListView;
  readonly form: ExportForm;
  readonly change: Change;
  /** Whether only the selected rows are taken; null: none are selected. */
  readonly selectedOnly: boolean | null;
  readonly onSelectedOnly: (selectedOnly: boolean) => void;
}

export function RowsFieldset({ list, form, change, selectedOnly, onSelectedOnly }: Props): JSX.Element {
  const text = words.window.export;
  const { statuses } = form;
  const isSelected = selectedOnly === true;
  const everything = statuses === undefined;
  const choose = (chosen: ExportForm['statuses']): void => {
    onSelectedOnly(false);
    change({ statuses: chosen });
  };
  return (
    <fieldset>
      <legend>{text.which}</legend>
      {selectedOnly === null ? null : (
        <label className="option">
          <input type="radio" name="which" checked={isSelected} onChange={() => { onSelectedOnly(true); }} />
          {text.selected}
        </label>
      )}
      <label className="option">
        <input type="radio" name="which" checked={!everything && !isSelected} onChange={() => { choose(statuses ?? ['deliverable']); }} />
        {text.byStatus}
      </label>
      <div className="export-statuses">
        {STATUSES.map((status) => (
          <label key={status} className="option">
            <input
              type="checkbox"
              disabled={everything || isSelected}
              checked={everything || isSelected || statuses.includes(status)}
              onChange={() => { change({ statuses: STATUSES.filter((name) => (name === status) !== (statuses ?? []).includes(name)) }); }}
            />
            <span className={`swatch part-${status}`} aria-hidden="true" />
            {words.window.statuses[status]}
            <span className="option-count">{formatCount(list.counters.byStatus[status])}</span>
            <span className="option-hint">{words.window.statusHints[status]}</span>
          </label>
        ))}
      </div>
      <label className="option">
        <input type="radio" name="which" checked={everything && !isSelected} onChange={() => { choose(undefined); }} />
        {text.everything}
      </label>
      <label className="option">
        <input type="checkbox" checked={form.withoutDuplicates === true} onChange={({ target }) => { change({ withoutDuplicates: target.checked }); }} />
        {text.withoutDuplicates}
      </label>
    </fieldset>
  );
}
