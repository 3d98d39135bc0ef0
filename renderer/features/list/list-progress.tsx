// How far a list is: state, rate and time left in words, the stacked bar with its legend, what is waited for, who is
// left alone, and why it stopped. Screen readers hear of a change of state and of each tenth, not of every number.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { Message } from '../../components/message.tsx';
import { formatCount, formatRate, formatShare } from '../../format.ts';
import { words } from '../../words.ts';
import { PreflightStrip } from '../preflight/preflight-strip.tsx';
import { actionsOf } from './list-actions.ts';
import { SetAsidePanel } from './set-aside-panel.tsx';
import { sharesOf } from './shares.ts';
import { StatusBar } from './status-bar.tsx';
import { timeLeft } from './time-left.ts';
import { waitingWords } from './waiting-words.ts';

export function ListProgress({ list }: { readonly list: ListView }): JSX.Element {
  const { list: text, states } = words.window;
  const shares = sharesOf(list);
  const { settled, total } = shares;
  const active = list.state === 'running' || list.state === 'waiting' || list.state === 'pausing';
  // Where nothing is under way, nothing will happen at the next retry's time.
  const scheduled = active ? list.scheduled : { ...list.scheduled, nextAtMs: null };
  const waiting = list.state === 'done' ? null : waitingWords(scheduled, Date.now());
  const tenth = total === 0 ? 10 : Math.floor((settled / total) * 10);
  return (
    <section className="list-progress" aria-label={text.progressLabel}>
      <p className="progress-line">
        <span className="progress-state">{states[list.state]}</span>
        <span>{text.verifiedOf(formatCount(settled), formatCount(total))}</span>
        {list.state === 'running' ? <span>{text.rate(formatRate(list.ratePerSec))}</span> : null}
        {list.state === 'running' ? <span>{timeLeft(list.secondsLeft)}</span> : null}
        {waiting === null ? null : <span className="progress-waiting">{waiting}</span>}
        {list.reused === undefined || list.reused === 0 ? null : <span>{words.storage.reused(list.reused, formatCount(list.reused))}</span>}
        {list.state === 'waiting' ? <span>{list.message ?? text.waitingNote}</span> : null}
      </p>
      <StatusBar shares={shares} />
      {list.message === null || list.state === 'waiting' ? null : (
        <Message kind={list.state === 'failed' ? 'error' : 'warning'}>{list.message}</Message>
      )}
      <SetAsidePanel setAside={list.setAside} />
      <PreflightStrip list={list} startable={actionsOf(list).start !== null} />
      <p className="visually-hidden" aria-live="polite">
        {active || list.state === 'done' ? text.announced(list.name, states[list.state], formatShare(tenth, 10)) : states[list.state]}
      </p>
    </section>
  );
}
