// A clock that tests move by hand: time passes only in `advance`, and timers fire in their order.
import type { Clock } from '../../../electron/engine/clock.ts';

export interface DrivenClock extends Clock {
  advance(ms: number): void;
  /** Timers that are set and not yet due. */
  readonly timers: number;
}

export function createDrivenClock(): DrivenClock {
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    epochMs: () => 1_800_000_000_000 + nowMs,
    monotonicMs: () => nowMs,
    after(ms, callback) {
      const timer = { atMs: nowMs + Math.max(0, ms), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((one, other) => one.atMs - other.atMs);
        if (next === undefined) break;
        timers.delete(next);
        nowMs = next.atMs;
        next.callback();
      }
      nowMs = untilMs;
    },
    get timers() {
      return timers.size;
    },
  };
}
