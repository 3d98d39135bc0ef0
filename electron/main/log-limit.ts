// At most so many log lines a minute from one area: a page or a fault in a loop must neither keep the process busy
// writing nor push everything else out of the files, which rotate. What is held back is counted and told.

const WINDOW_MS = 60_000;

interface Area {
  windowStartMs: number;
  lines: number;
  heldBack: number;
}

export class LogLimit {
  readonly #maxPerMinute: number;
  readonly #areas = new Map<string, Area>();

  constructor(maxPerMinute: number) {
    this.#maxPerMinute = maxPerMinute;
  }

  /** How many lines were held back before this one, or null if this one is held back too. */
  admit(area: string, nowMs: number): number | null {
    const state = this.#areas.get(area) ?? { windowStartMs: nowMs, lines: 0, heldBack: 0 };
    this.#areas.set(area, state);
    // a clock that was set back opens a new window as well
    if (nowMs - state.windowStartMs >= WINDOW_MS || nowMs < state.windowStartMs) {
      state.windowStartMs = nowMs;
      state.lines = 0;
    }
    if (state.lines >= this.#maxPerMinute) {
      state.heldBack += 1;
      return null;
    }
    state.lines += 1;
    const heldBack = state.heldBack;
    state.heldBack = 0;
    return heldBack;
  }
}
