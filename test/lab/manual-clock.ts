// A clock that tests move by hand: time passes only in `advance`, and timers fire in their order.
import type { Clock } from '../../electron/engine/clock.ts';

export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** Timers that are set and not yet due. */
  readonly timers: number;
}

export function createManualClock(startEpochMs = 1_800_000_000_000): ManualClock {
  let nowMs = 0;
  let timers: { atMs: number; callback: () => void }[] = [];
  return {
    epochMs: () => startEpochMs + nowMs,
    monotonicMs: () => nowMs,
    after(ms, callback) {
      const timer = { atMs: nowMs + Math.max(0, ms), callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = timers.filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        nowMs = next.atMs;
        next.callback();
      }
      nowMs = untilMs;
    },
    get timers() {
      return timers.length;
    },
  };
}
