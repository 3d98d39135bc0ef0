// The pool's mechanics: sessions by target, at most so many a target and in all, given out in the order of asking.
// Every `acquire` is answered exactly once: with a session, with the failure of the connection that it caused, or with a
// refusal (`PoolExhausted` at its deadline, `BreakerOpen`, `PoolClosed`). A session whose budget is spent is left with
// QUIT; whoever waits keeps its place until it is answered, however many connections die on the way.
// Where sessions come from is the opener's business; who is next, serving-order's; what is done now and then,
// pool-upkeep's. Longer than most files: it is one state machine, and every step of it must see the same books.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import type { PoolObserver } from '../metrics/observers.ts';
import { fullJitterMs } from './back-off.ts';
import { isOfHost, mayPassSoon } from './connect-failures.ts';
import { breakerOpen, failure } from './failure.ts';
import { IdleSessions } from './idle-sessions.ts';
import { PoolUpkeep } from './pool-upkeep.ts';
import { poolStats, type PoolCounters, type SmtpPoolStats } from './pool-stats.ts';
import { ServingOrder } from './serving-order.ts';
import type { SessionOpener } from './session-opener.ts';
import { PooledSession, Waiter, type TargetState } from './target-state.ts';
import { TargetStates } from './target-states.ts';
import type { AcquireOptions, AcquireResult, SmtpFailure, SmtpPool, SmtpSession, SmtpTarget } from './types.ts';
import { WaitingLine } from './waiting-line.ts';

export interface SessionPoolOptions {
  readonly settings: Settings['smtp'];
  readonly clock: Clock;
  readonly opener: SessionOpener;
  readonly counters: PoolCounters;
  readonly observer: PoolObserver;
  readonly groupOf: (target: SmtpTarget) => string;
  /** [0, 1), for jitter. */
  readonly random: () => number;
  readonly perTargetLimit?: (target: SmtpTarget) => number;
}

/** How long `close` waits for sessions in use, where its caller does not say. */
const DEFAULT_GRACE_MS = 1_000;
/** Targets remembered that are not in use. */
const MOST_TARGETS = 10_000;

export class SessionPool implements SmtpPool {
  readonly #options: SessionPoolOptions;
  readonly #clock: Clock;
  readonly #targets: TargetStates;
  readonly #idle: IdleSessions;
  readonly #line: WaitingLine;
  readonly #order: ServingOrder;
  readonly #upkeep: PoolUpkeep;
  /** Every session that holds a slot. */
  readonly #sessions = new Map<SmtpSession, PooledSession>();
  /** Open and opening sessions, of all targets. */
  #total = 0;
  #stage: 'open' | 'draining' | 'closed' = 'open';
  #serving = false;
  #closing: Promise<void> | null = null;
  #whenQuiet: (() => void)[] = [];

