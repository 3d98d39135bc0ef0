// How far an import or an export is: a bar, and the same in words.
import type { JSX } from 'react';
import './task-bar.css';

interface Props {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly text: string;
}

export function TaskBar({ label, done, total, text }: Props): JSX.Element {
  return (
    <div className="task">
      <progress className="task-bar" aria-label={label} max={Math.max(1, total)} value={Math.min(done, total)} />
      <p className="task-text">{text}</p>
    </div>
  );
}
