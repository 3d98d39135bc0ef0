// Something that went wrong or needs care, in its place beside what it is about.
import type { JSX, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './message.css';

interface Props {
  readonly kind: 'error' | 'warning';
  readonly children: ReactNode;
}

export function Message({ kind, children }: Props): JSX.Element {
  return (
    <p className={`message message-${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <Icon name="bang" />
      <span>{children}</span>
    </p>
  );
}
