// One file before and while it is imported: a preview that follows each choice at once, what was found in it, and then
// the import's progress. When it is done the new list opens, and the next file has its turn.
import { useEffect, useState, type JSX } from 'react';
import type { ImportPreview, ReadingOptions, TaskProgress } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { TaskBar } from '../../components/task-bar.tsx';
import { formatBytes, formatCount } from '../../format.ts';
import { attempt, messageOf } from '../../state/notices.ts';
import { changeImport, endImport, openList, usePlace, type Importing, type Place } from '../../state/place.ts';
import { useTask } from '../../state/snapshots.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { Findings } from './findings.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ReadingControls } from './reading-controls.tsx';
import './import-sheet.css';

const selectQueued = (place: Place): number => place.imports.length;

export function ImportSheet({ importing }: { readonly importing: Importing }): JSX.Element {
  const { file, reading, importId } = importing;
  const text = words.window.import;
  const queued = usePlace(selectQueued);
  const task = useTask('imports', importId);
  const [failure, setFailure] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const preview = useAsync(JSON.stringify([file.fileId, reading]), () => api.importPreview({ fileId: file.fileId, reading }));
  const running = starting || task?.state === 'running' || (importId !== null && task === null);

  useEffect(() => {
    if (task === null || task.state === 'running') return;
    if (task.state === 'done') {
      if (task.listId !== null) openList(task.listId);
      endImport(file.fileId);
      return;
    }
    setFailure(task.state === 'cancelled' ? text.cancelled : (task.message ?? text.failed));
    changeImport(file.fileId, { importId: null });
  }, [task, file.fileId, text]);

  const leave = (): void => {
    if (importId !== null && running) attempt(api.importCancel({ importId }));
    else if (!running) endImport(file.fileId);
  };

  const start = async (): Promise<void> => {
    setFailure(null);
    setStarting(true);
    try {
      const { importId: id } = await api.importStart({ fileId: file.fileId, reading: chosen(reading, preview.value) });
      changeImport(file.fileId, { importId: id });
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setStarting(false);
    }
  };

  const ready = preview.value !== null && preview.error === null && !preview.pending && preview.value.addressColumn !== null;
  const actions = running ? (
    <Button onClick={leave}>{words.window.common.cancel}</Button>
  ) : (
    <>
      {queued > 1 ? <span className="import-queue">{text.more(formatCount(queued - 1))}</span> : null}
      <Button onClick={leave}>{text.skip}</Button>
      <Button look="primary" disabled={!ready} onClick={() => { void start(); }}>{text.start}</Button>
    </>
  );

  return (
    <Sheet title={text.title(file.name)} onClose={leave} actions={actions}>
      {running ? (
        <Running task={task} sizeBytes={file.sizeBytes} />
      ) : (
        <div className="import" aria-busy={preview.pending}>
          {failure === null ? null : <Message kind="error">{failure}</Message>}
          {preview.error === null ? null : <Message kind="error">{preview.error}</Message>}
          <ReadingControls
            reading={reading}
            preview={preview.value}
            onChange={(changed) => { changeImport(file.fileId, { reading: changed }); }}
          />
          {preview.value === null ? (
            <p className="import-reading">{preview.pending ? text.reading : null}</p>
          ) : (
            <>
              {preview.value.addressColumn === null && preview.error === null ? <Message kind="warning">{text.noColumn}</Message> : null}
              <PreviewTable
                preview={preview.value}
                onAddressColumn={(addressColumn) => { changeImport(file.fileId, { reading: { ...reading, addressColumn } }); }}
              />
              <Findings sampled={preview.value.sampled} />
            </>
          )}
        </div>
      )}
    </Sheet>
  );
}

/** What is imported is what the preview showed: the column that was found is named. */
function chosen(reading: ReadingOptions, preview: ImportPreview | null): ReadingOptions {
  const addressColumn = reading.addressColumn ?? preview?.addressColumn ?? null;
  return addressColumn === null ? reading : { ...reading, addressColumn };
}

function Running({ task, sizeBytes }: { readonly task: TaskProgress | null; readonly sizeBytes: number }): JSX.Element {
  const text = words.window.import;
  const { rows } = words.window.common;
  const done = task?.done ?? 0;
  const total = task?.total ?? sizeBytes;
  const count = task?.rows ?? 0;
  return (
    <div className="import-running">
      <TaskBar
        label={text.importing(rows(count, formatCount(count)))}
        done={done}
        total={total}
        text={`${text.importing(rows(count, formatCount(count)))} · ${text.bytes(formatBytes(done), formatBytes(total))}`}
      />
    </div>
  );
}
