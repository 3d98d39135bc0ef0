// The lists that wait for their turn, in the order that the user gives them, and what of each is to be verified again
// before. Kept in the library at each change, so that the order survives whatever ends this process.
// Always holds: a list is in it once. Knows nothing of runs, and never asks anybody anything.
import type { ListId } from '../../worker/interface.ts';
import type { AgainWish, JobRecord } from '../../worker/store-jobs.ts';

export interface RunQueueOptions {
  readonly setJobs: (jobs: readonly JobRecord[]) => Promise<void>;
  readonly onFailed: (error: unknown) => void;
  /** A list that was looked at by DNS only is not gone on with by itself. */
  readonly isKept: (listId: ListId) => boolean;
}

export class RunQueue {
  readonly #options: RunQueueOptions;
  #waiting: ListId[] = [];
  readonly #wishes = new Map<ListId, AgainWish>();

  constructor(options: RunQueueOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiting.length;
  }

  get waiting(): readonly ListId[] {
    return this.#waiting;
  }

  has(listId: ListId): boolean {
    return this.#waiting.includes(listId);
  }

  /** What is to be verified again before the list is asked about; null: nothing. */
  wishOf(listId: ListId): AgainWish | null {
    return this.#wishes.get(listId) ?? null;
  }

  /** Null: it was done. */
  setWish(listId: ListId, wish: AgainWish | null): void {
    if (wish === null) this.#wishes.delete(listId);
    else this.#wishes.set(listId, wish);
  }

  add(listId: ListId): void {
    if (!this.has(listId)) this.#waiting.push(listId);
  }

  addFirst(listId: ListId): void {
    this.remove(listId);
    this.#waiting.unshift(listId);
  }

  remove(listId: ListId): void {
    this.#waiting = this.#waiting.filter((other) => other !== listId);
  }

  take(): ListId | undefined {
    return this.#waiting.shift();
  }

  /** `before`: a list that waits too; null: behind all. A list that does not wait stays where it is. */
  move(listId: ListId, before: ListId | null): void {
    if (!this.has(listId) || listId === before) return;
    this.remove(listId);
    const at = before === null ? -1 : this.#waiting.indexOf(before);
    // One that is asked about now, or waits for a retry, cannot be overtaken: then it is the next one.
    if (before !== null && at === -1) this.#waiting.unshift(listId);
    else this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, listId);
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Writes down who is under way: first who is asked about, then who waits for his turn, then who waits for a retry. */
  async keep(active: readonly ListId[], asleep: readonly ListId[]): Promise<void> {
    const order = [...active, ...this.#waiting, ...asleep].filter((listId) => this.#options.isKept(listId));
    try {
      await this.#options.setJobs([...new Set(order)].map((listId) => ({ listId, again: this.wishOf(listId) })));
    } catch (error) {
      this.#options.onFailed(error);
    }
  }
}
