// Takes the rows home: as what, which of them, how many that makes, where to; then the progress, and the way to the file.
// The count is main's, not added up here: duplicates go with their first row's verdict.
import { useState, type JSX } from 'react';
import { statusFiles } from '../../../shared/export/status-files.ts';
import { EXPORT_FORMATS } from '../../../shared/export/export-form.ts';
import type { ExportKind, ListView, RowSelection } from '../../../shared/ipc/lists.ts';
import { EXPORT_WORDS } from '../../../shared/verdict/tool-words/export-words.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { formatCount } from '../../format.ts';
import { attempt, messageOf } from '../../state/notices.ts';
import { useTask } from '../../state/snapshots.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { ChoiceField } from './choice-field.tsx';
import { FIRST_CHOICE, isPage, plainForm, type Change } from './export-choice.ts';
import { ExportProgress } from './export-progress.tsx';
import { MoreOptions } from './more-options.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { RowsFieldset } from './rows-fieldset.tsx';
import './export-sheet.css';

interface Props {
  readonly list: ListView;
  /** The rows that are selected; null: none. */
  readonly selected: RowSelection | null;
  readonly onClose: () => void;
}

const KINDS: readonly ExportKind[] = [...EXPORT_FORMATS, 'pdf'];

export function ExportSheet({ list, selected, onClose }: Props): JSX.Element {
  const text = words.window.export;
  const { rows: rowWords } = words.window.common;
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const [started, setStarted] = useState<{ readonly exportId: string; readonly name: string; readonly page: boolean } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const task = useTask('exports', started?.exportId ?? null);

  const [selectedOnly, setSelectedOnly] = useState(selected !== null);
  const { kind } = choice;
  const form = selectedOnly ? { ...choice.form, statuses: undefined } : choice.form;
  const page = isPage(kind);
  const selection = selectedOnly && selected !== null && !page ? { selection: selected } : {};
  const { statuses, columns } = plainForm(form);
  const change: Change = (changed) => { setChoice({ kind, form: { ...choice.form, ...changed } }); };
  const which = { listId: list.id, ...selection, ...(page || statuses === undefined ? {} : { statuses }), ...(!page && form.withoutDuplicates === true ? { withoutDuplicates: true } : {}) };
  const lacks = page ? null : statuses?.length === 0 ? text.noStatus : columns?.length === 0 ? text.noColumn : null;
  const key = lacks === null ? JSON.stringify([which, list.counters.byStatus, list.counters.rows]) : null;
  const count = useAsync(key, () => api.exportCount(which));
  const rows = key === null ? 0 : (count.value?.rows ?? null);
  const running = started !== null && (task === null || task.state === 'running');

  const start = async (): Promise<void> => {
    setFailure(null);
    try {
      const target = await api.exportChoose({ listId: list.id, kind, ...(statuses === undefined ? {} : { statuses }), ...(form.filePerStatus === true ? { filePerStatus: true } : {}) });
      if (target === null) return;
      const { exportId } = await api.exportStart({ listId: list.id, targetId: target.targetId, kind, form: plainForm(form), ...selection });
      setStarted({ exportId, name: target.name, page });
    } catch (error) {
      setFailure(messageOf(error));
    }
  };

  if (started !== null && task?.state === 'done') {
    return (
      <Sheet
        title={text.title(list.name)}
        onClose={onClose}
        actions={
          <>
            <Button onClick={() => { setStarted(null); }}>{text.again}</Button>
            <Button onClick={() => { attempt(api.exportShow({ exportId: started.exportId })); }}>{text.show}</Button>
            <Button look="primary" autoFocus onClick={onClose}>{words.window.common.close}</Button>
          </>
        }
      >
        <p className="export-done" role="status">{started.page ? text.pageDone(started.name) : text.done(started.name, rowWords(task.rows, formatCount(task.rows)))}</p>
        {task.message === null ? null : <Message kind="warning">{task.message}</Message>}
      </Sheet>
    );
  }

  if (running) {
    const cancel = (): void => { attempt(api.exportCancel({ exportId: started.exportId })); };
    return (
      <Sheet title={text.title(list.name)} onClose={cancel} actions={<Button onClick={cancel}>{words.window.common.cancel}</Button>}>
        <ExportProgress task={task} />
      </Sheet>
    );
  }

  const ended = task?.state === 'cancelled' ? text.cancelled : task?.state === 'failed' ? (task.message ?? text.failed) : null;
  const counted = lacks ?? (rows === null ? text.counting : rows === 0 && !page ? (selectedOnly ? text.nothingSelected : text.nothing) : (page ? text.summaryOf : text.rows)(rowWords(rows, formatCount(rows))));
  return (
    <Sheet
      title={text.title(list.name)}
      onClose={onClose}
      actions={
        <>
          <p className="export-count" role="status">{counted}</p>
          <Button onClick={onClose}>{words.window.common.cancel}</Button>
          <Button look="primary" disabled={lacks !== null || rows === null || rows === 0} onClick={() => { void start(); }}>{text.choose}</Button>
        </>
      }
    >
      <div className="export">
        {failure === null ? null : <Message kind="error">{failure}</Message>}
        {ended === null || failure !== null ? null : <Message kind={task?.state === 'cancelled' ? 'warning' : 'error'}>{ended}</Message>}
        {count.error !== null && key !== null ? <Message kind="error">{count.error}</Message> : null}
        <PresetPicker choice={choice} onChoose={setChoice} />
        <div className="export-fields">
          <ChoiceField label={text.format} value={kind} options={KINDS.map((name) => [name, text.formats[name]] as const)} onChange={(next) => { setChoice({ kind: next, form: choice.form }); }} />
          {page ? null : (
            <ChoiceField
              label={text.words}
              value={form.words ?? 'winnow'}
              options={EXPORT_WORDS.map((name) => [name, text.wordsOf[name]] as const)}
              onChange={(next) => { change({ words: next, columns: undefined }); }}
            />
          )}
        </div>
        {page || (form.words ?? 'winnow') === 'winnow' ? null : <p className="option-hint">{text.wordsHint}</p>}
        {page ? null : (
          <>
            <RowsFieldset list={list} form={choice.form} change={change} selectedOnly={selected === null ? null : selectedOnly} onSelectedOnly={setSelectedOnly} />
            <label className="option">
              <input type="checkbox" checked={form.filePerStatus === true} onChange={({ target }) => { change({ filePerStatus: target.checked }); }} />
              {text.filePerStatus}
              {form.filePerStatus === true ? <span className="option-hint">{text.filesNamed(statusFiles(text.fileName('…', kind), statuses).map(({ path }) => path).join(', '))}</span> : null}
            </label>
            <MoreOptions list={list} choice={choice} change={change} />
          </>
        )}
      </div>
    </Sheet>
  );
}
