// One command line with what it does above it. One click selects it whole, for copying.
import type { JSX } from 'react';
import './command.css';

interface Props {
  readonly label: string;
  readonly line: string;
}

export function Command({ label, line }: Props): JSX.Element {
  return (
    <figure className="command">
      <figcaption>{label}</figcaption>
      <code>{line}</code>
    </figure>
  );
}
