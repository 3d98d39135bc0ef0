// Says that the window cannot go on, why, and offers to load it again.
import type { JSX } from 'react';
import { words } from '../words.ts';
import './failure-view.css';

interface Props {
  readonly title: string;
  readonly text: string;
}

export function FailureView({ title, text }: Props): JSX.Element {
  return (
    <main className="failure" role="alert">
      <h1>{title}</h1>
      <p>{text}</p>
      <button type="button" onClick={() => { window.location.reload(); }}>
        {words.failure.reload}
      </button>
    </main>
  );
}
