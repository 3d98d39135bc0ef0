// A target's circuit breaker: closed while it can be connected to, open for a while after so many failed connects or
// greetings in a row, then half open: one trial, and what comes of it closes or opens it again.
// The open time has full jitter and doubles with each opening, until somebody was served. Decides only; dials nothing.
import { fullJitterMs } from './back-off.ts';
import type { SmtpFailure } from './types.ts';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failures: number;
  readonly openMs: number;
  readonly openMaxMs: number;
  /** [0, 1) */
  readonly random: () => number;
}

export type BreakerState = 'closed' | 'open' | 'half_open';

export class CircuitBreaker {
  readonly #options: BreakerOptions;
  readonly #changed: (state: BreakerState) => void;
  #state: BreakerState = 'closed';
  #failures = 0;
  #openings = 0;
  #openUntilMs = 0;
  #trial = false;
  #cause: SmtpFailure | null = null;

  /** `changed` is told of each change of state, after it. */
  constructor(options: BreakerOptions, changed: (state: BreakerState) => void) {
    this.#options = options;
    this.#changed = changed;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** What opened it, the last time; null if nothing ever did. */
  get cause(): SmtpFailure | null {
    return this.#cause;
  }

  /** True where it holds nothing that a new one would not. */
  get isNew(): boolean {
    return this.#state === 'closed' && this.#failures === 0 && this.#openings === 0;
  }

  /** Whether a connection may be dialled now. All times are monotonic milliseconds. */
  admits(nowMs: number): boolean {
    if (this.#state === 'closed') return true;
    return !this.#trial && nowMs >= this.#openUntilMs;
  }

  /** A connection is being dialled, after `admits`. */
  dialled(): void {
    if (this.#state === 'closed') return;
    this.#trial = true;
    this.#become('half_open');
  }

  /** A connection was greeted. */
  succeeded(): void {
    this.#trial = false;
    this.#failures = 0;
    this.#become('closed');
  }

  failed(failure: SmtpFailure, nowMs: number): void {
    this.#failures += 1;
    if (this.#state === 'half_open' || (this.#state === 'closed' && this.#failures >= this.#options.failures)) this.trip(failure, nowMs);
  }

  /** A dialled connection told nothing about the host: the trial is still to be made. */
  abandoned(): void {
    this.#trial = false;
  }

  /** Opens it at once, whatever was counted. */
  trip(failure: SmtpFailure, nowMs: number): void {
    const { openMs, openMaxMs, random } = this.#options;
    this.#cause = failure;
    this.#openUntilMs = nowMs + fullJitterMs(this.#openings, { baseMs: openMs, maxMs: openMaxMs }, random);
    this.#openings += 1;
    this.#failures = 0;
    this.#trial = false;
    this.#become('open');
  }

  /** A recipient was accepted: the host is well, and the next opening is a first one again. */
  served(): void {
    if (this.#state === 'closed') this.#openings = 0;
  }

  #become(state: BreakerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#changed(state);
  }
}