  constructor(options: SessionPoolOptions) {
    const { settings, clock, observer, groupOf, random } = options;
    this.#options = options;
    this.#clock = clock;
    const breaker = { failures: settings.breakerFailures, openMs: settings.breakerOpenMs, openMaxMs: settings.breakerOpenMaxMs, random };
    this.#targets = new TargetStates(
      { breaker, errorBudget: settings.targetErrorBudget, groupOf, onBreaker: (group, state) => { observer.breaker(group, state); } },
      { most: MOST_TARGETS, historyMs: settings.breakerOpenMaxMs },
    );
    this.#idle = new IdleSessions({
      clock,
      idleTimeoutMs: settings.idleTimeoutMs,
      expire: (pooled) => { pooled.session.quit(); },
      keep: (pooled, nowMs) => this.#upkeep.keeps(pooled, nowMs),
    });
    this.#line = new WaitingLine(clock, (waiter) => {
      this.#refuse(waiter, failure('PoolExhausted', 'CONNECT', 'no session was free in time'));
    });
    this.#upkeep = new PoolUpkeep({
      settings,
      clock,
      observer,
      idle: this.#idle,
      targets: this.#targets,
      offer: (pooled) => { this.#offer(pooled); },
      serve: () => { this.#serve(); },
      mayWarmUp: (state) => this.#stage === 'open' && !this.#order.full && state.connections < this.#order.limitOf(state.target),
      warmUp: (state) => { void this.#open(state, null); },
    });
    this.#order = new ServingOrder({
      settings,
      clock,
      line: this.#line,
      idle: this.#idle,
      total: () => this.#total,
      isSuspect: (pooled) => this.#upkeep.isSuspect(pooled),
      perTargetLimit: options.perTargetLimit ?? (() => Number.POSITIVE_INFINITY),
    });
  }

  /** Open and opening sessions just now. */
  get size(): number {
    return this.#total;
  }

  stats(): SmtpPoolStats {
    return poolStats(this.#targets, this.#options.counters);
  }

  tryAcquire(target: SmtpTarget): SmtpSession | null {
    if (this.#stage !== 'open') return null;
    const state = this.#targets.find(target);
    const pooled = state === null ? null : this.#take(state);
    if (pooled === null) return null;
    this.#options.observer.acquired(pooled.state.group, 0, 'idle');
    this.#upkeep.afterTake(pooled.state);
    return pooled.session;
  }

  async acquire(target: SmtpTarget, options: AcquireOptions = {}): Promise<AcquireResult> {
    if (this.#stage !== 'open') return this.#refusal(failure('PoolClosed', 'CONNECT', 'the pool takes no new work'));
    const sinceMs = this.#clock.monotonicMs();
    const state = this.#targets.of(target, sinceMs);
    const pooled = this.#take(state);
    if (pooled !== null) {
      this.#options.observer.acquired(state.group, 0, 'idle');
      this.#upkeep.afterTake(state);
      return { ok: true, session: pooled.session };
    }
    if (!state.breaker.admits(sinceMs)) {
      this.#options.observer.acquired(state.group, 0, 'failed');
      return this.#refusal(breakerOpen(state.breaker.cause));
    }
    const deadlineAtMs = sinceMs + (options.deadlineMs ?? this.#options.settings.maxSessionMs);
    return new Promise((answer) => {
      this.#line.add(new Waiter(state, target, { sinceMs, deadlineAtMs }, answer, options.signal));
      this.#serve();
      this.#upkeep.afterTake(state);
    });
  }

  /** Acquires, works and gives the session back, also where `work` throws. */
  async withConnection<T>(
    target: SmtpTarget,
    work: (session: SmtpSession) => Promise<T>,
    options: { readonly deadlineMs?: number } = {},
  ): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: SmtpFailure }> {
    const acquired = await this.acquire(target, options);
    if (!acquired.ok) return acquired;
    try {
      return { ok: true, value: await work(acquired.session) };
    } finally {
      this.release(acquired.session);
    }
  }

  release(session: SmtpSession): void {
    const pooled = this.#sessions.get(session);
    // Over already, or given back twice.
    if (pooled?.place !== 'used') return;
    const { state } = pooled;
    const nowMs = this.#clock.monotonicMs();
    pooled.place = 'leaving';
    pooled.usedAtMs = nowMs;
    state.usedAtMs = nowMs;
    state.sizing.givenBack();
    if (this.#keeps(pooled, nowMs)) {
      this.#idle.add(pooled, nowMs);
      if (this.#line.size > 0) this.#serve();
      this.#upkeep.afterRelease(state, nowMs);
    } else {
      session.quit();
    }
  }

  /** No new work from now on. Those who wait are still served; resolves when the last session is given back and left. */
  async drain(): Promise<void> {
    if (this.#stage === 'open') this.#stage = 'draining';
    this.#leaveIdle();
    if (this.#total > 0 || this.#line.size > 0) await new Promise<void>((resolve) => this.#whenQuiet.push(resolve));
    this.#stop();
    await this.#options.opener.whenEmpty();
  }

  async close(graceMs = DEFAULT_GRACE_MS): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    const { opener } = this.#options;
    this.#stage = 'closed';
    opener.abort();
    for (let waiter = this.#line.first; waiter !== null; waiter = this.#line.first) {
      this.#line.remove(waiter);
      this.#refuse(waiter, failure('PoolClosed', 'CONNECT', 'the pool was closed'));
    }
    this.#leaveIdle();
    this.#stop();
    const cancel = this.#clock.after(graceMs, () => {
      for (const session of [...this.#sessions.keys()]) session.destroy();
      opener.destroyAll();
    });
    if (this.#total > 0) await new Promise<void>((resolve) => this.#whenQuiet.push(resolve));
    await opener.whenEmpty();
    cancel();
  }

  #leaveIdle(): void {
    for (let pooled = this.#idle.takeOldest(); pooled !== null; pooled = this.#idle.takeOldest()) pooled.session.quit();
  }

  /** No timer of ours stays behind. */
  #stop(): void {
    this.#idle.stop();
    this.#upkeep.stop();
    for (const state of this.#targets) state.endBackOff();
  }

  /** The target's idle session that was used last, in use from now on; those that are spent are left on the way.
   *  Null also where it was unused for so long that its health is to be asked first. */
  #take(state: TargetState): PooledSession | null {
    for (let pooled = state.idle.last; pooled !== null; pooled = state.idle.last) {
      if (this.#upkeep.isSuspect(pooled)) return null;
      this.#idle.remove(pooled);
      // Of age it is not asked: an idle session is left when its time is over.
      if (!pooled.session.spent) {
        this.#use(pooled);
        return pooled;
      }
      pooled.session.quit();
    }
    return null;
  }

  #use(pooled: PooledSession): void {
    pooled.place = 'used';
    pooled.state.sizing.taken();
  }

  /** Whether a session that nobody uses any more may stay open. */
  #keeps(pooled: PooledSession, nowMs: number): boolean {
    const { session, state } = pooled;
    if (session.spent || nowMs >= pooled.expiresAtMs || state.breaker.state !== 'closed') return false;
    return this.#stage === 'open' || state.waiters.size > 0;
  }

  /** A session that is with nobody: for whoever waits, or idle. */
  #offer(pooled: PooledSession): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#keeps(pooled, nowMs)) {
      this.#idle.add(pooled, nowMs);
      this.#upkeep.start();
    } else {
      pooled.session.quit();
    }
    this.#serve();
  }

  /** Serves whoever can be served, oldest first. Called after anything that frees or adds a session. */
  #serve(): void {
    // Leaving a spent session below frees its slot, which must go to the waiter at hand and not to the next.
    if (this.#serving) return;
    this.#serving = true;
    for (let waiter = this.#order.next(); waiter !== null; waiter = this.#order.next()) {
      const { state } = waiter;
      const pooled = this.#take(state);
      if (pooled !== null) {
        this.#answer(state.waiters.first ?? waiter, pooled, 'waited');
      } else if (state.idle.last !== null) {
        void this.#upkeep.check(state.idle.last, waiter);
      } else if (this.#order.mayOpen(state)) {
        // An idle session of another target makes room.
        if (this.#order.full) this.#idle.takeOldest()?.session.quit();
        void this.#open(state, waiter);
      }
    }
    this.#serving = false;
  }

  /** Opens a session because of that waiter (null: for nobody yet). */
  async #open(state: TargetState, waiter: Waiter | null): Promise<void> {
    this.#total += 1;
    state.dialStarts(waiter);
    const kept: { pooled: PooledSession | null } = { pooled: null };
    const opened = await this.#options.opener.open(waiter?.target ?? state.target, (failed) => {
      if (kept.pooled !== null) this.#ended(kept.pooled, failed);
    }, waiter?.signal);
    state.dialEnds(waiter);
    if (!opened.ok) {
      this.#connectFailed(state, waiter, opened.failure);
      return;
    }
    const { session } = opened;
    if (!session.usable) {
      // Greeting alone used its budget up, or it ended at once: nothing can be asked here.
      session.quit();
      const nothingLeft = failure('SessionClosed', 'EHLO', 'nothing is left of the session after its greeting');
      this.#options.counters.countFailure(nothingLeft);
      this.#connectFailed(state, waiter, nothingLeft);
      return;
    }
    const nowMs = this.#clock.monotonicMs();
    const pooled = new PooledSession(session, state, { nowMs, lifetimeMs: this.#options.opener.lifetimeMs(session.target) });
    kept.pooled = pooled;
    this.#sessions.set(session, pooled);
    state.open += 1;
    state.breaker.succeeded();
    // Straight to whoever waits for this target: it was dialled for that, and is not given up for another one.
    const next = state.waiters.first;
    if (next === null || !this.#keeps(pooled, nowMs)) {
      this.#offer(pooled);
      return;
    }
    this.#use(pooled);
    this.#answer(next, pooled, next === waiter ? 'opened' : 'waited');
    this.#serve();
  }

  #connectFailed(state: TargetState, waiter: Waiter | null, failed: SmtpFailure): void {
    this.#total -= 1;
    const nowMs = this.#clock.monotonicMs();
    // While others are served there, this was one connection too many, and nothing is wrong with the host.
    const alone = state.open === 0;
    if (!isOfHost(failed)) state.breaker.abandoned();
    else if (alone || state.breaker.state !== 'closed') state.breaker.failed(failed, nowMs);
    if (waiter === null) this.#upkeep.warmUpFailed(state, nowMs);
    else if (waiter.waiting) this.#retryOrRefuse(waiter, failed, alone);
    if (state.breaker.state === 'open') this.#leaveAlone(state);
    this.#noteQuiet();
    this.#serve();
  }

  #retryOrRefuse(waiter: Waiter, failed: SmtpFailure, alone: boolean): void {
    const { settings, random } = this.#options;
    const { state } = waiter;
    const local = failed.code === 'LocalFailure';
    const again = mayPassSoon(failed) && (alone || local) && state.breaker.state === 'closed' && waiter.tries < settings.maxRetries;
    if (!again) {
      this.#line.remove(waiter);
      this.#fail(waiter, failed);
      // Faults row 59: whoever comes next must not ask a machine without sockets over and over.
      if (!local) return;
    }
    const waitMs = fullJitterMs(waiter.tries, { baseMs: settings.retryBackoffMs, maxMs: settings.retryBackoffMaxMs }, random);
    waiter.tries += 1;
    state.backOff ??= this.#clock.after(waitMs, () => {
      state.backOff = null;
      this.#serve();
    });
  }

  /** The breaker is open: nobody waits for this target any more, and its idle sessions are left. */
  #leaveAlone(state: TargetState): void {
    for (const waiter of [...state.waiters]) {
      if (waiter.served) continue;
      this.#line.remove(waiter);
      this.#refuse(waiter, breakerOpen(state.breaker.cause));
    }
    for (let pooled = this.#idle.take(state); pooled !== null; pooled = this.#idle.take(state)) pooled.session.quit();
  }

  #ended(pooled: PooledSession, failed: SmtpFailure | null): void {
    const { session, state } = pooled;
    if (!this.#sessions.delete(session)) return;
    const nowMs = this.#clock.monotonicMs();
    if (failed !== null) this.#options.counters.countFailure(failed);
    this.#options.observer.ended(state.group, nowMs - session.openedAtMs, session.recipients, failed?.code ?? 'left');
    if (pooled.place === 'used') state.sizing.givenBack();
    else this.#idle.remove(pooled);
    pooled.place = 'leaving';
    state.open -= 1;
    this.#total -= 1;
    const { recipients, errors } = session;
    const came = state.errorBudget.ended({ recipients, errors: errors - pooled.greetingErrors, failed: failed !== null });
    if (came === 'served') state.breaker.served();
    if (came === 'spent') {
      state.breaker.trip(failure('SessionClosed', 'RCPT', `none of the last ${String(this.#options.settings.targetErrorBudget)} recipients was accepted`), nowMs);
      this.#leaveAlone(state);
    }
    this.#noteQuiet();
    this.#serve();
  }

  #answer(waiter: Waiter, pooled: PooledSession, how: 'waited' | 'opened'): void {
    this.#line.remove(waiter);
    this.#options.observer.acquired(pooled.state.group, this.#clock.monotonicMs() - waiter.sinceMs, how);
    waiter.answer({ ok: true, session: pooled.session });
  }

  /** Told by the pool itself, so it is counted here; a failed connect was counted where it was dialled. */
  #refuse(waiter: Waiter, failed: SmtpFailure): void {
    this.#options.counters.countFailure(failed);
    this.#fail(waiter, failed);
  }

  #fail(waiter: Waiter, failed: SmtpFailure): void {
    this.#options.observer.acquired(waiter.state.group, this.#clock.monotonicMs() - waiter.sinceMs, 'failed');
    waiter.answer({ ok: false, failure: failed });
    this.#noteQuiet();
  }

  #refusal(failed: SmtpFailure): AcquireResult {
    this.#options.counters.countFailure(failed);
    return { ok: false, failure: failed };
  }

  /** Tells `drain` and `close` when nothing is out any more. */
  #noteQuiet(): void {
    if (this.#total > 0 || this.#line.size > 0) return;
    const waiting = this.#whenQuiet;
    this.#whenQuiet = [];
    for (const tell of waiting) tell();
  }
}
