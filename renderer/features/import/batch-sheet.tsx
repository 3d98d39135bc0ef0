// Several files at once: what each is and how it is read, which of them are imported, as a list each or all as one; then
// how far that is, and what became of each. A file that cannot be read is named with the reason and keeps no other out.
import { useRef, useState, type JSX } from 'react';
import type { FileRef } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { formatBytes, formatCount } from '../../format.ts';
import { messageOf } from '../../state/notices.ts';
import { changeBatch, changeBatchFile, goTo, type Batch, type BatchFile } from '../../state/place.ts';
import { words } from '../../words.ts';
import { BatchOutcome } from './batch-outcome.tsx';
import { BatchTable } from './batch-table.tsx';
import { chosenReading } from './chosen-reading.ts';
import { DuplicatesBy } from './duplicates-by.tsx';
import { FileReading } from './file-reading.tsx';
import { NotIn } from './not-in.tsx';
import { PassedOver } from './passed-over.tsx';
import { usePreviews, type PreviewOf } from './use-previews.ts';
import './import-sheet.css';
import './batch-sheet.css';

export function BatchSheet({ batch }: { readonly batch: Batch }): JSX.Element {
  return batch.importIds === null ? <Choosing batch={batch} /> : <BatchOutcome batch={batch} importIds={batch.importIds} />;
}

function Choosing({ batch }: { readonly batch: Batch }): JSX.Element {
  const { files, together, duplicatesBy, notIn } = batch;
  const text = words.window.import;
  const previewOf = usePreviews(files, true);
  const [shown, setShown] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  /** Where the focus goes back to. */
  const left = useRef<string | null>(null);
  const taken = files.filter((file) => isReady(file, previewOf));
  const awaited = files.some((file) => file.included && previewOf(file).pending);
  const detail = files.find(({ file }) => file.fileId === shown);

  const leave = (): void => { goTo({ batch: null }); };
  const back = (): void => {
    left.current = shown;
    setShown(null);
  };
  const start = async (): Promise<void> => {
    setFailure(null);
    setStarting(true);
    try {
      const wanted = taken.map((file) => ({ fileId: file.file.fileId, reading: { ...chosenReading(file.reading, previewOf(file).value), duplicatesBy, ...(notIn.length === 0 ? {} : { notIn }) } }));
      const { importIds } = await api.importStartSeveral({ files: wanted, together: together && wanted.length > 1 });
      changeBatch({ importIds, files: taken });
    } catch (error) {
      setFailure(messageOf(error));
      setStarting(false);
    }
  };

  const title = files.length === 0 ? text.batch.nothing : text.batch.title(text.batch.files(files.length, formatCount(files.length)));
  if (detail !== undefined) return <Details file={detail} previewOf={previewOf} onBack={back} />;
  return (
    <Sheet
      title={title}
      onClose={leave}
      actions={files.length === 0 ? <Button look="primary" onClick={leave}>{words.window.common.close}</Button> : (
        <>
          <span className="import-queue" role="status">{awaited ? text.reading : chosenWords(taken.map(({ file }) => file))}</span>
          <Button onClick={leave}>{text.batch.skip}</Button>
          <Button look="primary" disabled={taken.length === 0 || awaited || starting} onClick={() => { void start(); }}>{text.batch.start}</Button>
        </>
      )}
    >
      <div className="import">
        {failure === null ? null : <Message kind="error">{failure}</Message>}
        {taken.length === 0 && !awaited ? <Message kind="warning">{text.batch.none}</Message> : null}
        {files.length === 0 ? null : <BatchTable files={files} previewOf={previewOf} onDetails={setShown} focused={left.current} />}
        <PassedOver passedOver={batch.passedOver} count={batch.passedOverCount} open={files.length === 0} />
        {files.length < 2 ? null : (
          <fieldset className="import-as">
            <legend>{text.batch.as}</legend>
            <label className="import-check">
              <input type="radio" name="import-as" checked={!together} onChange={() => { changeBatch({ together: false }); }} />
              {text.batch.each}
            </label>
            <label className="import-check">
              <input type="radio" name="import-as" checked={together} onChange={() => { changeBatch({ together: true }); }} />
              {text.batch.together}
            </label>
            {together ? <p className="import-hint">{text.batch.togetherHint}</p> : null}
          </fieldset>
        )}
        {files.length === 0 ? null : <div className="import-controls import-narrow"><DuplicatesBy value={duplicatesBy} onChange={(by) => { changeBatch({ duplicatesBy: by }); }} /></div>}
        {files.length === 0 ? null : <NotIn value={notIn} onChange={(lists) => { changeBatch({ notIn: lists }); }} />}
      </div>
    </Sheet>
  );
}

function Details({ file, previewOf, onBack }: { readonly file: BatchFile; readonly previewOf: PreviewOf; readonly onBack: () => void }): JSX.Element {
  const { fileId, name } = file.file;
  return (
    <Sheet key={fileId} title={words.window.import.title(name)} onClose={onBack} actions={<Button look="primary" onClick={onBack}>{words.window.import.batch.back}</Button>}>
      <div className="import">
        <FileReading file={file.file} reading={file.reading} preview={previewOf(file)} onChange={(reading) => { changeBatchFile(fileId, { reading }); }} withDuplicates={false} />
      </div>
    </Sheet>
  );
}

/** It is wanted, and can be imported as it is read. */
function isReady(file: BatchFile, previewOf: PreviewOf): boolean {
  const { value, error, pending } = previewOf(file);
  return file.included && !pending && error === null && value !== null && value.addressColumn !== null;
}

function chosenWords(files: readonly FileRef[]): string {
  const { batch } = words.window.import;
  return batch.chosen(batch.files(files.length, formatCount(files.length)), formatBytes(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)));
}
