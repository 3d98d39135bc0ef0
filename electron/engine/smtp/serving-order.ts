// Who is served next, and whether a connection may be dialled for him: by age among all for whom there is a session or
// room for one, within the limits of the pool, of the target, of its sizing, its back-off and its circuit breaker.
// Decides only; session-pool.ts does it.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import type { IdleSessions } from './idle-sessions.ts';
import type { PooledSession, TargetState, Waiter } from './target-state.ts';
import type { SmtpTarget } from './types.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface ServingOrderOptions {
  readonly settings: Settings['smtp'];
  readonly clock: Clock;
  readonly line: WaitingLine;
  readonly idle: IdleSessions;
  /** Open and opening sessions of the pool. */
  readonly total: () => number;
  readonly isSuspect: (pooled: PooledSession) => boolean;
  readonly perTargetLimit: (target: SmtpTarget) => number;
}

export class ServingOrder {
  readonly #options: ServingOrderOptions;

  constructor(options: ServingOrderOptions) {
    this.#options = options;
  }

  /** True where the pool has no room for one more connection. */
  get full(): boolean {
    return this.#options.total() >= this.#options.settings.maxConnections;
  }

  /** Who has waited longest of those for whom something can be done now; null if there is none. */
  next(): Waiter | null {
    const { line } = this.#options;
    const { first } = line;
    if (first === null || this.#candidate(first.state) === first) return first;
    let oldest: Waiter | null = null;
    for (const state of line.targets) {
      const waiter = this.#candidate(state);
      if (waiter !== null && (oldest === null || waiter.number < oldest.number)) oldest = waiter;
    }
    return oldest;
  }

  /** Whether a connection may be dialled for somebody who waits; where the pool is full, an idle one must make room. */
  mayOpen(state: TargetState): boolean {
    if (state.backOff !== null || (this.full && this.#options.idle.size === 0)) return false;
    if (state.breaker.state !== 'closed' && !state.breaker.admits(this.#options.clock.monotonicMs())) return false;
    return state.sizing.admits(state.connections, this.limitOf(state.target));
  }

  /** The most connections of that target, at least one. */
  limitOf(target: SmtpTarget): number {
    const { settings, perTargetLimit } = this.#options;
    return Math.max(1, Math.min(settings.maxConnectionsPerDestination, perTargetLimit(target)));
  }

  /** Who is next of those who wait for that target, if anything can be done for it now. */
  #candidate(state: TargetState): Waiter | null {
    const { last } = state.idle;
    if (last !== null && !this.#options.isSuspect(last)) return state.waiters.first;
    return state.needsSession && (last !== null || this.mayOpen(state)) ? state.firstUnserved : null;
  }
}
