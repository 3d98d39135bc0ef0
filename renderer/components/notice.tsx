// Something that the user must know and need not act on at once.
import type { JSX } from 'react';
import './notice.css';

export function Notice({ text }: { readonly text: string }): JSX.Element {
  return (
    <p className="notice" role="status">
      {text}
    </p>
  );
}
