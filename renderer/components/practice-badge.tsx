// Marks what was verified against the practice world, wherever it is shown.
import type { JSX } from 'react';
import { words } from '../words.ts';
import './status-badge.css';

export function PracticeBadge(): JSX.Element {
  return (
    <span className="practice-badge" title={words.window.common.practiceHint}>
      {words.window.common.practice}
    </span>
  );
}
