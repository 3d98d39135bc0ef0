// Removes expired answers from the memory level, in slices with room between them: going through a million entries at
// once would stop everything else for tens of milliseconds.
// Always holds: a slice ends at its bound, whatever it finds; the timer does not keep the process alive, is only set while
// there is something to sweep, and none is left after `close`.
import type { Clock } from '../clock.ts';
import type { MemoryShard } from './memory-shard.ts';

/** From the end of one pass to the next. What has expired is no hit before that: sweeping is about memory only. */
const PASS_EVERY_MS = 30_000;
/** The bar is 5 ms. A system that takes the processor for another program takes it for 4 (seen): that fits too. */
const SLICE_MS = 0.5;
const BETWEEN_SLICES_MS = 4;
/** Names between two looks at the clock. */
const NAMES_A_LOOK = 32;

export interface SweepStats {
  /** Answers removed because their time was over. */
  readonly expired: number;
  readonly slices: number;
  /** The longest slice since the start, in milliseconds. */
  readonly longestSliceMs: number;
}

export class CacheSweeper {
  readonly #shards: readonly MemoryShard[];
  readonly #clock: Clock;
  #cancelTimer: (() => void) | null = null;
  #closed = false;
  /** Where the pass has got to: shards from the first, names from the last. */
  #shard = 0;
  #name = -1;
  #expired = 0;
  #slices = 0;
  #longestSliceMs = 0;

  constructor(shards: readonly MemoryShard[], clock: Clock) {
    this.#shards = shards;
    this.#clock = clock;
  }

  stats(): SweepStats {
    return { expired: this.#expired, slices: this.#slices, longestSliceMs: this.#longestSliceMs };
  }

  /** There is something to sweep, sooner or later. */
  wake(): void {
    if (this.#cancelTimer === null && !this.#closed) this.#sweepAfter(PASS_EVERY_MS);
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #sweepAfter(ms: number): void {
    this.#cancelTimer = this.#clock.after(ms, () => {
      this.#cancelTimer = null;
      const startedMs = this.#clock.monotonicMs();
      const passIsOver = this.#slice(startedMs);
      this.#slices += 1;
      this.#longestSliceMs = Math.max(this.#longestSliceMs, this.#clock.monotonicMs() - startedMs);
      if (!passIsOver) this.#sweepAfter(BETWEEN_SLICES_MS);
      else if (this.#shards.some(({ names }) => names > 0)) this.#sweepAfter(PASS_EVERY_MS);
    }, { unref: true });
  }

  /** True: the pass is over. */
  #slice(startedMs: number): boolean {
    for (let looked = 1; ; looked += 1) {
      while (this.#name < 0) {
        const next = this.#shards[this.#shard];
        if (next === undefined) {
          this.#shard = 0;
          return true;
        }
        this.#shard += 1;
        this.#name = next.names - 1;
      }
      const shard = this.#shards[this.#shard - 1];
      // Backwards: a removed name's place is taken by the last one, which has been looked at. Names that others removed
      // meanwhile may leave the place empty; then there is nothing to do there.
      if (shard !== undefined) this.#expired += shard.sweep(this.#name, startedMs);
      this.#name -= 1;
      if (looked % NAMES_A_LOOK === 0 && this.#clock.monotonicMs() - startedMs >= SLICE_MS) return false;
    }
  }
}
