// One line beside a list that could be started: whether this network is ready, how many things there are to look at, and
// the way to the results. DNS only is always offered here: it needs nothing but DNS.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import type { PreflightView } from '../../../shared/ipc/preflight.ts';
import { cannotAsk, toLookAt } from '../../../shared/preflight/report.ts';
import { Button } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { attempt } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { beginDnsOnly } from './begin-run.ts';
import { showPreflight } from './preflight-sheet-state.ts';
import { usePreflight } from './use-preflight.ts';
import './preflight-strip.css';

interface Props {
  readonly list: Pick<ListView, 'id' | 'practice' | 'counters'>;
  /** Whether the list can be started now. */
  readonly startable: boolean;
}

export function PreflightStrip({ list, startable }: Props): JSX.Element | null {
  const { preflight: text } = words;
  const { id, practice, counters } = list;
  const view = usePreflight(practice);
  const { kind, icon, line } = stateOf(view);
  // Where a list is under way or finished, only what is wrong is worth its room.
  if (!startable && kind !== 'warning' && kind !== 'failed') return null;
  return (
    <div className={`preflight-strip preflight-${kind}`}>
      <Icon name={icon} />
      <span className="preflight-line" role="status">{line}</span>
      <Button look="quiet" onClick={() => { showPreflight({ practice, offerFor: null }); }}>{view.report === null && !view.running ? text.check : text.details}</Button>
      {startable && counters.byState.pending > 0 ? (
        <Button look={kind === 'failed' ? 'normal' : 'quiet'} title={text.dnsOnlyHint} onClick={() => { attempt(beginDnsOnly(id)); }}>{text.dnsOnly}</Button>
      ) : null}
    </div>
  );
}

function stateOf({ running, report }: PreflightView): { readonly kind: string; readonly icon: IconName; readonly line: string } {
  const { preflight: text } = words;
  if (running) return { kind: 'running', icon: 'clock', line: text.checking };
  if (report === null) return { kind: 'none', icon: 'dot', line: text.notChecked };
  if (cannotAsk(report)) return { kind: 'failed', icon: 'cross', line: text.blocked };
  const count = toLookAt(report).length;
  if (count > 0) return { kind: 'warning', icon: 'bang', line: text.toLookAt(count) };
  const unclear = report.checks.filter(({ state }) => state === 'unknown').length;
  return unclear > 0 ? { kind: 'none', icon: 'question', line: text.unclear(unclear) } : { kind: 'ok', icon: 'check', line: text.allGood };
}
