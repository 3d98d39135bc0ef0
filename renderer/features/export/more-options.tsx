// What few need, folded: columns, the form of a text file, cells that look like formulas.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { EXPORT_DELIMITERS, EXPORT_ENCODINGS, LINE_ENDS } from '../../../shared/export/export-form.ts';
import { words } from '../../words.ts';
import { ChoiceField } from './choice-field.tsx';
import { ColumnPicker } from './column-picker.tsx';
import type { Change, ExportChoice } from './export-choice.ts';

interface Props {
  readonly list: ListView;
  readonly choice: ExportChoice;
  readonly change: Change;
}

const AS_SOURCE = '';

export function MoreOptions({ list, choice: { kind, form }, change }: Props): JSX.Element {
  const text = words.window.export;
  const exportWords = form.words ?? 'winnow';
  const isText = kind === 'csv' || kind === 'tsv';
  const asSource = [AS_SOURCE, text.asSource] as const;
  return (
    <details className="export-more">
      <summary>{text.more}</summary>
      <ColumnPicker key={exportWords} listColumns={list.columns} exportWords={exportWords} chosen={form.columns} onChange={(columns) => { change({ columns }); }} />
      {kind === 'csv' || kind === 'tsv' || kind === 'jsonl' ? (
        <div className="export-fields">
          {kind === 'csv' ? (
            <ChoiceField label={text.delimiter} value={form.delimiter ?? AS_SOURCE} options={[asSource, ...EXPORT_DELIMITERS.map((name) => [name, text.delimiters[name]] as const)]} onChange={(value) => { change({ delimiter: value === AS_SOURCE ? undefined : value }); }} />
          ) : null}
          {isText ? (
            <>
              <ChoiceField label={text.encoding} value={form.encoding ?? 'utf-8'} options={EXPORT_ENCODINGS.map((name) => [name, text.encodings[name]] as const)} onChange={(encoding) => { change({ encoding }); }} />
              <ChoiceField
                label={text.bom}
                value={form.bom === undefined ? AS_SOURCE : form.bom ? 'yes' : 'no'}
                options={[asSource, ['yes', text.yes], ['no', text.no]]}
                onChange={(value) => { change({ bom: value === AS_SOURCE ? undefined : value === 'yes' }); }}
              />
            </>
          ) : null}
          <ChoiceField label={text.lineEnd} value={form.lineEnd ?? AS_SOURCE} options={[asSource, ...LINE_ENDS.map((name) => [name, text.lineEnds[name]] as const)]} onChange={(value) => { change({ lineEnd: value === AS_SOURCE ? undefined : value }); }} />
        </div>
      ) : null}
      {form.encoding === 'windows-1252' && isText ? <p className="option-hint">{text.encodingHint}</p> : null}
      {isText ? (
        <fieldset>
          <legend>{text.cells}</legend>
          <label className="option">
            <input type="radio" name="cells" checked={form.spreadsheetSafe !== false} onChange={() => { change({ spreadsheetSafe: true }); }} />
            {text.safe}
            <span className="option-hint">{text.safeText}</span>
          </label>
          <label className="option">
            <input type="radio" name="cells" checked={form.spreadsheetSafe === false} onChange={() => { change({ spreadsheetSafe: false }); }} />
            {text.exact}
            <span className="option-hint">{text.exactText}</span>
          </label>
        </fieldset>
      ) : null}
    </details>
  );
}
