// Deleting a list with undo: it is hidden at once, and overwritten and removed when nothing was deleted for a while,
// when the app ends, or, whatever happened, at the next start. Until then it can be brought back as it was.
import type { Clock } from '../../engine/clock.ts';
import type { ListId } from '../../worker/interface.ts';
import type { Log } from '../log.ts';
import type { ListStore } from './list-store.ts';

/** Longer than the window offers the undo. */
export const UNDO_MS = 20_000;

export interface DeletionsOptions {
  readonly store: Pick<ListStore, 'hideList' | 'restoreList' | 'purgeHidden'>;
  readonly clock: Clock;
  readonly log: Log;
}

export class Deletions {
  readonly #options: DeletionsOptions;
  #cancelTimer: (() => void) | null = null;

  constructor(options: DeletionsOptions) {
    this.#options = options;
  }

  async hide(listId: ListId): Promise<void> {
    await this.#options.store.hideList(listId);
    this.#cancelTimer?.();
    // One timer for all: the last one deleted has its whole time too.
    this.#cancelTimer = this.#options.clock.after(UNDO_MS, () => { void this.purge(); }, { unref: true });
  }

  /** Throws ListNotFound once it is gone for good. */
  async restore(listId: ListId): Promise<void> {
    await this.#options.store.restoreList(listId);
  }

  /** Never rejects: what cannot be removed now stays hidden, and is removed at the next start. */
  async purge(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    try {
      await this.#options.store.purgeHidden();
    } catch (error) {
      this.#options.log.error('lists', 'deleted lists could not be removed', { error });
    }
  }
}
