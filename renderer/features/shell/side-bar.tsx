// The lists, each with its state and how far it is, the ways to add one, and to the monitor.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { PracticeBadge } from '../../components/practice-badge.tsx';
import { formatCount, formatShare } from '../../format.ts';
import { attempt } from '../../state/notices.ts';
import { openList } from '../../state/place.ts';
import { words } from '../../words.ts';
import { QueuePanel } from '../jobs/queue-panel.tsx';
import { sharesOf } from '../list/shares.ts';
import { openFile, pasteAddresses, startPractice } from './begin.ts';
import './side-bar.css';

interface Props {
  readonly lists: readonly ListView[];
  readonly openId: number;
}

export function SideBar({ lists, openId }: Props): JSX.Element {
  const { sideBar } = words.window;
  return (
    <nav className="side-bar" aria-label={sideBar.label}>
      <ul className="side-lists">
        {lists.map((list) => (
          <ListEntry key={list.id} list={list} open={list.id === openId} />
        ))}
      </ul>
      <QueuePanel lists={lists} />
      <div className="side-ways">
        <Button icon="plus" onClick={() => { attempt(openFile()); }}>{sideBar.open}</Button>
        <Button look="quiet" icon="paste" aria-label={sideBar.paste} title={sideBar.paste} onClick={() => { attempt(pasteAddresses()); }} />
        <Button look="quiet" title={sideBar.sampleHint} onClick={() => { attempt(startPractice()); }}>{sideBar.sample}</Button>
        <Button look="quiet" icon="chart" aria-label={sideBar.monitor} title={sideBar.monitorHint} onClick={() => { attempt(api.monitorOpen()); }} />
      </div>
    </nav>
  );
}

function ListEntry({ list, open }: { readonly list: ListView; readonly open: boolean }): JSX.Element {
  const { total, settled } = sharesOf(list);
  const { states, sideBar } = words.window;
  const begun = list.state !== 'ready';
  return (
    <li>
      <button type="button" className="side-list" aria-current={open ? 'page' : undefined} onClick={() => { openList(list.id); }}>
        <span className="side-name" title={list.name}>{list.name}</span>
        {list.practice ? <PracticeBadge /> : null}
        <span className="side-state">
          {states[list.state]}
          {begun && list.state !== 'done' ? ` · ${sideBar.verified(formatShare(settled, total))}` : ` · ${words.window.common.rows(list.counters.rows, formatCount(list.counters.rows))}`}
        </span>
        {begun ? <progress className="side-progress" aria-hidden="true" max={Math.max(1, total)} value={settled} /> : null}
      </button>
    </li>
  );
}
