// In the place of the rows of a list whose file cannot be used: what happened, and its newest copy to go back to.
import { useState, type JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { formatMoment } from '../../format.ts';
import { messageOf, notify } from '../../state/notices.ts';
import { words } from '../../words.ts';
import './damaged-list.css';

interface Props {
  readonly list: ListView;
  readonly damaged: NonNullable<ListView['damaged']>;
}

export function DamagedList({ list, damaged }: Props): JSX.Element {
  const text = words.storage.damaged;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { backupAtMs } = damaged;

  const restore = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const { atMs } = await api.listsRestore({ listId: list.id });
      notify(text.restored(list.name, formatMoment(atMs)));
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="damaged-list" aria-labelledby="damaged-title">
      <h2 id="damaged-title">{text.title}</h2>
      <Message kind="error">{damaged.message}</Message>
      <p>{backupAtMs === null ? text.noCopy : text.offer(formatMoment(backupAtMs))}</p>
      {backupAtMs === null ? null : <Button look="primary" disabled={busy} onClick={() => { void restore(); }}>{text.restore}</Button>}
      {failure === null ? null : <Message kind="error">{failure}</Message>}
    </section>
  );
}
