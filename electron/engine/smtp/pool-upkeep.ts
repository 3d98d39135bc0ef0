// What a pool does now and then, beside giving sessions out: leaves what is spent, asks unused sessions for their health,
// keeps `minIdle` ready, and lets go of connections that its sizing does not want any more.
// Its timers run only while there are idle sessions, and never keep the process alive.
// Active checks are off by default (settings.healthCheck): NOOP is junk to Postfix, and Exim counts RSET.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import type { PoolObserver } from '../metrics/observers.ts';
import type { IdleSessions } from './idle-sessions.ts';
import type { PooledSession, TargetState, Waiter } from './target-state.ts';
import type { TargetStates } from './target-states.ts';

/** A session unused for less than this is never asked: it has just shown that it lives. */
const HEALTH_SKIP_MS = 100;
/** A session unused for at least this is asked by RSET; between the two, only what is known of it counts. */
const HEALTH_UNUSED_MS = 30_000;

export interface PoolUpkeepOptions {
  readonly settings: Settings['smtp'];
  readonly clock: Clock;
  readonly observer: PoolObserver;
  readonly idle: IdleSessions;
  readonly targets: TargetStates;
  /** Takes a session back whose health was asked. */
  readonly offer: (pooled: PooledSession) => void;
  readonly serve: () => void;
  /** Whether the pool and the target have room for a connection that nobody asked for. */
  readonly mayWarmUp: (state: TargetState) => boolean;
  readonly warmUp: (state: TargetState) => void;
}

export class PoolUpkeep {
  readonly #options: PoolUpkeepOptions;
  #cancelCleanUp: (() => void) | null = null;
  #cancelHealth: (() => void) | null = null;
  #stopped = false;

  constructor(options: PoolUpkeepOptions) {
    this.#options = options;
  }

  /** Somebody was given a session of this target, or waits for one. */
  afterTake(state: TargetState): void {
    if (this.#options.settings.minIdle > 0) this.refill(state);
  }

  /** A session of this target was given back and stays. */
  afterRelease(state: TargetState, nowMs: number): void {
    if (this.#cancelCleanUp === null) this.start();
    if (state.sizing.review(nowMs)) this.#trim(state);
  }

  /** Sees to it that the timers run. */
  start(): void {
    if (this.#stopped) return;
    const { clock, settings } = this.#options;
    this.#cancelCleanUp ??= clock.after(settings.cleanUpIntervalMs, this.#cleanUp, { unref: true });
    this.#cancelHealth ??= clock.after(settings.healthCheckIntervalMs, this.#checkHealth, { unref: true });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelCleanUp?.();
    this.#cancelHealth?.();
  }

  /** Opens what is missing of the target's `minIdle`. */
  refill(state: TargetState): void {
    const { settings, clock, mayWarmUp, warmUp } = this.#options;
    if (state.backOff !== null || state.breaker.state !== 'closed') return;
    if (state.warmUpAtMs > clock.monotonicMs()) return;
    for (let missing = settings.minIdle - state.idle.size - state.warming; missing > 0 && mayWarmUp(state); missing -= 1) warmUp(state);
  }

  warmUpFailed(state: TargetState, nowMs: number): void {
    state.warmUpAtMs = nowMs + this.#options.settings.cleanUpIntervalMs;
  }

  /** Whether a session stays open though its idle time is over: one of the `minIdle` of a target used lately. */
  keeps({ session, state }: PooledSession, nowMs: number): boolean {
    const { minIdle, cleanUpIntervalMs } = this.#options.settings;
    return state.idle.size < minIdle && session.usable && nowMs - state.usedAtMs < cleanUpIntervalMs;
  }

  /** True where an idle session must be asked for its health before anybody gets it. */
  isSuspect(pooled: PooledSession): boolean {
    const { settings, clock } = this.#options;
    return settings.healthCheck && clock.monotonicMs() - pooled.usedAtMs >= HEALTH_UNUSED_MS;
  }

  /** Asks an idle session for its health: it comes back to the pool alive, or is over. `waiter`: who would get it. */
  async check(pooled: PooledSession, waiter: Waiter | null): Promise<void> {
    const { idle, observer, clock, offer, serve } = this.#options;
    const { session, state } = pooled;
    idle.remove(pooled);
    pooled.place = 'checking';
    state.checking += 1;
    if (waiter !== null) waiter.served = true;
    const alive = await session.check();
    state.checking -= 1;
    if (waiter !== null) waiter.served = false;
    observer.health(state.group, alive ? 'alive' : 'dead');
    if (alive) {
      pooled.usedAtMs = clock.monotonicMs();
      offer(pooled);
    } else {
      serve();
    }
  }

  readonly #cleanUp = (): void => {
    const { idle, targets, clock, settings } = this.#options;
    this.#cancelCleanUp = null;
    for (const pooled of idle.list()) {
      if (!pooled.session.usable && idle.remove(pooled)) pooled.session.quit();
    }
    const nowMs = clock.monotonicMs();
    for (const state of targets) {
      if (state.sizing.review(nowMs)) this.#trim(state);
      if (settings.minIdle > 0 && nowMs - state.usedAtMs < settings.cleanUpIntervalMs) this.refill(state);
    }
    targets.prune(nowMs);
    if (idle.size > 0) this.start();
  };

  readonly #checkHealth = (): void => {
    const { idle, clock, observer } = this.#options;
    this.#cancelHealth = null;
    const nowMs = clock.monotonicMs();
    for (const pooled of idle.list()) {
      const { session, state } = pooled;
      if (pooled.place !== 'idle') continue;
      if (!session.usable) {
        idle.remove(pooled);
        session.quit();
        observer.health(state.group, 'dead');
      } else if (nowMs - pooled.usedAtMs < HEALTH_SKIP_MS) observer.health(state.group, 'skipped');
      else if (this.isSuspect(pooled)) void this.check(pooled, null);
      else observer.health(state.group, 'alive');
    }
    if (idle.size > 0) this.start();
  };

  /** Leaves idle sessions that are more than the target's size, the longest idle first. */
  #trim(state: TargetState): void {
    const { idle, settings } = this.#options;
    while (state.connections > state.sizing.size && state.idle.size > settings.minIdle) {
      const { first } = state.idle;
      if (first === null || !idle.remove(first)) return;
      first.session.quit();
    }
  }
}
