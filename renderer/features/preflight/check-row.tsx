// One check: its sign and state, what was found, what that means, and what to do.
import type { JSX } from 'react';
import type { CheckResult } from '../../../shared/preflight/report.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { words } from '../../words.ts';

export const SIGNS: Readonly<Record<CheckResult['state'], IconName>> = { ok: 'check', warning: 'bang', failed: 'cross', unknown: 'question', skipped: 'dot' };

export function CheckRow({ check }: { readonly check: CheckResult }): JSX.Element {
  const { preflight: text } = words;
  const { id, state, finding, facts } = check;
  const { found, means, advice } = text.finding(finding, facts);
  return (
    <li className={`check-row check-${state}`}>
      <span className="check-sign"><Icon name={SIGNS[state]} /></span>
      <div className="check-words">
        <h3>{text.checks[id]} <span className="check-state">{text.states[state]}</span></h3>
        <p>{found} <span className="check-means">{means}</span></p>
        {advice === '' ? null : <p className="check-advice"><strong>{text.toDo}:</strong> {advice}</p>}
      </div>
    </li>
  );
}
