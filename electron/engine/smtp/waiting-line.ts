// Those who wait for a session, in the order in which they came: over all targets and within each. Each has a deadline;
// who is answered is out of the line. One timer for all of them, set for the next deadline and left to fire.
// Who is served, and by what, is the pool's business.
import type { Clock } from '../clock.ts';
import { LinkedList } from './linked-list.ts';
import type { TargetState, Waiter } from './target-state.ts';

export class WaitingLine {
  readonly #clock: Clock;
  readonly #expired: (waiter: Waiter) => void;
  readonly #byAge = new LinkedList<Waiter>();
  /** A target is here only while somebody waits for it. */
  readonly #targets = new Set<TargetState>();
  #next = 0;
  #cancel: (() => void) | null = null;
  #timerAtMs = 0;

  /** `expired` is told of each whose deadline passed; it is out of the line by then. */
  constructor(clock: Clock, expired: (waiter: Waiter) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  get size(): number {
    return this.#byAge.size;
  }

  /** The one who has waited longest. */
  get first(): Waiter | null {
    return this.#byAge.first;
  }

  /** Targets that somebody waits for: a few hundred at most, since whoever asks is bounded. */
  get targets(): Iterable<TargetState> {
    return this.#targets;
  }

  add(waiter: Waiter): void {
    waiter.number = this.#next;
    this.#next += 1;
    this.#byAge.push(waiter.byAge);
    waiter.state.waiters.push(waiter.byTarget);
    if (waiter.state.waiters.size === 1) this.#targets.add(waiter.state);
    if (this.#cancel === null || waiter.deadlineAtMs < this.#timerAtMs) this.#arm(waiter.deadlineAtMs);
  }

  /** False where it was out of the line already. */
  remove(waiter: Waiter): boolean {
    if (!this.#byAge.remove(waiter.byAge)) return false;
    waiter.state.waiters.remove(waiter.byTarget);
    if (waiter.state.waiters.size === 0) this.#targets.delete(waiter.state);
    if (this.#byAge.size === 0) this.#disarm();
    return true;
  }

  #arm(atMs: number): void {
    this.#disarm();
    this.#timerAtMs = atMs;
    this.#cancel = this.#clock.after(atMs - this.#clock.monotonicMs(), this.#sweep);
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  readonly #sweep = (): void => {
    this.#cancel = null;
    const nowMs = this.#clock.monotonicMs();
    const late: Waiter[] = [];
    let nextAtMs = Number.POSITIVE_INFINITY;
    for (const waiter of this.#byAge) {
      // Timers may fire up to a millisecond early.
      if (waiter.deadlineAtMs < nowMs + 1) late.push(waiter);
      else nextAtMs = Math.min(nextAtMs, waiter.deadlineAtMs);
    }
    for (const waiter of late) this.remove(waiter);
    if (nextAtMs !== Number.POSITIVE_INFINITY) this.#arm(nextAtMs);
    late.sort((a, b) => a.deadlineAtMs - b.deadlineAtMs);
    for (const waiter of late) this.#expired(waiter);
  };
}
