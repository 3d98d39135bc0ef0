// So many recipients a minute and no more: a bucket that fills evenly and holds a few seconds' worth, so that they can
// still be asked in flights and not one by one.
// Always holds: in any span of time no more than its share of the rate and one full bucket. Sets no timer; it says when.
import type { Clock } from '../clock.ts';

const MINUTE_MS = 60_000;
/** What the bucket holds. */
const SECONDS_HELD = 5;
/** What a connection asks first. */
const FLIGHT = 9;

export class Pace {
  readonly #clock: Clock;
  readonly #perMs: number;
  /** Recipients. */
  readonly holds: number;
  #left: number;
  #atMs: number;
  #connecting = 0;

  /** `perMinute`: recipients, at least 1. */
  constructor(perMinute: number, clock: Clock) {
    this.#clock = clock;
    this.#perMs = Math.max(1, perMinute) / MINUTE_MS;
    this.holds = Math.max(1, Math.floor(this.#perMs * 1_000 * SECONDS_HELD));
    this.#left = this.holds;
    this.#atMs = clock.monotonicMs();
  }

  /** Recipients that may be asked now. */
  get room(): number {
    this.#fill();
    // A sum of shares may fall short of a whole by an ulp.
    return Math.floor(this.#left + 1e-9);
  }

  /** Connections are being opened for what there is room for now: more of them would find none left. */
  get isPromised(): boolean {
    return this.#connecting > 0 && this.room <= this.#connecting * FLIGHT;
  }

  /** A connection is being opened, or it is there or has failed (`by` -1). */
  connecting(by: 1 | -1): void {
    this.#connecting += by;
  }

  /** So many are asked now; at most `room`. */
  spend(recipients: number): void {
    this.#fill();
    this.#left -= recipients;
  }

  /** Milliseconds until half of the bucket is there, or as many as wait if they are fewer: a flight's worth. */
  waitMs(waiting: number): number {
    this.#fill();
    const wanted = Math.max(1, Math.min(waiting, Math.ceil(this.holds / 2)));
    return Math.max(0, Math.ceil((wanted - this.#left) / this.#perMs));
  }

  #fill(): void {
    const nowMs = this.#clock.monotonicMs();
    this.#left = Math.min(this.holds, this.#left + (nowMs - this.#atMs) * this.#perMs);
    this.#atMs = nowMs;
  }
}
