// What makes two rows the same: the address, or the mailbox that it ends in.
import type { JSX } from 'react';
import type { ReadingOptions } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';

type By = NonNullable<ReadingOptions['duplicatesBy']>;

interface Props {
  readonly value: By | undefined;
  readonly onChange: (value: By) => void;
}

export function DuplicatesBy({ value = 'address', onChange }: Props): JSX.Element {
  const text = words.window.import;
  return (
    <>
      <label className="import-control" title={text.byMailboxHint}>
        <span>{text.duplicatesBy}</span>
        <select value={value} onChange={({ target }) => { onChange(target.value === 'mailbox' ? 'mailbox' : 'address'); }}>
          <option value="address">{text.byAddress}</option>
          <option value="mailbox">{text.byMailbox}</option>
        </select>
      </label>
      {value === 'mailbox' ? <p className="import-hint">{text.byMailboxHint}</p> : null}
    </>
  );
}
