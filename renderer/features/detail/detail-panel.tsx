// One row in full: the verdict in words, the conversation it rests on, and the row's own cells. Escape closes it; the
// arrows go to the next and the previous row that the filter shows, wherever the table has been scrolled to.
import { useEffect, useRef, useState, type JSX } from 'react';
import type { ListView, ResultDetail, ResultsFilter, ResultsSort } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { formatCount } from '../../format.ts';
import { attempt, notify } from '../../state/notices.ts';
import { useAsync } from '../../state/use-async.ts';
import { words } from '../../words.ts';
import { Cells } from './cells.tsx';
import { Dialogue } from './dialogue-view.tsx';
import { Verdict } from './verdict.tsx';
import './detail-panel.css';

interface Props {
  readonly list: ListView;
  readonly row: number;
  readonly filter: ResultsFilter;
  readonly sort: ResultsSort;
  readonly onGo: (row: number) => void;
  readonly onClose: () => void;
}

export function DetailPanel({ list, row, filter, sort, onGo, onClose }: Props): JSX.Element {
  const { detail: text } = words.window;
  const panel = useRef<HTMLElement>(null);
  const version = useRowVersion(list);
  const asked = useAsync(`${String(list.id)} ${String(row)} ${String(version)}`, () => api.resultsDetail({ listId: list.id, row }));
  const detail = asked.value?.row.row === row ? asked.value : null;

  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) onClose();
    };
    window.addEventListener('keydown', close);
    return () => { window.removeEventListener('keydown', close); };
  }, [onClose]);
  useEffect(() => { panel.current?.focus(); }, []);

  const step = async (side: 'after' | 'before'): Promise<void> => {
    const page = await api.resultsPage({ listId: list.id, filter, sort, limit: 1, [side]: row });
    const next = side === 'after' ? page.rows[0] : page.rows.at(-1);
    if (next === undefined) notify(text.noMore);
    else onGo(next.row);
  };

  return (
    <aside ref={panel} className="detail" aria-label={text.label(formatCount(row))} tabIndex={-1}>
      <header className="detail-head">
        <p className="detail-row">{text.label(formatCount(row))}</p>
        <Button look="quiet" icon="up" aria-label={text.previous} title={text.previous} onClick={() => { attempt(step('before')); }} />
        <Button look="quiet" icon="down" aria-label={text.next} title={text.next} onClick={() => { attempt(step('after')); }} />
        <Button look="quiet" icon="cross" aria-label={text.close} title={text.close} onClick={onClose} />
      </header>
      <div className="detail-body">
        {asked.error === null ? null : <Message kind="error">{asked.error}</Message>}
        {detail === null ? null : (
          <>
            <Verdict detail={detail} address={askedOf(detail)} />
            <Dialogue evidence={detail.evidence} address={askedOf(detail)} />
            <Cells cells={detail.cells} />
          </>
        )}
      </div>
    </aside>
  );
}

/** The address that was asked: what was read from a cell that holds more, or the cell. */
function askedOf({ extracted, row }: ResultDetail): string {
  return extracted?.address ?? row.address.trim();
}

const FRESH_MS = 1_000;

/** Grows when the row may have another verdict than was shown, at most once a second: while the list is being verified. */
function useRowVersion(list: ListView): number {
  const [version, setVersion] = useState(0);
  const { counters } = list;
  const shown = useRef(counters);
  useEffect(() => {
    if (shown.current === counters) return;
    const timer = setTimeout(() => {
      shown.current = counters;
      setVersion((last) => last + 1);
    }, FRESH_MS);
    return () => { clearTimeout(timer); };
  }, [counters]);
  return version;
}
