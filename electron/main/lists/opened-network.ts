// What one run over a list asks with: its settings, its network and its lists of names, opened for that run alone.
// Whoever opens one closes it.
import type { AddressLists } from '../../../shared/lists/address-lists.ts';
import type { RunOptions } from '../../engine/run/run.ts';
import type { ListId } from '../../worker/interface.ts';

export interface OpenedNetwork extends Pick<RunOptions, 'settings' | 'resolver' | 'pool' | 'observer' | 'localAddresses' | 'portalCheck'> {
  readonly lists: AddressLists;
  readonly practice: boolean;
  /** Verdicts that pass from list to list: given before the first question, remembered when the list is done. */
  readonly reuse?: { before(listId: ListId): Promise<void>; after(listId: ListId): Promise<void> };
  close(): Promise<void>;
}
