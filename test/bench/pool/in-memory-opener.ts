// Connections without a network for the pool's benchmark: each flight takes as long as it is told, and a session keeps
// the real books of its bounds on the real clock, so that asking whether it is usable costs what it costs in the product.
import { systemClock } from '../../../electron/engine/clock.ts';
import { SessionBudget, type SessionLimits } from '../../../electron/engine/smtp/session-budget.ts';
import type { SessionOpener } from '../../../electron/engine/smtp/session-opener.ts';
import type { AcquireResult, FlightRequest, FlightResult, SmtpFailure, SmtpSession, SmtpTarget } from '../../../electron/engine/smtp/types.ts';

export class InMemorySession implements SmtpSession {
  readonly target: SmtpTarget;
  readonly tls = 'none';
  readonly pipelining = true;
  readonly smtputf8 = true;
  readonly recipientsPerTransaction = 100;
  readonly openedAtMs: number;
  recipients = 0;
  readonly #budget: SessionBudget;
  readonly #latencyMs: number;
  readonly #onEnd: (failed: SmtpFailure | null) => void;
  #over = false;

  constructor(target: SmtpTarget, limits: SessionLimits, latencyMs: number, onEnd: (failed: SmtpFailure | null) => void) {
    this.target = target;
    this.openedAtMs = systemClock.monotonicMs();
    this.#budget = new SessionBudget(limits, this.openedAtMs, 0);
    this.#latencyMs = latencyMs;
    this.#onEnd = onEnd;
  }

  get errors(): number {
    return this.#budget.errors;
  }

  get maxFlight(): number {
    return this.#over || this.#budget.tooOld(systemClock.monotonicMs()) ? 0 : this.#budget.room(false);
  }

  get transactionsLeft(): number {
    return this.usable ? 10 : 0;
  }

  get usable(): boolean {
    return this.maxFlight > 0;
  }

  get spent(): boolean {
    return this.#over || this.#budget.room(false) === 0;
  }

  flight({ recipients }: FlightRequest): Promise<FlightResult> {
    this.#budget.countFlight(0, recipients.length);
    this.recipients += recipients.length;
    return new Promise((resolve) => setTimeout(resolve, this.#latencyMs, { mail: null, replies: [], failure: null }));
  }

  check(): Promise<boolean> {
    return Promise.resolve(!this.#over);
  }

  quit(): void {
    if (this.#over) return;
    this.#over = true;
    this.#onEnd(null);
  }

  destroy(): void {
    this.quit();
  }
}

/** `connectMs`: what a new connection takes; `latencyMs`: what a flight takes. */
export function inMemoryOpener({ limits, connectMs, latencyMs }: { readonly limits: SessionLimits; readonly connectMs: number; readonly latencyMs: number }): SessionOpener & { opened: number } {
  return {
    opened: 0,
    async open(target, onEnd): Promise<AcquireResult> {
      this.opened += 1;
      if (connectMs > 0) await new Promise((resolve) => setTimeout(resolve, connectMs));
      return { ok: true, session: new InMemorySession(target, limits, latencyMs, onEnd) };
    },
    lifetimeMs: () => limits.maxSessionMs,
    abort: () => undefined,
    whenEmpty: () => Promise.resolve(),
    destroyAll: () => undefined,
  };
}
