// How long to wait before the next try: exponential back-off with full jitter. Full jitter: anything from nothing to the
// whole step, so that many who failed together do not come back together (AWS Architecture Blog, "Exponential Backoff
// And Jitter").

/** Milliseconds, up to `baseMs` for the first try (`tries` 0), doubled with each, at most `maxMs`. `random`: [0, 1). */
export function fullJitterMs(tries: number, { baseMs, maxMs }: { readonly baseMs: number; readonly maxMs: number }, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, baseMs * 2 ** tries));
}
