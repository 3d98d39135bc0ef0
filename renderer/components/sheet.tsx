// A dialog over the window, by the browser's own <dialog>: it takes the focus, keeps it inside, gives it back, and is
// closed by Escape. What is behind it cannot be reached meanwhile.
// Closing is the caller's to decide: `onClose` asks, and the sheet goes when it is no longer drawn.
import { useEffect, useId, useRef, type JSX, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { words } from '../words.ts';
import './sheet.css';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the lower edge, the most important one last. */
  readonly actions: ReactNode;
  readonly onClose: () => void;
  readonly size?: 'small' | 'large';
  /** A question that must be answered; announced as such. */
  readonly alert?: boolean;
}

export function Sheet({ title, children, actions, onClose, size = 'large', alert = false }: Props): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      className={`sheet sheet-${size}`}
      role={alert ? 'alertdialog' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="sheet-head">
        <h2 id={titleId}>{title}</h2>
        {alert ? null : <Button look="quiet" icon="cross" aria-label={words.window.common.close} onClick={onClose} />}
      </header>
      <div className="sheet-body">{children}</div>
      <footer className="sheet-actions">{actions}</footer>
    </dialog>
  );
}
