// How late this process's loop is: where the machine is busy with something else, what is tested is the machine. Looks
// every few milliseconds; costs nothing to speak of, and keeps no process alive.

export interface LoopLateness {
  /** How late the loop was at its worst since then (`performance.now()`), in ms; of the last minute. */
  worstSince(ms: number): number;
  /** Resolves when the loop has been in time for a moment. */
  calm(): Promise<void>;
}

const LOOK_EVERY_MS = 20;
/** Replies in sixteen packets take as many turns of the loop: in turns of so long they still come in a second. */
const CALM_BELOW_MS = 40;
/** How far back it is known. */
const KEPT = 60_000 / LOOK_EVERY_MS;

export function watchLoopLateness(): LoopLateness {
  const late: { readonly atMs: number; readonly ms: number }[] = [];
  const waiting: (() => void)[] = [];
  let lookedMs = performance.now();
  setInterval(() => {
    const nowMs = performance.now();
    const ms = Math.max(0, nowMs - lookedMs - LOOK_EVERY_MS);
    lookedMs = nowMs;
    late.push({ atMs: nowMs, ms });
    if (late.length > KEPT * 2) late.splice(0, KEPT);
    if (ms > CALM_BELOW_MS) return;
    // One at a time: each of them is work.
    waiting.shift()?.();
  }, LOOK_EVERY_MS);
  return {
    worstSince: (ms) => late.reduce((worst, one) => (one.atMs >= ms ? Math.max(worst, one.ms) : worst), performance.now() - lookedMs - LOOK_EVERY_MS),
    calm: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
