// What starting a list would mean, before it is started. Asks DNS as it opens, and nobody else; the start is one click.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { attempt } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { beginRun } from '../preflight/begin-run.ts';
import { EstimateView } from './estimate-view.tsx';

export function EstimateSheet({ list, onClose }: { readonly list: ListView; readonly onClose: () => void }): JSX.Element {
  const { estimate: text } = words.jobs;
  const start = (): void => {
    onClose();
    attempt(beginRun(list));
  };
  return (
    <Sheet
      title={text.title(list.name)}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.window.common.close}</Button>
          <Button look="primary" icon="play" onClick={start}>{text.start}</Button>
        </>
      }
    >
      <EstimateView listId={list.id} again={null} />
    </Sheet>
  );
}
