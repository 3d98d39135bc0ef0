// Work in slices, so that the loop is never held for long: the answers of many sessions often arrive in one turn of it,
// and to judge them all at once would make everything else wait (the window, other sockets, timers).
// Always holds: who waits goes on in the order of coming, after sockets and timers had their turn; whoever comes while
// nobody waits and the slice is young goes on at once, without a promise.
import { systemClock, type Clock } from '../clock.ts';

/** Longest work of one turn of the loop, give or take one flight. The bar of the main process is 20 ms (p99). */
const SLICE_MS = 6;

export interface LoopSlices {
  /** Null: go on at once. Else wait for it. */
  enter(): Promise<void> | null;
}

/** `nextTurn` calls back after the sockets of the next turn of the loop were read. */
export function createLoopSlices(clock: Pick<Clock, 'monotonicMs'> = systemClock, nextTurn: (callback: () => void) => void = setImmediate): LoopSlices {
  const waiting: (() => void)[] = [];
  let sliceEndsMs: number | null = null;

  function begin(): number {
    sliceEndsMs = clock.monotonicMs() + SLICE_MS;
    nextTurn(turn);
    return sliceEndsMs;
  }

  function turn(): void {
    sliceEndsMs = null;
    if (waiting.length > 0) void goOn(begin());
  }

  async function goOn(endsMs: number): Promise<void> {
    do {
      waiting.shift()?.();
      // Its work comes before what follows this.
      await Promise.resolve();
    } while (waiting.length > 0 && clock.monotonicMs() < endsMs);
  }

  return {
    enter() {
      if (sliceEndsMs === null) begin();
      else if (waiting.length > 0 || clock.monotonicMs() >= sliceEndsMs) {
        return new Promise((resolve) => {
          waiting.push(resolve);
        });
      }
      return null;
    },
  };
}
