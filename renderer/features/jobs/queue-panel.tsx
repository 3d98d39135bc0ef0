// The lists under way in the order in which they are asked about, where there is more than one. The order of those that
// wait for their turn is changed by dragging, by the arrow buttons, or by Alt with the arrow keys; main keeps it.
import { useState, type DragEvent, type JSX, type KeyboardEvent } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../format.ts';
import { attempt } from '../../state/notices.ts';
import { openList } from '../../state/place.ts';
import { useQueue } from '../../state/snapshots.ts';
import { words } from '../../words.ts';
import { moveBy, movedBefore } from './queue-order.ts';
import './jobs.css';

/** Another list of this page, not a file from outside. */
const DRAG_TYPE = 'application/x-winnow-list';

export function QueuePanel({ lists }: { readonly lists: readonly ListView[] }): JSX.Element | null {
  const { queue: text } = words.jobs;
  const order = useQueue();
  const [announced, setAnnounced] = useState('');
  const queued = order.flatMap((id) => lists.find((list) => list.id === id) ?? []);
  if (queued.length < 2) return null;
  const waiting = queued.filter(isWaiting).map(({ id }) => id);

  const move = (list: ListView, before: number | null): void => {
    attempt(api.runMove({ listId: list.id, before }));
    const place = movedBefore(waiting, list.id, before).indexOf(list.id) + 1 + queued.findIndex(isWaiting);
    setAnnounced(text.moved(list.name, formatCount(place)));
  };
  const shift = (list: ListView, by: -1 | 1): void => {
    const before = moveBy(waiting, list.id, by);
    if (before !== undefined) move(list, before);
  };

  return (
    <section className="queue" aria-labelledby="queue-title">
      <h2 id="queue-title" title={text.hint}>{text.title}</h2>
      <ol className="queue-lists">
        {queued.map((list, index) => (
          <QueueEntry
            key={list.id}
            list={list}
            place={index + 1}
            up={moveBy(waiting, list.id, -1) !== undefined}
            down={moveBy(waiting, list.id, 1) !== undefined}
            onShift={(by) => { shift(list, by); }}
            onDropped={(listId) => {
              const dragged = queued.find(({ id }) => id === listId);
              if (dragged !== undefined && dragged !== list) move(dragged, waiting.indexOf(listId) < waiting.indexOf(list.id) ? (waiting[waiting.indexOf(list.id) + 1] ?? null) : list.id);
            }}
          />
        ))}
      </ol>
      <p className="visually-hidden" aria-live="polite">{announced}</p>
    </section>
  );
}

interface EntryProps {
  readonly list: ListView;
  readonly place: number;
  readonly up: boolean;
  readonly down: boolean;
  readonly onShift: (by: -1 | 1) => void;
  readonly onDropped: (listId: number) => void;
}

function QueueEntry({ list, place, up, down, onShift, onDropped }: EntryProps): JSX.Element {
  const { queue: text } = words.jobs;
  const [over, setOver] = useState(false);
  const movable = isWaiting(list);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onShift(event.key === 'ArrowUp' ? -1 : 1);
  };
  const takes = (event: DragEvent): boolean => movable && event.dataTransfer.types.includes(DRAG_TYPE);
  return (
    <li
      className={`queue-list${over ? ' queue-over' : ''}`}
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, String(list.id));
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        setOver(false);
        if (!takes(event)) return;
        event.preventDefault();
        event.stopPropagation();
        onDropped(Number(event.dataTransfer.getData(DRAG_TYPE)));
      }}
    >
      <span className="queue-place">{text.place(formatCount(place))}</span>
      <button type="button" className="queue-name" title={movable ? text.itemHint : undefined} onKeyDown={onKeyDown} onClick={() => { openList(list.id); }}>{list.name}</button>
      {movable ? (
        <span className="queue-moves">
          <Button look="quiet" icon="up" aria-label={text.up(list.name)} title={text.up(list.name)} disabled={!up} onClick={() => { onShift(-1); }} />
          <Button look="quiet" icon="down" aria-label={text.down(list.name)} title={text.down(list.name)} disabled={!down} onClick={() => { onShift(1); }} />
        </span>
      ) : (
        <span className="queue-state">{list.state === 'waiting' ? words.window.states.waiting : text.now}</span>
      )}
    </li>
  );
}

/** For its turn, not for a retry: main tells by the message. */
function isWaiting({ state, message }: ListView): boolean {
  return state === 'waiting' && message !== null;
}
