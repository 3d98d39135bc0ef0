// Which sheet about whole lists lies over the window, if any: appending to a list, merging it, splitting it.
import { createStore, useStore } from '../../state/store.ts';

export interface OpenCombineSheet {
  readonly kind: 'append' | 'merge' | 'split';
  readonly listId: number;
}

const openSheet = createStore<OpenCombineSheet | null>(null);

export function showCombineSheet(sheet: OpenCombineSheet | null): void {
  openSheet.set(sheet);
}

export function useCombineSheet(): OpenCombineSheet | null {
  return useStore(openSheet, whole);
}

const whole = (sheet: OpenCombineSheet | null): OpenCombineSheet | null => sheet;
