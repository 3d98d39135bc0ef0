// Merging a list with others: which ones, what the new list is called, and whether each row says where it came from.
import { useState, type JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { words } from '../../words.ts';
import { CombineFrame } from './combine-frame.tsx';
import { ListChecks } from './list-checks.tsx';
import { useCombineTask } from './use-combine-task.ts';

interface Props {
  readonly list: ListView;
  readonly others: readonly ListView[];
  readonly onClose: () => void;
}

export function MergeSheet({ list, others, onClose }: Props): JSX.Element {
  const { merge: text, mergedName } = words.combine;
  const task = useCombineTask(onClose);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [typed, setTyped] = useState<string | null>(null);
  const [sourceColumn, setSourceColumn] = useState(false);
  const name = typed ?? mergedName(list.name, Math.max(1, chosen.length));
  return (
    <CombineFrame
      title={text.title(list.name)}
      start={text.start}
      ready={chosen.length > 0 && name.trim() !== ''}
      task={task}
      onStart={() => { task.start(() => api.combineMerge({ listIds: [list.id, ...chosen], name: name.trim(), sourceColumn })); }}
    >
      <ListChecks legend={text.which} lists={others.filter(({ practice }) => practice === list.practice)} chosen={chosen} onChange={setChosen} />
      <label className="combine-field">
        <span>{text.name}</span>
        <input type="text" maxLength={300} value={name} onChange={({ target }) => { setTyped(target.value); }} />
      </label>
      <label className="combine-check">
        <input type="checkbox" checked={sourceColumn} onChange={({ target }) => { setSourceColumn(target.checked); }} />
        <span>{text.source}</span>
      </label>
      <p className="combine-hint">{text.stays}</p>
    </CombineFrame>
  );
}
