// One file before and while it is imported: a preview that follows each choice at once, what was found in it, and then
// the import's progress. When it is done the new list opens, and the next file has its turn.
import { useEffect, useState, type JSX } from 'react';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { formatCount } from '../../format.ts';
import { attempt, messageOf } from '../../state/notices.ts';
import { changeImport, endImport, usePlace, type Importing, type Place } from '../../state/place.ts';
import { useTask } from '../../state/snapshots.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { chosenReading } from './chosen-reading.ts';
import { FileReading } from './file-reading.tsx';
import { NotIn } from './not-in.tsx';
import { RunningView } from './running-view.tsx';
import { tellImported } from './tell-imported.ts';
import './import-sheet.css';
import './batch-sheet.css';

const selectQueued = (place: Place): number => place.imports.length;

export function ImportSheet({ importing }: { readonly importing: Importing }): JSX.Element {
  const { file, reading, importId } = importing;
  const text = words.window.import;
  const queued = usePlace(selectQueued);
  const task = useTask('imports', importId);
  const [failure, setFailure] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const { notIn: _notPreviewed, ...previewed } = reading;
  const preview = useAsync(JSON.stringify([file.fileId, previewed]), () => api.importPreview({ fileId: file.fileId, reading: previewed }));
  const running = starting || task?.state === 'running' || (importId !== null && task === null);

  useEffect(() => {
    if (task === null || task.state === 'running') return;
    if (task.state === 'done') {
      endImport(file.fileId);
      tellImported(task);
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
      const { importId: id } = await api.importStart({ fileId: file.fileId, reading: chosenReading(reading, preview.value) });
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
        <RunningView
          done={task?.done ?? 0}
          total={task?.total ?? file.sizeBytes}
          rows={task?.rows ?? 0}
          bytesPerSecond={task?.bytesPerSecond}
          secondsLeft={task?.secondsLeft}
        />
      ) : (
        <div className="import" aria-busy={preview.pending}>
          {failure === null ? null : <Message kind="error">{failure}</Message>}
          <FileReading file={file} reading={reading} preview={preview} onChange={(changed) => { changeImport(file.fileId, { reading: changed }); }} withDuplicates />
          <NotIn value={reading.notIn} onChange={(notIn) => { changeImport(file.fileId, { reading: { ...reading, notIn } }); }} />
        </div>
      )}
    </Sheet>
  );
}
