// A question before something is taken away. The safe answer has the focus, and Escape gives it.
import type { JSX } from 'react';
import { Button } from './button.tsx';
import { Sheet } from './sheet.tsx';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly keep: string;
  readonly onConfirm: () => void;
  readonly onKeep: () => void;
}

export function Confirm({ title, text, confirm, keep, onConfirm, onKeep }: Props): JSX.Element {
  return (
    <Sheet
      title={title}
      size="small"
      alert
      onClose={onKeep}
      actions={
        <>
          <Button onClick={onKeep} autoFocus>{keep}</Button>
          <Button look="danger" onClick={onConfirm}>{confirm}</Button>
        </>
      }
    >
      <p>{text}</p>
    </Sheet>
  );
}
