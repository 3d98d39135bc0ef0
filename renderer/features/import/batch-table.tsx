// The files of a drop as a table: whether each is imported, what it is, about how many rows, and its address column. What
// cannot be read says why, in its row.
import { useRef, type JSX } from 'react';
import { formatBytes } from '../../format.ts';
import { changeBatch, changeBatchFile, type BatchFile } from '../../state/place.ts';
import type { Asked } from '../../state/use-async.ts';
import type { ImportPreview } from '../../../shared/ipc/lists.ts';
import { Button } from '../../components/button.tsx';
import { useFirstFocus } from '../../components/use-first-focus.ts';
import { words } from '../../words.ts';
import { chosenColumns, ownColumns, withOneColumn } from './column-choice.ts';
import { columnName } from './column-name.ts';
import { formatWords, isPlainText, rowsInWords } from './format-words.ts';
import type { PreviewOf } from './use-previews.ts';

interface Props {
  readonly files: readonly BatchFile[];
  readonly previewOf: PreviewOf;
  readonly onDetails: (fileId: string) => void;
  /** The file whose preview was left: its button has the focus. */
  readonly focused: string | null;
}

export function BatchTable({ files, previewOf, onDetails, focused }: Props): JSX.Element {
  const { batch } = words.window.import;
  const readable = files.filter((file) => previewOf(file).error === null);
  const all = readable.length > 0 && readable.every(({ included }) => included);
  const take = (included: boolean): void => {
    const ids = new Set(readable.map(({ file }) => file.fileId));
    changeBatch({ files: files.map((file) => (ids.has(file.file.fileId) ? { ...file, included } : file)) });
  };
  return (
    <div className="batch" role="region" aria-label={batch.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col"><input type="checkbox" aria-label={batch.all} checked={all} disabled={readable.length === 0} onChange={() => { take(!all); }} /></th>
            <th scope="col">{batch.file}</th>
            <th scope="col">{batch.format}</th>
            <th scope="col" className="batch-number">{batch.rows}</th>
            <th scope="col">{batch.column}</th>
            <th scope="col" aria-label={words.window.import.preview} />
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <FileRow key={file.file.fileId} file={file} preview={previewOf(file)} onDetails={onDetails} focused={file.file.fileId === focused} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly file: BatchFile;
  readonly preview: Asked<ImportPreview>;
  readonly onDetails: (fileId: string) => void;
  readonly focused: boolean;
}

function FileRow({ file, preview: { value, error, pending }, onDetails, focused }: RowProps): JSX.Element {
  const { fileId, name, folder, sizeBytes } = file.file;
  const { batch, reading: readingWords } = words.window.import;
  const button = useRef<HTMLButtonElement>(null);
  useFirstFocus(button, focused);
  const several = file.reading.addressColumns !== undefined;
  // What a format makes of itself has no encoding of its own to tell.
  const encoding = file.reading.encoding ?? (value !== null && isPlainText(value.format) && !several ? value.encoding : undefined);
  return (
    <tr aria-busy={pending} className={error === null ? undefined : 'batch-bad'}>
      <td>
        <input
          type="checkbox"
          aria-label={batch.includeFile(name)}
          checked={file.included && error === null}
          disabled={error !== null}
          onChange={() => { changeBatchFile(fileId, { included: !file.included }); }}
        />
      </td>
      <th scope="row" title={folder === undefined ? name : `${folder}/${name}`}>
        {name}
        <small>{folder === undefined ? formatBytes(sizeBytes) : `${folder} · ${formatBytes(sizeBytes)}`}</small>
      </th>
      {error !== null ? (
        <td colSpan={3} className="batch-why">{error}</td>
      ) : value === null ? (
        <td colSpan={3} className="batch-pending">{readingWords}</td>
      ) : (
        <>
          <td>
            {formatWords(value, several)}
            {encoding === undefined ? null : <small>{encoding}</small>}
          </td>
          <td className="batch-number">{rowsInWords(value, sizeBytes)}</td>
          <td><ColumnCell file={file} preview={value} /></td>
        </>
      )}
      <td><Button ref={button} look="quiet" aria-label={batch.detailsOf(name)} disabled={value === null && error === null} onClick={() => { onDetails(fileId); }}>{batch.details}</Button></td>
    </tr>
  );
}

function ColumnCell({ file, preview }: { readonly file: BatchFile; readonly preview: ImportPreview }): JSX.Element {
  const text = words.window.import;
  const columns = ownColumns(preview, file.reading);
  const chosen = chosenColumns(preview, file.reading);
  if (file.reading.addressColumns !== undefined) return <>{chosen.map((index) => columnName(columns[index] ?? '', index)).join(', ')}</>;
  return (
    <select
      aria-label={text.batch.columnOf(file.file.name)}
      aria-invalid={chosen.length === 0}
      title={chosen.length === 0 ? text.batch.noColumn : undefined}
      value={chosen[0] ?? ''}
      onChange={({ target }) => { changeBatchFile(file.file.fileId, { reading: withOneColumn(file.reading, Number(target.value)) }); }}
    >
      {chosen.length === 0 ? <option value="" disabled>{text.chooseColumn}</option> : null}
      {columns.map((name, index) => <option key={index} value={index}>{columnName(name, index)}</option>)}
    </select>
  );
}
