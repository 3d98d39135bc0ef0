// Everything that the pool keeps about one target (an IP and port): its sessions, those who wait for one, how many
// connections are on their way, and how the host has treated us. Holds; decides only what its own parts decide.
// With it, since each knows the other: a session and a waiter as the pool keeps them, with their places in its lists.
import { CircuitBreaker, type BreakerOptions, type BreakerState } from './circuit-breaker.ts';
import { LinkedList, ListLink } from './linked-list.ts';
import { PoolSizing } from './pool-sizing.ts';
import { TargetErrorBudget } from './target-error-budget.ts';
import type { AcquireResult, SmtpSession, SmtpTarget } from './types.ts';

export interface TargetStateOptions {
  readonly breaker: BreakerOptions;
  readonly errorBudget: number;
  /** For metrics: a provider's id or `other`, never a host. */
  readonly groupOf: (target: SmtpTarget) => string;
  readonly onBreaker: (group: string, state: BreakerState) => void;
}

export class TargetState {
  readonly key: string;
  /** As it was first asked for: the MX name may be another one later, IP and port never. */
  readonly target: SmtpTarget;
  readonly group: string;
  readonly idle = new LinkedList<PooledSession>();
  readonly waiters = new LinkedList<Waiter>();
  readonly breaker: CircuitBreaker;
  readonly errorBudget: TargetErrorBudget;
  readonly sizing: PoolSizing;
  /** Greeted sessions, idle or not. */
  open = 0;
  /** Connections being dialled; `warming` of them for nobody in particular. */
  opening = 0;
  warming = 0;
  /** Idle sessions whose health is being asked just now. */
  checking = 0;
  /** When a session was last given back; monotonic. */
  usedAtMs: number;
  /** Not null: nothing is dialled until this timer is over. */
  backOff: (() => void) | null = null;
  /** A warm-up failed: none before this time; monotonic. */
  warmUpAtMs = 0;
  /** Forgotten by the pool: whoever still holds it must ask for a new one. */
  retired = false;

  constructor(key: string, target: SmtpTarget, options: TargetStateOptions, nowMs: number) {
    this.key = key;
    this.target = target;
    const group = options.groupOf(target);
    this.group = group;
    this.usedAtMs = nowMs;
    this.sizing = new PoolSizing(nowMs);
    this.errorBudget = new TargetErrorBudget(options.errorBudget);
    this.breaker = new CircuitBreaker(options.breaker, (state) => {
      options.onBreaker(group, state);
    });
  }

  /** Connections that count against its limit. */
  get connections(): number {
    return this.open + this.opening;
  }

  /** True while somebody waits for whom no session is on its way. */
  get needsSession(): boolean {
    return this.waiters.size > this.opening + this.checking;
  }

  /** True where forgetting it would lose a session or a waiter. */
  get busy(): boolean {
    return this.connections > 0 || this.waiters.size > 0;
  }

  /** True where forgetting it would also lose what was learnt of the host. */
  get hasHistory(): boolean {
    return !this.breaker.isNew || !this.errorBudget.isNew;
  }

  /** The first of those who wait for whom no session is on its way. */
  get firstUnserved(): Waiter | null {
    for (const waiter of this.waiters) if (!waiter.served) return waiter;
    return null;
  }

  /** A connection is being dialled because of that waiter; null: for nobody in particular. */
  dialStarts(waiter: Waiter | null): void {
    this.opening += 1;
    if (waiter === null) this.warming += 1;
    else waiter.served = true;
    this.breaker.dialled();
  }

  dialEnds(waiter: Waiter | null): void {
    this.opening -= 1;
    if (waiter === null) this.warming -= 1;
    else waiter.served = false;
  }

  endBackOff(): void {
    this.backOff?.();
    this.backOff = null;
  }
}

/** A session as the pool keeps it: whose it is, where it is just now, and its places in the lists of the idle. */
export class PooledSession {
  readonly session: SmtpSession;
  readonly state: TargetState;
  /** Errors that the greeting itself had cost. */
  readonly greetingErrors: number;
  /** `used`: somebody has it. `checking`: its health is being asked. `leaving`: with nobody, about to be given or left. */
  place: 'used' | 'idle' | 'checking' | 'leaving' = 'leaving';
  /** When it was last given back, and since when its idle time counts; monotonic milliseconds. */
  usedAtMs: number;
  idleSinceMs: number;
  /** Idle only: when it is to be left, by its idle time or its age. */
  dueAtMs = 0;
  readonly #lifetimeMs: number;
  readonly byTarget = new ListLink<PooledSession>(this);
  readonly byAge = new ListLink<PooledSession>(this);

  constructor(session: SmtpSession, state: TargetState, times: { readonly nowMs: number; readonly lifetimeMs: number }) {
    const { nowMs, lifetimeMs } = times;
    this.#lifetimeMs = lifetimeMs;
    this.session = session;
    this.state = state;
    this.greetingErrors = session.errors;
    this.usedAtMs = nowMs;
    this.idleSinceMs = nowMs;
  }

  /** When it is too old to be given out; later where it replaced its connection meanwhile. */
  get expiresAtMs(): number {
    return this.session.openedAtMs + this.#lifetimeMs;
  }
}

/** Somebody who waits for a session of a target. */
export class Waiter {
  readonly state: TargetState;
  readonly target: SmtpTarget;
  readonly answer: (result: AcquireResult) => void;
  /** Monotonic milliseconds. */
  readonly sinceMs: number;
  readonly deadlineAtMs: number;
  /** Gives up what is dialled because of it. */
  readonly signal: AbortSignal | undefined;
  /** Its place among all. */
  number = 0;
  /** A session is on its way because of it: being dialled, or asked for its health. */
  served = false;
  /** Connects that failed because of it and may be tried again. */
  tries = 0;
  readonly byTarget = new ListLink<Waiter>(this);
  readonly byAge = new ListLink<Waiter>(this);

  constructor(state: TargetState, target: SmtpTarget, times: { readonly sinceMs: number; readonly deadlineAtMs: number }, answer: (result: AcquireResult) => void, signal?: AbortSignal) {
    this.state = state;
    this.target = target;
    this.sinceMs = times.sinceMs;
    this.deadlineAtMs = times.deadlineAtMs;
    this.answer = answer;
    this.signal = signal;
  }

  get waiting(): boolean {
    return this.byAge.list !== null;
  }
}
