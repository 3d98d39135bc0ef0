// How many connections a destination gets, by feedback as Postfix's scheduler does it (README_FILES/SCHEDULER_README).
// Starts at one. As long as nothing has gone wrong it widens by one for each clean flight (Postfix's default, positive
// feedback 1): a large destination is at its limit after ten flights instead of forty-five. After trouble it does so only
// up to half of the size at which trouble came, and above that by one for as many clean flights as it is wide (Postfix's
// feedback 1/concurrency), so that the edge is felt for and not run into again.
// Always holds: never above its limit, never below one. Trouble halves it once: what was sent before it was halved tells
// nothing new (ten connections that a restarting server closes are one event, not ten).

export interface ConcurrencyWindow {
  /** Connections that may be open now, 1 … limit. */
  readonly size: number;
  /** A flight was answered completely, in step and in time. */
  clean(): void;
  /** 421, a failed connect, a drop, a time-out, a rate limit or crawling replies. Both in monotonic milliseconds: when
   *  that which failed was begun, and now. */
  bad(begunMs: number, nowMs: number): void;
  /** After a pause the destination is as good as unknown: one connection. What is known of its edge stays. */
  restart(): void;
}

/** `limit`: the most connections this destination may ever get (at least 1). */
export function createConcurrencyWindow(limit: number): ConcurrencyWindow {
  const most = Math.max(1, Math.floor(limit));
  let size = 1;
  let edge = most;
  let clean = 0;
  let halvedMs = Number.NEGATIVE_INFINITY;
  return {
    get size() {
      return size;
    },
    clean() {
      if (size >= most) return;
      clean += 1;
      if (size >= edge && clean < size) return;
      size += 1;
      clean = 0;
    },
    bad(begunMs, nowMs) {
      clean = 0;
      if (begunMs < halvedMs) return;
      halvedMs = nowMs;
      size = Math.max(1, Math.floor(size / 2));
      edge = size;
    },
    restart() {
      size = 1;
      clean = 0;
    },
  };
}
