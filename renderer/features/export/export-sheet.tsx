// Takes the rows home: which statuses, how many rows that makes, in whose words, how cells are written, where to; then the progress, and
// the way to the file. The count is main's, not added up here: duplicates go with their first row's verdict.
import { useState, type JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { EXPORT_WORDS, type ExportWords } from '../../../shared/verdict/tool-words/export-words.ts';
import { STATUSES, type Status } from '../../../shared/verdict/verdict.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { TaskBar } from '../../components/task-bar.tsx';
import { formatCount } from '../../format.ts';
import { attempt, messageOf } from '../../state/notices.ts';
import { useTask } from '../../state/snapshots.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import './export-sheet.css';

interface Props {
  readonly list: ListView;
  readonly onClose: () => void;
}

export function ExportSheet({ list, onClose }: Props): JSX.Element {
  const text = words.window.export;
  const { rows: rowWords } = words.window.common;
  const [everything, setEverything] = useState(false);
  const [statuses, setStatuses] = useState<readonly Status[]>(['deliverable']);
  const [spreadsheetSafe, setSpreadsheetSafe] = useState(true);
  const [exportWords, setExportWords] = useState<ExportWords>('winnow');
  const [started, setStarted] = useState<{ readonly exportId: string; readonly name: string } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const task = useTask('exports', started?.exportId ?? null);

  const choice = { listId: list.id, ...(everything ? {} : { statuses: [...statuses] }) };
  const key = !everything && statuses.length === 0 ? null : JSON.stringify([choice, list.counters.byStatus, list.counters.rows]);
  const count = useAsync(key, () => api.exportCount(choice));
  const rows = key === null ? 0 : (count.value?.rows ?? null);
  const running = started !== null && (task === null || task.state === 'running');

  const start = async (): Promise<void> => {
    setFailure(null);
    try {
      const target = await api.exportChoose(choice);
      if (target === null) return;
      const { exportId } = await api.exportStart({ ...choice, targetId: target.targetId, spreadsheetSafe, words: exportWords });
      setStarted({ exportId, name: target.name });
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
        <p className="export-done" role="status">{text.done(started.name, rowWords(task.rows, formatCount(task.rows)))}</p>
      </Sheet>
    );
  }

  if (running) {
    const cancel = (): void => { attempt(api.exportCancel({ exportId: started.exportId })); };
    const done = task === null || task.total === 0 ? text.writing : text.running(formatCount(task.done), rowWords(task.total, formatCount(task.total)));
    return (
      <Sheet title={text.title(list.name)} onClose={cancel} actions={<Button onClick={cancel}>{words.window.common.cancel}</Button>}>
        <TaskBar label={text.writing} done={task?.done ?? 0} total={task?.total ?? 1} text={done} />
      </Sheet>
    );
  }

  const ended = task?.state === 'cancelled' ? text.cancelled : task?.state === 'failed' ? (task.message ?? text.failed) : null;
  return (
    <Sheet
      title={text.title(list.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.window.common.cancel}</Button>
          <Button look="primary" disabled={rows === null || rows === 0} onClick={() => { void start(); }}>{text.choose}</Button>
        </>
      }
    >
      <div className="export">
        {failure === null ? null : <Message kind="error">{failure}</Message>}
        {ended === null || failure !== null ? null : <Message kind={task?.state === 'cancelled' ? 'warning' : 'error'}>{ended}</Message>}
        <fieldset>
          <legend>{text.which}</legend>
          <label className="option">
            <input type="radio" name="which" checked={!everything} onChange={() => { setEverything(false); }} />
            {text.byStatus}
          </label>
          <div className="export-statuses">
            {STATUSES.map((status) => (
              <label key={status} className="option">
                <input
                  type="checkbox"
                  disabled={everything}
                  checked={everything || statuses.includes(status)}
                  onChange={() => { setStatuses(STATUSES.filter((name) => (name === status) !== statuses.includes(name))); }}
                />
                <span className={`swatch part-${status}`} aria-hidden="true" />
                {words.window.statuses[status]}
                <span className="option-count">{formatCount(list.counters.byStatus[status])}</span>
                <span className="option-hint">{words.window.statusHints[status]}</span>
              </label>
            ))}
          </div>
          <label className="option">
            <input type="radio" name="which" checked={everything} onChange={() => { setEverything(true); }} />
            {text.everything}
          </label>
        </fieldset>
        <fieldset>
          <legend>{text.words}</legend>
          <label className="option">
            <select aria-label={text.words} value={exportWords} onChange={({ target }) => { setExportWords(EXPORT_WORDS.find((name) => name === target.value) ?? 'winnow'); }}>
              {EXPORT_WORDS.map((name) => <option key={name} value={name}>{text.wordsOf[name]}</option>)}
            </select>
          </label>
          {exportWords === 'winnow' ? null : <p className="option-hint">{text.wordsHint}</p>}
        </fieldset>
        <fieldset>
          <legend>{text.cells}</legend>
          <label className="option">
            <input type="radio" name="cells" checked={spreadsheetSafe} onChange={() => { setSpreadsheetSafe(true); }} />
            {text.safe}
            <span className="option-hint">{text.safeText}</span>
          </label>
          <label className="option">
            <input type="radio" name="cells" checked={!spreadsheetSafe} onChange={() => { setSpreadsheetSafe(false); }} />
            {text.exact}
            <span className="option-hint">{text.exactText}</span>
          </label>
        </fieldset>
        {count.error !== null && key !== null ? <Message kind="error">{count.error}</Message> : null}
        <p className="export-count" role="status">{countText(key === null, rows)}</p>
      </div>
    </Sheet>
  );
}

function countText(noStatus: boolean, rows: number | null): string {
  const text = words.window.export;
  if (noStatus) return text.noStatus;
  if (rows === null) return text.counting;
  return rows === 0 ? text.nothing : text.rows(words.window.common.rows(rows, formatCount(rows)));
}
