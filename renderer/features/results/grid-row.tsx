// One row of the result table. A row that is not at hand yet keeps its place, empty.
import { memo, type JSX } from 'react';
import type { ResultRow } from '../../../shared/ipc/lists.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatCount } from '../../format.ts';
import { otherListText } from '../combine/other-list-text.ts';
import { words } from '../../words.ts';

export const HEADERS = ['select', 'row', 'address', 'status', 'reason', 'score', 'reply'] as const;

interface Props {
  readonly id: string;
  readonly position: number;
  readonly row: ResultRow | undefined;
  /** px from the upper edge of the view. */
  readonly offset: number;
  readonly active: boolean;
  readonly open: boolean;
  readonly selected: boolean;
  readonly onOpen: (row: number) => void;
  /** `extend`: all rows from the active one to this. */
  readonly onSelect: (row: number, extend: boolean) => void;
}

export const GridRow = memo(
  function GridRow({ id, position, row, offset, active, open, selected, onOpen, onSelect }: Props): JSX.Element {
    return (
      <div
        id={id}
        role="row"
        aria-rowindex={position + 2}
        aria-selected={selected}
        aria-current={open ? 'true' : undefined}
        className={`grid-row grid-columns${active ? ' grid-active' : ''}${position % 2 === 1 ? ' grid-odd' : ''}`}
        style={{ transform: `translateY(${String(offset)}px)` }}
        onClick={row === undefined ? undefined : () => { onOpen(row.row); }}
      >
        {row === undefined ? null : <Cells row={row} selected={selected} onSelect={onSelect} />}
      </div>
    );
  },
  // `onOpen` and `onSelect` are made anew each time and always do the same for the same row
  (a, b) => a.row === b.row && a.offset === b.offset && a.active === b.active && a.open === b.open && a.selected === b.selected && a.position === b.position,
);

function Cells({ row, selected, onSelect }: Pick<Props, 'selected' | 'onSelect'> & { readonly row: ResultRow }): JSX.Element {
  const { results: text } = words.window;
  const reason = row.reason === null ? null : words.reasons[row.reason].label;
  const duplicate = row.duplicateOf === null ? null : text.duplicateOf(formatCount(row.duplicateOf));
  const why = [reason, duplicate, otherListText(row)].filter((part) => part !== null).join(' · ');
  return (
    <>
      <span role="gridcell" className="cell-select" onClick={(event) => { event.stopPropagation(); onSelect(row.row, event.shiftKey); }}>
        <input type="checkbox" tabIndex={-1} readOnly checked={selected} aria-label={words.browse.select(formatCount(row.row))} />
      </span>
      <span role="gridcell" className="cell-row">{formatCount(row.row)}</span>
      <span role="gridcell" className="cell-address" title={row.address}>{row.address}</span>
      <span role="gridcell" className="cell-status"><StatusBadge status={row.status} state={row.state} reason={row.reason} /></span>
      <span role="gridcell" className="cell-reason" title={why}>{why}</span>
      <span role="gridcell" className="cell-score">{row.score === null ? '' : formatCount(row.score)}</span>
      <span role="gridcell" className="cell-reply" title={row.reply ?? undefined}>{row.reply ?? ''}</span>
    </>
  );
}
