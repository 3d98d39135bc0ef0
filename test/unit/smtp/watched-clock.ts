// A clock that stands still until a test moves it: deadlines pass without waiting, and a timer left behind is seen.
// Timers fire in the order of their time, also those that are set while others fire.
import type { Clock } from '../../../electron/engine/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly number: number;
  readonly callback: () => void;
}

export class WatchedClock implements Clock {
  #nowMs = 1_000;
  #next = 0;
  readonly #timers = new Set<Timer>();
  readonly #watchers = new Set<{ ms: number; resolve: () => void }>();

  epochMs(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  /** Timers that wait; 0 at the end of a test that leaves nothing behind. */
  get pending(): number {
    return this.#timers.size;
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { atMs: this.#nowMs + Math.max(0, ms), number: this.#next, callback };
    this.#next += 1;
    this.#timers.add(timer);
    for (const watcher of this.#watchers) {
      if (watcher.ms !== ms) continue;
      this.#watchers.delete(watcher);
      watcher.resolve();
    }
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Resolves when a timer of exactly this length is waiting. */
  async armed(ms: number): Promise<void> {
    for (const timer of this.#timers) if (timer.atMs - this.#nowMs === ms) return;
    await new Promise<void>((resolve) => this.#watchers.add({ ms, resolve }));
  }

  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let timer = this.#due(untilMs); timer !== null; timer = this.#due(untilMs)) {
      this.#timers.delete(timer);
      this.#nowMs = timer.atMs;
      timer.callback();
    }
    this.#nowMs = untilMs;
  }

  #due(untilMs: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.atMs > untilMs) continue;
      if (first === null || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.number < first.number)) first = timer;
    }
    return first;
  }
}
