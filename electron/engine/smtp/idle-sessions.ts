// Sessions that nobody uses just now. The last one used is taken first, so that the others can age and be left.
// Each is given to `expire` after the idle time, or when it is too old, so that whoever takes one need not ask for its
// age; `keep` may give it another idle time. One timer for all of them, set for the next that is due and left to fire:
// giving a session back and taking it again touches no timer, and taking reads no clock.
import type { Clock } from '../clock.ts';
import { LinkedList } from './linked-list.ts';
import type { PooledSession, TargetState } from './target-state.ts';

export interface IdleSessionsOptions {
  readonly clock: Clock;
  readonly idleTimeoutMs: number;
  /** Told of each whose idle time is over; it is idle no more. */
  readonly expire: (pooled: PooledSession) => void;
  readonly keep: (pooled: PooledSession, nowMs: number) => boolean;
}

export class IdleSessions {
  readonly #options: IdleSessionsOptions;
  /** In the order of `idleSinceMs`. */
  readonly #byAge = new LinkedList<PooledSession>();
  #cancel: (() => void) | null = null;
  #timerAtMs = 0;

  constructor(options: IdleSessionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#byAge.size;
  }

  /** `nowMs` must not be before that of any earlier call. */
  add(pooled: PooledSession, nowMs: number): void {
    this.#insert(pooled, nowMs);
    if (this.#cancel === null || pooled.dueAtMs < this.#timerAtMs) this.#arm(pooled.dueAtMs, nowMs);
  }

  /** The session of that target that became idle last, or null. It is idle no more. */
  take(state: TargetState): PooledSession | null {
    const pooled = state.idle.last;
    if (pooled !== null) this.remove(pooled);
    return pooled;
  }

  /** The session that has been idle longest, of any target, or null. It is idle no more. */
  takeOldest(): PooledSession | null {
    const pooled = this.#byAge.first;
    if (pooled !== null) this.remove(pooled);
    return pooled;
  }

  /** False where it was not idle. */
  remove(pooled: PooledSession): boolean {
    if (!this.#byAge.remove(pooled.byAge)) return false;
    pooled.state.idle.remove(pooled.byTarget);
    pooled.place = 'leaving';
    return true;
  }

  /** All of them, longest idle first, as they are now. */
  list(): PooledSession[] {
    return [...this.#byAge];
  }

  /** No timer stays behind; the sessions stay. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #insert(pooled: PooledSession, nowMs: number): void {
    pooled.place = 'idle';
    pooled.idleSinceMs = nowMs;
    pooled.dueAtMs = Math.min(nowMs + this.#options.idleTimeoutMs, pooled.expiresAtMs);
    pooled.state.idle.push(pooled.byTarget);
    this.#byAge.push(pooled.byAge);
  }

  #arm(atMs: number, nowMs: number): void {
    this.stop();
    this.#timerAtMs = atMs;
    // It never keeps the process alive: an open socket does, as long as there is one.
    this.#cancel = this.#options.clock.after(Math.max(0, atMs - nowMs), this.#sweep, { unref: true });
  }

  readonly #sweep = (): void => {
    const { clock, expire, keep } = this.#options;
    this.#cancel = null;
    const nowMs = clock.monotonicMs();
    for (const pooled of this.list()) {
      // Timers may fire up to a millisecond early. Leaving one may let others be taken meanwhile.
      if (pooled.dueAtMs >= nowMs + 1 || !this.remove(pooled)) continue;
      if (nowMs < pooled.expiresAtMs && keep(pooled, nowMs)) this.#insert(pooled, nowMs);
      else expire(pooled);
    }
    let nextAtMs = Number.POSITIVE_INFINITY;
    for (const pooled of this.#byAge) nextAtMs = Math.min(nextAtMs, pooled.dueAtMs);
    if (nextAtMs === Number.POSITIVE_INFINITY) this.stop();
    else this.#arm(nextAtMs, nowMs);
  };
}
