// The result table: a grid of any number of rows of which only those in view are drawn (scroll-math.ts).
// The rows lie in a layer that sticks to the view, placed by `top`; the element behind it only gives the scroll bar its
// length. Where that length is scaled, the wheel is taken over, so that it still moves by rows.
// Focus stays on the grid, and `aria-activedescendant` names the active row: a row that is scrolled out of view is not
// drawn, and would take the focus with it.
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type JSX, type KeyboardEvent, type Ref } from 'react';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import type { ResultsSort } from '../../../shared/ipc/lists.ts';
import { notify } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow, HEADERS } from './grid-row.tsx';
import { targetOfKey } from './grid-keys.ts';
import type { ResultPages } from './result-pages.ts';
import { EVERYTHING, isNothing, isSelected, NOTHING, withRows, type Selection } from './selection.ts';
import { clampTop, elementHeight, isScaled, rowsInView, scrollTopOf, topOf, topToReveal, visibleRange, type Geometry } from './scroll-math.ts';
import './grid.css';

const ROW_HEIGHT = 32;
const OVERSCAN = 6;

export interface GridHandle {
  readonly focus: () => void;
  /** Moves along by so many positions, because what was shown has been moved. */
  readonly shift: (positions: number) => void;
  /** Makes a row the active one and scrolls to it, if it is at hand. */
  readonly reveal: (row: number) => void;
}

interface Props {
  readonly pages: ResultPages;
  readonly sort: ResultsSort;
  readonly selection: Selection;
  readonly openRow: number | null;
  readonly onSelect: (selection: Selection) => void;
  readonly onOpen: (row: number) => void;
  readonly onClearFilter: () => void;
  readonly ref: Ref<GridHandle>;
}

export function Grid({ pages, sort, selection, openRow, onSelect, onOpen, onClearFilter, ref }: Props): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const setScrollTop = useRef(-1);
  const { results: text } = words.window;
  // Rows are not drawn again for what only their handlers would see: those look here.
  const now = useRef({ selection, active });
  now.current = { selection, active };

  const geometry: Geometry = { count: pages.count, rowHeight: ROW_HEIGHT, viewport };
  const at = clampTop(top, geometry);
  const drawn = visibleRange(at, geometry, OVERSCAN);

  /** Moves to a position and has the scroll bar follow. */
  const moveTo = (next: number): void => {
    const clamped = clampTop(next, geometry);
    setTop(clamped);
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = scrollTopOf(clamped, geometry);
    setScrollTop.current = element.scrollTop; // as rounded by the browser
  };

  const activate = (position: number): void => {
    const next = Math.max(0, Math.min(pages.count - 1, position));
    setActive(next);
    moveTo(topToReveal(next, at, geometry));
  };

  useImperativeHandle(ref, () => ({
    focus: () => { scroller.current?.focus(); },
    shift: (positions) => {
      setActive((position) => position + positions);
      moveTo(top + positions * ROW_HEIGHT);
    },
    reveal: (row) => {
      const position = pages.positionOf(row);
      if (position !== -1) activate(position);
    },
  }));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => { setViewport(element.clientHeight - ROW_HEIGHT); }; // less the header
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => { observer.disconnect(); };
  }, []);

  useEffect(() => {
    if (viewport > 0) pages.need(drawn.first, Math.max(drawn.end, drawn.first + rowsInView(geometry)));
  });

  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  wheel.current = (event) => {
    if (!isScaled(geometry) || event.ctrlKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? ROW_HEIGHT : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? viewport : 1;
    moveTo(at + event.deltaY * unit);
  };
  useEffect(() => {
    // by hand: React listens to the wheel passively, where nothing can be taken over
    const element = scroller.current;
    const listen = (event: WheelEvent): void => { wheel.current(event); };
    element?.addEventListener('wheel', listen, { passive: false });
    return () => { element?.removeEventListener('wheel', listen); };
  }, []);

  /** From one position to another, as far as their rows are at hand: as the row at `from` is, or is to be. */
  const turn = (from: number, to: number, selected: boolean): void => {
    const rows: number[] = [];
    for (let position = Math.min(from, to); position <= Math.max(from, to); position += 1) {
      const row = pages.rowAt(position)?.row;
      if (row !== undefined) rows.push(row);
    }
    const changed = withRows(now.current.selection, rows, selected);
    if (changed === null) notify(words.browse.tooMany);
    else onSelect(changed);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return; // a control within the head has keys of its own
    const current = pages.rowAt(active)?.row;
    if (event.key === ' ' && current !== undefined) {
      event.preventDefault();
      turn(active, active, !isSelected(selection, current));
      return;
    }
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSelect(EVERYTHING);
      return;
    }
    if (event.key === 'Escape' && openRow === null && !isNothing(selection)) {
      onSelect(NOTHING);
      return;
    }
    const target = targetOfKey(event, { active, count: pages.count, page: rowsInView(geometry) });
    const row = pages.rowAt(active);
    if (target !== null) {
      if (event.shiftKey) turn(active, target, true);
      activate(target);
    }
    else if (event.key === 'Enter' && row !== undefined) onOpen(row.row);
    else return;
    event.preventDefault();
  };

  const positions = Array.from({ length: drawn.end - drawn.first }, (_, index) => drawn.first + index);
  const activeDrawn = active >= drawn.first && active < drawn.end;
  return (
    <>
      {pages.error === null ? null : <Message kind="error">{pages.error}</Message>}
      <div
        ref={scroller}
        className="grid"
        role="grid"
        tabIndex={0}
        aria-label={text.label}
        aria-rowcount={pages.total === null ? -1 : pages.total + 1}
        aria-colcount={HEADERS.length}
        aria-activedescendant={activeDrawn && pages.count > 0 ? rowId(active) : undefined}
        aria-multiselectable="true"
        aria-busy={!pages.answered || pages.building !== null}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => {
          if (Math.abs(currentTarget.scrollTop - setScrollTop.current) < 1) return; // our own doing
          setScrollTop.current = currentTarget.scrollTop;
          setTop(topOf(currentTarget.scrollTop, geometry));
        }}
      >
        <GridHead sort={sort} selection={selection} total={pages.total} onSelect={onSelect} />
        <div className="grid-length" style={{ height: elementHeight(geometry) }}>
          <div className="grid-layer" style={{ height: Math.min(viewport, elementHeight(geometry)) }}>
            {positions.map((position) => (
              <GridRow
                key={position}
                id={rowId(position)}
                position={position}
                row={pages.rowAt(position)}
                offset={position * ROW_HEIGHT - at}
                active={position === active}
                selected={isShownSelected(pages.rowAt(position)?.row, selection)}
                open={openRow !== null && pages.rowAt(position)?.row === openRow}
                onSelect={(row, extend) => {
                  turn(extend ? now.current.active : position, position, !isSelected(now.current.selection, row));
                  setActive(position);
                }}
                onOpen={(row) => {
                  setActive(position);
                  onOpen(row);
                }}
              />
            ))}
          </div>
        </div>
      </div>
      {pages.answered && pages.count === 0 && pages.building === null ? (
        <div className="grid-empty">
          <p><strong>{text.nothing}</strong> {text.nothingText}</p>
          <Button onClick={onClearFilter}>{text.clear}</Button>
        </div>
      ) : null}
    </>
  );
}

function rowId(position: number): string {
  return `result-${String(position)}`;
}

function isShownSelected(row: number | undefined, selection: Selection): boolean {
  return row !== undefined && isSelected(selection, row);
}
