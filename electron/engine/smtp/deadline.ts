// One absolute deadline that is moved often: a byte that drips in never prolongs it (`socket.setTimeout` would be, and
// so never fires on a peer that sends a byte a second: faults row 9). Only a complete step may move it.
// Cheap to move: the timer is left to fire and is set again for what is left.
import type { Clock } from '../clock.ts';

export class Deadline {
  readonly #clock: Clock;
  readonly #expired: () => void;
  #atMs = 0;
  #cancel: (() => void) | null = null;
  /** When the running timer fires. */
  #timerAtMs = 0;

  constructor(clock: Clock, expired: () => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  /** Expires `ms` from now, instead of whenever it would have. */
  start(ms: number): void {
    this.#atMs = this.#clock.monotonicMs() + ms;
    if (this.#cancel !== null && this.#timerAtMs <= this.#atMs) return;
    this.stop();
    this.#arm(ms);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #arm(ms: number): void {
    this.#timerAtMs = this.#clock.monotonicMs() + ms;
    this.#cancel = this.#clock.after(ms, () => {
      this.#cancel = null;
      const leftMs = this.#atMs - this.#clock.monotonicMs();
      // Timers may fire up to a millisecond early.
      if (leftMs > 1) this.#arm(leftMs);
      else this.#expired();
    });
  }
}
