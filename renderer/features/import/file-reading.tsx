// How one file is read, with its first rows as they will be: each choice is followed at once.
import type { JSX } from 'react';
import type { FileRef, ImportPreview, ReadingOptions } from '../../../shared/ipc/lists.ts';
import { Message } from '../../components/message.tsx';
import type { Asked } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { Findings } from './findings.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ReadingControls } from './reading-controls.tsx';

interface Props {
  readonly file: FileRef;
  readonly reading: ReadingOptions;
  readonly preview: Asked<ImportPreview>;
  readonly onChange: (reading: ReadingOptions) => void;
  readonly withDuplicates: boolean;
}

export function FileReading({ file, reading, preview: { value, error, pending }, onChange, withDuplicates }: Props): JSX.Element {
  const text = words.window.import;
  return (
    <>
      {error === null ? null : <Message kind="error">{error}</Message>}
      <ReadingControls file={file} reading={reading} preview={value} onChange={onChange} withDuplicates={withDuplicates} />
      {value === null ? (
        <p className="import-reading">{pending ? text.reading : null}</p>
      ) : (
        <>
          {value.addressColumn === null && error === null ? <Message kind="warning">{text.noColumn}</Message> : null}
          <PreviewTable preview={value} reading={reading} onChange={onChange} />
          <Findings sampled={value.sampled} />
        </>
      )}
    </>
  );
}
