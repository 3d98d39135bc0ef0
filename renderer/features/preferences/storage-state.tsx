// What lies on this machine beside the lists: remembered verdicts, which can be forgotten at once, and copies.
import { useState, type JSX } from 'react';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { formatBytes, formatCount } from '../../format.ts';
import { messageOf } from '../../state/notices.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';

type State = Awaited<ReturnType<typeof api.storageRead>>;

export function StorageState(): JSX.Element | null {
  const { known: text, copies, networkDrive } = words.storage;
  const asked = useAsync('storage', () => api.storageRead());
  const [changed, setChanged] = useState<State | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const state = changed ?? asked.value;

  const forget = async (): Promise<void> => {
    try {
      setChanged(await api.storageForgetKnown());
      setFailure(null);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };

  if (state === null) return asked.error === null ? null : <Message kind="error">{asked.error}</Message>;
  const { knownVerdicts, backups, backupBytes } = state;
  const remembered = knownVerdicts === 0 ? text.none : text.some(knownVerdicts, formatCount(knownVerdicts));
  return (
    <div className="storage-state">
      {state.networkDrive === null ? null : <Message kind="warning">{networkDrive(state.networkDrive)}</Message>}
      <p role="status">{changed === null ? remembered : text.forgotten}</p>
      <p>{copies(backups, formatCount(backups), formatBytes(backupBytes))}</p>
      <Button disabled={knownVerdicts === 0} onClick={() => { void forget(); }}>{text.forget}</Button>
      {failure === null ? null : <Message kind="error">{failure}</Message>}
    </div>
  );
}
