// Lists that only wait for their next retry, so that others can be asked about meanwhile; each comes back at its time.
// Holds one timer a list. A sleep of the machine stops timers and not the schedule: `rearm` sets them anew.
import type { Clock } from '../../engine/clock.ts';
import type { ListId } from '../../worker/interface.ts';

export class SleepingLists {
  readonly #clock: Clock;
  readonly #onDue: (listId: ListId) => void;
  readonly #lists = new Map<ListId, { readonly untilMs: number; readonly cancel: () => void }>();

  /** `onDue`: called when a list's time has come; it sleeps no more then. */
  constructor(clock: Clock, onDue: (listId: ListId) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  get size(): number {
    return this.#lists.size;
  }

  /** The next one first. */
  get ids(): readonly ListId[] {
    return [...this.#lists].sort(([, a], [, b]) => a.untilMs - b.untilMs).map(([listId]) => listId);
  }

  has(listId: ListId): boolean {
    return this.#lists.has(listId);
  }

  /** Epoch milliseconds; undefined: it does not sleep. */
  untilMsOf(listId: ListId): number | undefined {
    return this.#lists.get(listId)?.untilMs;
  }

  add(listId: ListId, untilMs: number): void {
    this.remove(listId);
    const cancel = this.#clock.after(untilMs - this.#clock.epochMs(), () => {
      this.#lists.delete(listId);
      this.#onDue(listId);
    });
    this.#lists.set(listId, { untilMs, cancel });
  }

  remove(listId: ListId): void {
    this.#lists.get(listId)?.cancel();
    this.#lists.delete(listId);
  }

  clear(): void {
    for (const listId of [...this.#lists.keys()]) this.remove(listId);
  }

  rearm(): void {
    for (const [listId, { untilMs }] of [...this.#lists]) this.add(listId, untilMs);
  }
}
