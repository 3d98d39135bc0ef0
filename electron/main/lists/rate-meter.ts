// How fast one run goes and how long it will still take, from what was committed. Says nothing before it knows:
// no time is given until five seconds of work were seen, nor while nothing is asked.
// Never looks at single rows; fed once a commit.
import type { Clock } from '../../engine/clock.ts';

const RATE_WINDOW_MS = 10_000;
/** Longer than the rate's: one slow server must not make the time left jump. */
const LEFT_WINDOW_MS = 30_000;
const KNOWS_AFTER_MS = 5_000;
/** A burst right after the start is no rate. */
const SHORTEST_SPAN_MS = 1_000;

interface Sample {
  readonly atMs: number;
  readonly verdicts: number;
  /** Rows that were not asked before and now have been. */
  readonly first: number;
}

export class RateMeter {
  readonly #clock: Clock;
  #samples: Sample[] = [];
  #startedAtMs: number | null = null;
  #pending: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Work begins, or begins again after a wait. */
  start(): void {
    this.#startedAtMs ??= this.#clock.monotonicMs();
  }

  /** Nothing is asked any more. */
  stop(): void {
    this.#startedAtMs = null;
    this.#samples = [];
    this.#pending = null;
  }

  /** `verdicts` were committed just now; `pending` rows have never been asked. */
  commit(verdicts: number, pending: number): void {
    const atMs = this.#clock.monotonicMs();
    const first = Math.max(0, (this.#pending ?? pending + verdicts) - pending);
    this.#pending = pending;
    this.#samples.push({ atMs, verdicts, first });
    this.#samples = this.#samples.filter((sample) => atMs - sample.atMs < LEFT_WINDOW_MS);
  }

  /** Verdicts a second over the last ten. */
  ratePerSec(): number {
    return this.#perSec(RATE_WINDOW_MS, (sample) => sample.verdicts);
  }

  /** Until every row was asked once and, where some are asked again, at least until the next of these. Null: not known. */
  secondsLeft(pending: number, nextRetryInMs: number | null): number | null {
    if (this.#startedAtMs === null || this.#clock.monotonicMs() - this.#startedAtMs < KNOWS_AFTER_MS) return null;
    if (pending === 0) return null;
    const perSec = this.#perSec(LEFT_WINDOW_MS, (sample) => sample.first);
    return perSec === 0 ? null : Math.max(pending / perSec, (nextRetryInMs ?? 0) / 1000);
  }

  #perSec(windowMs: number, count: (sample: Sample) => number): number {
    if (this.#startedAtMs === null) return 0;
    const nowMs = this.#clock.monotonicMs();
    const spanMs = Math.min(windowMs, Math.max(SHORTEST_SPAN_MS, nowMs - this.#startedAtMs));
    const sum = this.#samples.reduce((total, sample) => (nowMs - sample.atMs < windowMs ? total + count(sample) : total), 0);
    return (sum * 1000) / spanMs;
  }
}
