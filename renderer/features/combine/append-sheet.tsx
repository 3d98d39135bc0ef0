// Appending a file: which one, what its columns mean for the list, and which other lists' addresses to leave out.
import { useState, type JSX } from 'react';
import type { FileRef, ListView } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { attempt } from '../../state/notices.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { columnName } from '../import/column-name.ts';
import { CombineFrame } from './combine-frame.tsx';
import { ListChecks } from './list-checks.tsx';
import { useCombineTask } from './use-combine-task.ts';

interface Props {
  readonly list: ListView;
  readonly others: readonly ListView[];
  readonly onClose: () => void;
}

export function AppendSheet({ list, others, onClose }: Props): JSX.Element {
  const { append: text } = words.combine;
  const task = useCombineTask(onClose);
  const [file, setFile] = useState<FileRef | null>(null);
  const [notIn, setNotIn] = useState<readonly number[]>([]);
  const preview = useAsync(file?.fileId ?? null, () => api.importPreview({ fileId: file?.fileId ?? '', reading: {} }));
  const known = preview.pending || preview.error !== null ? null : preview.value;
  const choose = async (): Promise<void> => {
    const [first] = (await api.filesOpen()).files;
    if (first !== undefined) setFile(first);
  };
  return (
    <CombineFrame
      title={text.title(list.name)}
      start={text.start}
      ready={known !== null && known.addressColumn !== null}
      task={task}
      onStart={() => {
        if (file !== null) task.start(() => api.combineAppend({ listId: list.id, fileId: file.fileId, reading: {}, notIn: [...notIn] }));
      }}
    >
      <p>{text.none}</p>
      <p className="combine-file">
        <Button icon="open" onClick={() => { attempt(choose()); }}>{file === null ? text.choose : text.another}</Button>
        <span className="combine-name" title={file?.name}>{file?.name ?? ''}</span>
      </p>
      {file !== null && preview.pending ? <p role="status">{text.reading}</p> : null}
      {preview.error === null ? null : <Message kind="error">{preview.error}</Message>}
      {known === null ? null : known.addressColumn === null ? <Message kind="warning">{text.noColumn}</Message> : <p role="status">{columnsText(list, known.columns, known.addressColumn, known.hasHeader)}</p>}
      <ListChecks legend={text.notIn} lists={others} chosen={notIn} onChange={setNotIn} />
    </CombineFrame>
  );
}

/** As far as names tell; columns of a file without a header go by their place. */
function columnsText(list: ListView, columns: readonly string[], addressColumn: number, hasHeader: boolean): string {
  const { append: text } = words.combine;
  const names = new Set(list.columns.map(keyOf));
  const fresh = columns.filter((name, index) => index !== addressColumn && (hasHeader ? !names.has(keyOf(name)) : index >= list.columns.length));
  return fresh.length === 0 ? text.same : text.fresh(fresh.map(columnName).join(', '));
}

const keyOf = (name: string): string => name.trim().normalize('NFC').toLowerCase();
