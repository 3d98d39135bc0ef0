// Servers that let a connection wait for its greeting, or for its SYN (faults rows 2 and 3): each would hold one of the
// run's connections for a minute, and some hundreds of them all there are. A dial that has waited for long while others want
// connections is given up, is charged to nobody, and its destination gets in a line of its own: the slow lane, in which a few
// at a time are dialled again, with all the patience of the settings.
// Always holds: nothing is given up while there is room for everybody, and nothing twice; a destination in the line is
// dialled again sooner or later. Starts no lane.
import type { Clock } from '../clock.ts';
import type { DestinationQueue } from './destination-queue.ts';

export interface SlowDialsOptions {
  readonly clock: Clock;
  /** Connections of the run. */
  readonly maxConnections: number;
  /** How many destinations want a connection where there is none left. */
  readonly shortOf: () => number;
}

/** Longer than hosts commonly make strangers wait on purpose (postscreen's six seconds, sendmail's greet_pause of five). */
export const SLOW_AFTER_MS = 8_000;
/** Of the connections, while others want them: so much the others may lose. */
const SHARE_BESIDE_OTHERS = 1 / 100;
/** Of the connections, while nobody else wants them: somebody may in a moment. */
const SHARE_OTHERWISE = 1 / 2;

export class SlowDials {
  readonly #options: SlowDialsOptions;
  /** Dials that may be given up, the oldest first. */
  readonly #dials = new Map<DestinationQueue, { readonly sinceMs: number; readonly aborter: AbortController }>();
  /** Known as slow: in the line, or being dialled with patience. */
  readonly #slow = new Set<DestinationQueue>();
  readonly #line = new Set<DestinationQueue>();
  readonly #patient = new Set<DestinationQueue>();
  #cancelLook: (() => void) | null = null;

  constructor(options: SlowDialsOptions) {
    this.#options = options;
  }

  get anyInLine(): boolean {
    return this.#line.size > 0;
  }

  /** The queue's one lane dials. A signal: of its being given up; undefined: it is dialled with patience. */
  begins(queue: DestinationQueue): AbortSignal | undefined {
    if (this.#slow.has(queue)) {
      this.#patient.add(queue);
      return undefined;
    }
    const aborter = new AbortController();
    this.#dials.set(queue, { sinceMs: this.#options.clock.monotonicMs(), aborter });
    this.look();
    return aborter.signal;
  }

  /** The dial is over. `givenUp`: by its signal; else whatever came of it is known, and it is a destination like others. */
  ends(queue: DestinationQueue, givenUp: boolean): void {
    this.#dials.delete(queue);
    this.#patient.delete(queue);
    if (givenUp) this.#slow.add(queue);
    else this.#slow.delete(queue);
  }

  /** True: it waits in the slow lane's line, and not in the common one. */
  takesInLine(queue: DestinationQueue): boolean {
    if (!this.#slow.has(queue) || this.#patient.has(queue)) return false;
    this.#line.add(queue);
    return true;
  }

  /** Who may be dialled with patience now, out of the line; null: nobody. `othersWait`: for a connection. */
  next(othersWait: boolean): DestinationQueue | null {
    const share = othersWait ? SHARE_BESIDE_OTHERS : SHARE_OTHERWISE;
    if (this.#patient.size >= Math.max(1, Math.floor(this.#options.maxConnections * share))) return null;
    const queue = this.#line.values().next().value;
    if (queue === undefined) return null;
    this.#line.delete(queue);
    return queue;
  }

  /** To be called when somebody comes to wait for a connection. */
  look(): void {
    if (this.#cancelLook !== null || this.#options.shortOf() === 0) return;
    const oldest = this.#dials.values().next().value;
    if (oldest === undefined) return;
    const { clock } = this.#options;
    this.#cancelLook = clock.after(oldest.sinceMs + SLOW_AFTER_MS - clock.monotonicMs(), () => {
      this.#cancelLook = null;
      this.#giveUp();
      this.look();
    });
  }

  close(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
  }

  /** As many as others wait for. */
  #giveUp(): void {
    const { clock, shortOf } = this.#options;
    const dueMs = clock.monotonicMs() - SLOW_AFTER_MS;
    let wanted = shortOf();
    for (const [queue, { sinceMs, aborter }] of this.#dials) {
      if (wanted === 0 || sinceMs > dueMs) return;
      wanted -= 1;
      this.#dials.delete(queue);
      aborter.abort();
    }
  }
}
