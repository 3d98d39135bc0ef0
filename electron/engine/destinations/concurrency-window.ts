// How many connections a destination gets: Postfix's feedback idea (README_FILES/SCHEDULER_README).
// Starts at one, widens by one for each clean flight, halves on bad news. Never above its limit, never below one.

export interface ConcurrencyWindow {
  /** Connections that may be open now, 1 … limit. */
  readonly size: number;
  /** A flight was answered completely and in step. */
  clean(): void;
  /** 421, a failed connect, a drop or a time-out. */
  bad(): void;
}

/** `limit`: the most connections this destination may ever get (at least 1). */
export function createConcurrencyWindow(limit: number): ConcurrencyWindow {
  const most = Math.max(1, Math.floor(limit));
  let size = 1;
  return {
    get size() {
      return size;
    },
    clean() {
      size = Math.min(most, size + 1);
    },
    bad() {
      size = Math.max(1, Math.floor(size / 2));
    },
  };
}
