// How many connections a target gets, between one and its limit: wider as soon as more than 80 % are used and one more
// is asked for, half as many after a window in which never as much as 30 % were. Never above the limit, which others
// decide (settings, provider's rule). Counts what is in use; opens and leaves nothing itself.

const WIDEN_ABOVE = 0.8;
const SHRINK_BELOW = 0.3;
/** Long enough for several flights of a slow server, short beside a session's life. */
export const SIZING_WINDOW_MS = 10_000;

export class PoolSizing {
  #size = 1;
  #used = 0;
  /** The most that were in use at once since the window began. */
  #peak = 0;
  #windowAtMs: number;

  /** Monotonic milliseconds, here and below. */
  constructor(nowMs: number) {
    this.#windowAtMs = nowMs;
  }

  get size(): number {
    return this.#size;
  }

  /** Sessions in use. */
  get used(): number {
    return this.#used;
  }

  /** One more session is in use. No clock is read here: it is the hot path of the pool. */
  taken(): void {
    this.#used += 1;
    if (this.#used > this.#peak) this.#peak = this.#used;
  }

  givenBack(): void {
    this.#used -= 1;
  }

  /** Somebody asks and nothing is idle. Whether one more may be opened beside `connections` (open and opening). */
  admits(connections: number, limit: number): boolean {
    if (connections >= limit) return false;
    while (this.#size < limit && connections + 1 > this.#size * WIDEN_ABOVE) this.#size += 1;
    return connections < this.#size;
  }

  /** At the end of a window: shrinks where little was used. Returns whether it shrank. */
  review(nowMs: number): boolean {
    if (nowMs - this.#windowAtMs < SIZING_WINDOW_MS) return false;
    const shrinks = this.#size > 1 && this.#peak < this.#size * SHRINK_BELOW;
    if (shrinks) this.#size = Math.max(1, Math.floor(this.#size / 2));
    this.#peak = this.#used;
    this.#windowAtMs = nowMs;
    return shrinks;
  }
}
