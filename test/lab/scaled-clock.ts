// A clock that runs so many times faster than the world's: real waits of minutes in seconds, with every deadline, back-off
// and their proportions as the product has them. For faults on real sockets, where no test can move time by hand.
import type { Clock } from '../../electron/engine/clock.ts';

export function createScaledClock(factor: number): Clock {
  const startEpochMs = Date.now();
  const startMs = performance.now();
  return {
    epochMs: () => Math.round(startEpochMs + (performance.now() - startMs) * factor),
    monotonicMs: () => performance.now() * factor,
    after(ms, callback, options) {
      const timer = setTimeout(callback, Math.max(0, ms) / factor);
      if (options?.unref === true) timer.unref();
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
