// Several files while and after they are imported: how far all of them are, and what became of each. One that failed says
// why; what was left out of one is a click away. A list of all of them together opens by itself, as one of one file does.
import { useEffect, useRef, useState, type JSX } from 'react';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useFirstFocus } from '../../components/use-first-focus.ts';
import { formatCount } from '../../format.ts';
import { attempt } from '../../state/notices.ts';
import { goTo, openList, type Batch } from '../../state/place.ts';
import { words } from '../../words.ts';
import { ReportSheet } from './report-sheet.tsx';
import { RunningView } from './running-view.tsx';
import { tellImported } from './tell-imported.ts';
import { useKnownTasks } from './use-known-tasks.ts';

export function BatchOutcome({ batch, importIds }: { readonly batch: Batch; readonly importIds: readonly string[] }): JSX.Element {
  const text = words.window.import;
  const tasks = useKnownTasks(importIds);
  const [report, setReport] = useState<string | null>(null);
  /** The one whose report was closed: its button has the focus. */
  const [left, setLeft] = useState<string | null>(null);
  const sizes = batch.files.map(({ file }) => file.sizeBytes);
  const names = importIds.map((_id, index) => tasks[index]?.name ?? batch.files[index]?.file.name ?? '');
  /** Of what was never heard of (the page was loaded again) nothing will be heard once it is cancelled. */
  const [cancelled, setCancelled] = useState(false);
  const running = tasks.some((task) => (task === null ? !cancelled : task.state === 'running'));
  const [only] = importIds.length === 1 ? tasks : [];

  useEffect(() => {
    if (only?.state !== 'done') return;
    goTo({ batch: null });
    tellImported(only);
  }, [only]);

  const leave = (): void => {
    if (running) {
      setCancelled(true);
      for (const [index, importId] of importIds.entries()) if (tasks[index] === null || tasks[index]?.state === 'running') attempt(api.importCancel({ importId }));
      return;
    }
    const [first] = tasks.flatMap((task) => task?.listId ?? []);
    goTo({ batch: null });
    if (first !== undefined) openList(first);
  };

  const back = (): void => {
    setLeft(report);
    setReport(null);
  };

  if (report !== null) return <ReportSheet importId={report} onClose={back} />;
  return (
    <Sheet
      title={text.batch.title(text.batch.files(batch.files.length, formatCount(batch.files.length)))}
      onClose={leave}
      actions={running ? <Button onClick={leave}>{text.batch.rest}</Button> : <Button look="primary" onClick={leave}>{words.window.common.close}</Button>}
    >
      <div className="import">
        {running ? <Overall tasks={tasks} sizes={sizes} together={importIds.length === 1} /> : null}
        <p role="status">{text.batch.running(formatCount(tasks.filter((task) => task?.state === 'done').length), formatCount(importIds.length))}</p>
        <div className="batch" role="region" aria-label={text.batch.outcome} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.batch.file}</th>
                <th scope="col">{text.batch.result}</th>
                <th scope="col" aria-label={text.batch.report} />
              </tr>
            </thead>
            <tbody>
              {importIds.map((id, index) => (
                <Outcome key={id} name={names[index] ?? ''} task={tasks[index] ?? null} focused={left === id} onReport={() => { setReport(id); }} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Sheet>
  );
}

interface OutcomeProps {
  readonly name: string;
  readonly task: TaskProgress | null;
  readonly focused: boolean;
  readonly onReport: () => void;
}

function Outcome({ name, task, focused, onReport }: OutcomeProps): JSX.Element {
  const { batch } = words.window.import;
  const button = useRef<HTMLButtonElement>(null);
  useFirstFocus(button, focused);
  return (
    <tr className={task?.state === 'failed' ? 'batch-bad' : undefined}>
      <th scope="row">{name}</th>
      <td>{resultOf(task)}</td>
      <td>{task?.state === 'done' ? <Button ref={button} look="quiet" aria-label={batch.reportOf(name)} onClick={onReport}>{batch.report}</Button> : null}</td>
    </tr>
  );
}

function Overall({ tasks, sizes, together }: { readonly tasks: readonly (TaskProgress | null)[]; readonly sizes: readonly number[]; readonly together: boolean }): JSX.Element {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const doneOf = (task: TaskProgress | null, index: number): number => (task === null ? 0 : task.state === 'running' ? task.done : together ? total : (sizes[index] ?? 0));
  const done = tasks.reduce((sum, task, index) => sum + doneOf(task, index), 0);
  const current = tasks.find((task) => task?.state === 'running' && task.done > 0);
  const bytesPerSecond = current?.bytesPerSecond;
  const secondsLeft = bytesPerSecond === undefined || bytesPerSecond === 0 ? undefined : (total - done) / bytesPerSecond;
  return <RunningView done={done} total={total} rows={tasks.reduce((sum, task) => sum + (task?.rows ?? 0), 0)} bytesPerSecond={bytesPerSecond} secondsLeft={secondsLeft} />;
}

function resultOf(task: TaskProgress | null): string {
  const text = words.window.import;
  if (task === null || (task.state === 'running' && task.done === 0)) return text.batch.waiting;
  const rows = words.window.common.rows(task.rows, formatCount(task.rows));
  if (task.state === 'running') return text.importing(rows);
  if (task.state === 'cancelled') return text.cancelled;
  if (task.state === 'failed') return task.message ?? text.failed;
  const { droppedCount = 0, remarkCount = 0 } = task;
  return [
    text.report.imported(rows),
    ...(droppedCount > 0 ? [text.report.dropped(droppedCount, formatCount(droppedCount))] : []),
    ...(remarkCount > 0 ? [text.report.remarks(remarkCount, formatCount(remarkCount))] : []),
  ].join(' ');
}
