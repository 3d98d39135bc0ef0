// What main last told of the preflight of the network or of the practice world.
import type { Snapshot } from '../../../shared/ipc/lists.ts';
import type { PreflightView } from '../../../shared/ipc/preflight.ts';
import { snapshots } from '../../state/snapshots.ts';
import { useStore } from '../../state/store.ts';

const NOTHING_KNOWN: PreflightView = { running: false, report: null };

const selectInternet = ({ preflight }: Snapshot): PreflightView => preflight?.internet ?? NOTHING_KNOWN;
const selectPractice = ({ preflight }: Snapshot): PreflightView => preflight?.practice ?? NOTHING_KNOWN;
const selectAsked = ({ preflight }: Snapshot): number => preflight?.asked ?? 0;

export function usePreflight(practice: boolean): PreflightView {
  return useStore(snapshots, practice ? selectPractice : selectInternet);
}

/** How often the menu has wanted the results shown. */
export function usePreflightAsked(): number {
  return useStore(snapshots, selectAsked);
}
