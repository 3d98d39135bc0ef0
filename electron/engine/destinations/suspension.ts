// How long a destination is left alone: after trouble for a pause that doubles each time, after a refusal of this machine
// for a long one. When the pause is over it is on trial: what comes of the first question ends that or starts the next
// pause at once. Driven by the clock it is given; decides only, and tells nobody.
// Always holds: a pause is never shorter than the one before, and jitter only lengthens it, so that many that failed
// together do not come back together.
import type { Clock } from '../clock.ts';
import type { SetAsideState } from './set-aside.ts';

export interface SuspensionOptions {
  /** The first pause after trouble, and the longest. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** The pause after a refusal of this machine. */
  readonly refusedMs: number;
  /** [0, 1) */
  readonly random: () => number;
}

const JITTER_SHARE = 0.2;
/** What was put off comes back a little after the end, since schedules use another clock than pauses. */
const SLACK_SHARE = 0.01;
const LEAST_SLACK_MS = 5;

export class Suspension {
  readonly #options: SuspensionOptions;
  readonly #clock: Clock;
  #state: SetAsideState | null = null;
  #untilMs = 0;
  #sinceEpochMs = 0;
  #untilEpochMs = 0;
  #backEpochMs = 0;
  #pauses = 0;

  constructor(options: SuspensionOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Why it is left alone now; null if it may be asked. */
  get state(): SetAsideState | null {
    return this.#state !== null && this.#clock.monotonicMs() < this.#untilMs ? this.#state : null;
  }

  /** The pause is over and nobody has been answered since; what it was for. After a limit of the user's own nothing is. */
  get trialOf(): Exclude<SetAsideState, 'capped'> | null {
    if (this.#state === null || this.#state === 'capped') return null;
    return this.#clock.monotonicMs() >= this.#untilMs ? this.#state : null;
  }

  /** Epoch milliseconds. */
  get sinceMs(): number {
    return this.#sinceEpochMs;
  }

  /** Epoch milliseconds. */
  get untilMs(): number {
    return this.#untilEpochMs;
  }

  /** Epoch milliseconds at which what was put off may be asked. */
  get backAtMs(): number {
    return this.#backEpochMs;
  }

  /** Nothing is left that the next question would have to know of. */
  get isForgotten(): boolean {
    return this.#state === null || this.#clock.monotonicMs() > this.#untilMs + this.#options.maxMs;
  }

  suspend(): void {
    const { baseMs, maxMs } = this.#options;
    this.#pauseFor('suspended', Math.min(maxMs, baseMs * 2 ** this.#pauses));
    this.#pauses += 1;
  }

  refuse(): void {
    const { baseMs, maxMs, refusedMs } = this.#options;
    // Never sooner than mere trouble would let it come back.
    this.#pauseFor('refused', Math.max(refusedMs, Math.min(maxMs, baseMs * 2 ** this.#pauses)));
    this.#pauses += 1;
  }

  /** The user's limit of the day is reached. `untilEpochMs`: the next day. */
  cap(untilEpochMs: number): void {
    const leftMs = Math.max(0, untilEpochMs - this.#clock.epochMs());
    this.#set('capped', leftMs, leftMs * SLACK_SHARE);
  }

  /** Somebody was answered: all is well, and the next pause is a first one again. */
  succeeded(): void {
    this.#state = null;
    this.#pauses = 0;
  }

  #pauseFor(state: SetAsideState, ms: number): void {
    const pauseMs = Math.round(ms * (1 + this.#options.random() * JITTER_SHARE));
    this.#set(state, pauseMs, pauseMs * SLACK_SHARE);
  }

  #set(state: SetAsideState, pauseMs: number, slackMs: number): void {
    this.#state = state;
    this.#untilMs = this.#clock.monotonicMs() + pauseMs;
    this.#sinceEpochMs = Math.round(this.#clock.epochMs());
    this.#untilEpochMs = Math.round(this.#sinceEpochMs + pauseMs);
    this.#backEpochMs = Math.ceil(this.#untilEpochMs + Math.max(LEAST_SLACK_MS, Math.min(60_000, slackMs)));
  }
}
