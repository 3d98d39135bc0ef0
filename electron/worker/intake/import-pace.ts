// How fast an import goes and how long it will still take, from the bytes of the last few seconds.
// Time comes from outside in tests; nothing is promised before there is something to reckon with.
import type { ImportProgress } from '../interface.ts';

/** Weight of what is older: it halves in this time. */
const HALF_LIFE_MS = 2_000;
/** Before this nothing is said: the first chunks come from the file system's memory. */
const QUIET_MS = 300;

export class ImportPace {
  readonly #now: () => number;
  readonly #startedAtMs: number;
  #lastAtMs: number;
  #lastBytes = 0;
  #bytesPerMs = 0;

  /** `now`: milliseconds of any clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAtMs = now();
    this.#lastAtMs = this.#startedAtMs;
  }

  progress(bytesRead: number, totalBytes: number, rows: number): ImportProgress {
    const nowMs = this.#now();
    const tookMs = nowMs - this.#lastAtMs;
    if (tookMs > 0) {
      const fresh = (bytesRead - this.#lastBytes) / tookMs;
      const weight = this.#lastBytes === 0 ? 1 : 1 - 0.5 ** (tookMs / HALF_LIFE_MS);
      this.#bytesPerMs += (fresh - this.#bytesPerMs) * weight;
      this.#lastAtMs = nowMs;
      this.#lastBytes = bytesRead;
    }
    if (nowMs - this.#startedAtMs < QUIET_MS || this.#bytesPerMs <= 0) return { bytesRead, totalBytes, rows };
    return {
      bytesRead,
      totalBytes,
      rows,
      bytesPerSecond: Math.round(this.#bytesPerMs * 1_000),
      leftMs: Math.round(Math.max(0, totalBytes - bytesRead) / this.#bytesPerMs),
    };
  }
}
