// The one clock. Every wait of the product goes through it, so that practice and tests can scale or drive it.
// Deadlines use the monotonic time (a wall clock may jump by days); only schedules and evidence use the epoch.

export interface Clock {
  /** Milliseconds since the epoch, for evidence and schedules only. */
  epochMs(): number;
  /** Monotonic milliseconds, for deadlines. */
  monotonicMs(): number;
  /** Calls back once after `ms`; the returned function cancels. Does not keep the process alive by itself if `unref`. */
  after(ms: number, callback: () => void, options?: { unref?: boolean }): () => void;
}

const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(ms, callback, options) {
    const timer = setTimeout(callback, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
    if (options?.unref === true) timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
