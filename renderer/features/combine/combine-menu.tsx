// The button in a list's head that shows what can be done with whole lists. What opens is the browser's own popover: it
// is closed by Escape or a click beside it.
import { useId, useRef, type JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { Button } from '../../components/button.tsx';
import { words } from '../../words.ts';
import { actionsOf } from '../list/list-actions.ts';
import { showCombineSheet, type OpenCombineSheet } from './combine-sheet-state.ts';

export function CombineMenu({ list }: { readonly list: ListView }): JSX.Element {
  const { combine: text } = words;
  const menuId = useId();
  const menu = useRef<HTMLDivElement>(null);
  const show = (kind: OpenCombineSheet['kind']): void => {
    menu.current?.hidePopover();
    showCombineSheet({ kind, listId: list.id });
  };
  return (
    <div className="combine-anchor">
      <Button icon="plus" title={text.menuHint} popoverTarget={menuId}>{text.menu}</Button>
      <div ref={menu} id={menuId} popover="auto" className="combine-menu">
        <Button look="quiet" disabled={actionsOf(list).busy} title={actionsOf(list).busy ? text.append.busy : undefined} onClick={() => { show('append'); }}>{text.append.open}</Button>
        <Button look="quiet" onClick={() => { show('merge'); }}>{text.merge.open}</Button>
        <Button look="quiet" onClick={() => { show('split'); }}>{text.split.open}</Button>
      </div>
    </div>
  );
}
