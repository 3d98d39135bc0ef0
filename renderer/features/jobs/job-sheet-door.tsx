// Where the sheets about jobs come up over the window. A list that is gone takes its sheet with it.
import type { JSX } from 'react';
import type { ListView } from '../../../shared/ipc/lists.ts';
import { AgainSheet } from './again-sheet.tsx';
import { EstimateSheet } from './estimate-sheet.tsx';
import { showJobSheet, useJobSheet } from './job-sheet-state.ts';

export function JobSheetDoor({ lists }: { readonly lists: readonly ListView[] }): JSX.Element | null {
  const sheet = useJobSheet();
  const list = lists.find(({ id }) => id === sheet?.listId);
  if (sheet === null || list === undefined) return null;
  const close = (): void => { showJobSheet(null); };
  return sheet.kind === 'estimate' ? <EstimateSheet list={list} onClose={close} /> : <AgainSheet list={list} selected={sheet.selected ?? null} onClose={close} />;
}
