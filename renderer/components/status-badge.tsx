// A status as a sign and a word on a tinted ground; a row without one says what it is instead.
// Colour is never the only difference.
import type { JSX } from 'react';
import type { Reason, RowState, Status } from '../../shared/verdict/verdict.ts';
import { words } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import './status-badge.css';

const SIGNS: Readonly<Record<Status, IconName>> = { deliverable: 'check', undeliverable: 'cross', risky: 'bang', unknown: 'question' };

interface Props {
  readonly status: Status | null;
  readonly state: RowState;
  readonly reason: Reason | null;
}

export function StatusBadge({ status, state, reason }: Props): JSX.Element {
  // Of a DNS-only run: open for a full one, and asked by nobody until then.
  if (state === 'scheduled' && reason === 'not_probed') return <span className="badge badge-none">{words.window.notAsked}</span>;
  if (state === 'scheduled') {
    return (
      <span className="badge badge-scheduled">
        <Icon name="clock" />
        {words.window.rowStates.scheduled}
      </span>
    );
  }
  if (status === null) {
    return <span className="badge badge-none">{words.window.rowStates[state]}</span>;
  }
  return (
    <span className={`badge badge-${status}`}>
      <Icon name={SIGNS[status]} />
      {words.window.statuses[status]}
    </span>
  );
}
