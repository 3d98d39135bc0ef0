// Where the sheets about whole lists come up over the window. A list that is gone takes its sheet with it.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { AppendSheet } from './append-sheet.tsx';
import { showCombineSheet, useCombineSheet } from './combine-sheet-state.ts';
import { MergeSheet } from './merge-sheet.tsx';
import { SplitSheet } from './split-sheet.tsx';
import './combine.css';

export function CombineSheetDoor({ lists }: { readonly lists: readonly ListView[] }): JSX.Element | null {
  const sheet = useCombineSheet();
  const list = lists.find(({ id }) => id === sheet?.listId);
  if (sheet === null || list === undefined) return null;
  const onClose = (): void => { showCombineSheet(null); };
  const others = lists.filter((other) => other.id !== list.id && other.damaged === undefined);
  switch (sheet.kind) {
    case 'append':
      return <AppendSheet list={list} others={others} onClose={onClose} />;
    case 'merge':
      return <MergeSheet list={list} others={others} onClose={onClose} />;
    case 'split':
      return <SplitSheet list={list} onClose={onClose} />;
  }
}
