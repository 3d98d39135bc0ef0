// Which preflight's results lie open over the window, if any, and for the start of which list they were asked for.
import type { AgainChoice } from '../../../shared/ipc/jobs.ts';
import { createStore, useStore } from '../../state/store.ts';

export interface OpenPreflight {
  readonly practice: boolean;
  /** The list that was to be started: DNS only and "start anyway" are offered for it. */
  readonly offerFor: number | null;
  /** What of it was to be verified again; absent and null: nothing. */
  readonly again?: AgainChoice | null;
}

const openPreflight = createStore<OpenPreflight | null>(null);

export function showPreflight(wanted: OpenPreflight | null): void {
  openPreflight.set(wanted);
}

export function useOpenPreflight(): OpenPreflight | null {
  return useStore(openPreflight, whole);
}

const whole = (wanted: OpenPreflight | null): OpenPreflight | null => wanted;
