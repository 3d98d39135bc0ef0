// The SMTP pool: sessions by target IP, at most so many a target and in all, given out in the order of asking.
// Every `acquire` is answered: with a session, with the failure of the connection that it caused, or with
// `PoolExhausted` at its deadline. A session whose budget is spent is left with QUIT, and its place goes to the next.
// Failures are data; nothing here throws for what a server does. What is left out of it lives in the small files beside.
import { setMaxListeners } from 'node:events';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import { connectLink, type ConnectContext, type LinkResult } from './connect-link.ts';
import { ConnectionSlots } from './connection-slots.ts';
import { failure } from './failure.ts';
import { HostMemory, targetKey } from './host-memory.ts';
import { IdleSessions } from './idle-sessions.ts';
import { PoolCounters, type SmtpPoolStats } from './pool-stats.ts';
import type { ReopenReason } from './reopen-reason.ts';
import { Session } from './session.ts';
import type { SessionLimits } from './session-budget.ts';
import { SocketRegistry } from './socket-registry.ts';
import type { AcquireResult, SmtpFailure, SmtpPool, SmtpSession, SmtpTarget } from './types.ts';
import { WaitingLine, type Waiter } from './waiting-line.ts';

export interface SmtpPoolOptions {
  readonly settings: Settings['smtp'];
  readonly identity: Settings['identity'];
  readonly clock: Clock;
  /** The run's target policy: whether that IP may be dialled. Asked right before each dial. */
  readonly isAllowed: (ip: string) => boolean;
  /** Fewer connections than `maxConnectionsPerDestination` for this target; more is never allowed. */
  readonly perTargetLimit?: (target: SmtpTarget) => number;
  /** Narrower bounds for the sessions of this target (a provider's rule); wider ones are never allowed. */
  readonly sessionLimits?: (target: SmtpTarget) => Partial<SessionLimits>;
}

/** What `createSmtpPool` gives beyond the contract. */
export interface EngineSmtpPool extends SmtpPool {
  stats(): SmtpPoolStats;
  /** Sessions to this target that are opened from now on send one command at a time (faults row 19). */
  distrustPipelining(target: SmtpTarget): void;
}

/** How long `close` waits for sessions in use, where its caller does not say. */
const DEFAULT_GRACE_MS = 1_000;

export function createSmtpPool(options: SmtpPoolOptions): EngineSmtpPool {
  return new Pool(options);
}

class Pool implements EngineSmtpPool {
  readonly #options: SmtpPoolOptions;
  readonly #context: ConnectContext;
  readonly #memory = new HostMemory();
  readonly #sockets = new SocketRegistry();
  readonly #counters = new PoolCounters();
  readonly #aborter = new AbortController();
  readonly #slots: ConnectionSlots;
  readonly #idle: IdleSessions;
  readonly #line: WaitingLine;
  /** Every session that holds a slot, and its key. */
  readonly #sessions = new Map<SmtpSession, string>();
  #closed = false;
  #serving = false;
  #closing: Promise<void> | null = null;
  #whenDrained: (() => void) | null = null;

  constructor(options: SmtpPoolOptions) {
    const { settings, identity, clock, isAllowed } = options;
    this.#options = options;
    // One listener for each connection that is being opened.
    setMaxListeners(0, this.#aborter.signal);
    this.#context = { settings, heloName: identity.heloName, clock, isAllowed, memory: this.#memory, sockets: this.#sockets };
    this.#slots = new ConnectionSlots(settings.maxConnections);
    this.#idle = new IdleSessions(clock, settings.idleTimeoutMs, (session) => {
      session.quit();
    });
    this.#line = new WaitingLine(clock, (waiter) => {
      waiter.answer(this.#refusal(failure('PoolExhausted', 'CONNECT', 'no session was free in time')));
    });
  }

  get size(): number {
    return this.#slots.total;
  }

  stats(): SmtpPoolStats {
    const { connects, greeted, closedWith421, failures } = this.#counters;
    return { open: this.size, idle: this.#idle.size, waiting: this.#line.size, connects, greeted, closedWith421, failures: { ...failures } };
  }

  distrustPipelining(target: SmtpTarget): void {
    this.#memory.learn(target, { oneByOne: true });
  }

  tryAcquire(target: SmtpTarget): SmtpSession | null {
    if (this.#closed) return null;
    const key = targetKey(target);
    for (let session = this.#idle.take(key); session !== null; session = this.#idle.take(key)) {
      if (session.usable) return session;
      session.quit();
    }
    return null;
  }

  async acquire(target: SmtpTarget, options: { readonly deadlineMs?: number } = {}): Promise<AcquireResult> {
    if (this.#closed) return this.#refusal(failure('PoolClosed', 'CONNECT', 'the pool is closed'));
    const session = this.tryAcquire(target);
    if (session !== null) return { ok: true, session };
    const deadlineMs = options.deadlineMs ?? this.#options.settings.maxSessionMs;
    return new Promise((answer) => {
      this.#line.add({ key: targetKey(target), target, answer }, deadlineMs);
      this.#serve();
    });
  }

  release(session: SmtpSession): void {
    const key = this.#sessions.get(session);
    // Over already, or given back twice.
    if (key === undefined || this.#idle.remove(session)) return;
    if (this.#closed || !session.usable) {
      session.quit();
      return;
    }
    this.#idle.add(key, session);
    this.#serve();
  }

  async close(graceMs = DEFAULT_GRACE_MS): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    this.#closed = true;
    this.#aborter.abort();
    for (let waiter = this.#line.takeFirst(() => true); waiter !== null; waiter = this.#line.takeFirst(() => true)) {
      waiter.answer(this.#refusal(failure('PoolClosed', 'CONNECT', 'the pool was closed')));
    }
    for (let session = this.#idle.takeOldest(); session !== null; session = this.#idle.takeOldest()) session.quit();
    const cancel = this.#options.clock.after(graceMs, () => {
      for (const session of [...this.#sessions.keys()]) session.destroy();
      this.#sockets.destroyAll();
    });
    if (this.#slots.total > 0) await new Promise<void>((resolve) => (this.#whenDrained = resolve));
    await this.#sockets.whenEmpty();
    cancel();
  }

  /** Serves whoever can be served, oldest first. Called after anything that frees or adds a session. */
  #serve(): void {
    // Leaving a spent session below frees its slot, which must go to the waiter at hand and not to the next.
    if (this.#serving) return;
    this.#serving = true;
    for (let waiter = this.#nextWaiter(); waiter !== null; waiter = this.#nextWaiter()) {
      const session = this.tryAcquire(waiter.target);
      if (session !== null) {
        waiter.answer({ ok: true, session });
        continue;
      }
      // An idle session of another target makes room.
      if (this.#slots.full) this.#idle.takeOldest()?.quit();
      void this.#connectFor(waiter);
    }
    this.#serving = false;
  }

  #nextWaiter(): Waiter | null {
    return this.#closed ? null : this.#line.takeFirst((waiter) => this.#canServe(waiter));
  }

  #canServe(waiter: Waiter): boolean {
    if (this.#idle.has(waiter.key)) return true;
    if (this.#slots.of(waiter.key) >= this.#limitOf(waiter.target)) return false;
    return !this.#slots.full || this.#idle.size > 0;
  }

  #limitOf(target: SmtpTarget): number {
    const limit = this.#options.settings.maxConnectionsPerDestination;
    return Math.max(1, Math.min(limit, this.#options.perTargetLimit?.(target) ?? limit));
  }

  /** Opens a session for the waiter that has left the line; its failure is that waiter's answer. */
  async #connectFor(waiter: Waiter): Promise<void> {
    const { key, target } = waiter;
    this.#slots.take(key);
    const opened = await this.#connect(target);
    if (!opened.ok) {
      this.#giveSlot(key);
      waiter.answer({ ok: false, failure: opened.failure });
      return;
    }
    const session = new Session(opened.link, this.#sessionOptions(key, target));
    this.#sessions.set(session, key);
    if (!opened.link.open) session.destroy();
    if (this.#closed) {
      session.quit();
      waiter.answer(this.#refusal(failure('PoolClosed', 'CONNECT', 'the pool was closed')));
    } else if (session.usable) {
      waiter.answer({ ok: true, session });
    } else {
      // Greeting alone used its budget up, or it ended at once: nothing can be asked here.
      session.quit();
      waiter.answer(this.#refusal(failure('SessionClosed', 'EHLO', 'nothing is left of the session after its greeting')));
    }
  }

  async #connect(target: SmtpTarget): Promise<LinkResult> {
    this.#counters.connects += 1;
    const opened = await connectLink(this.#context, target, this.#aborter.signal);
    if (opened.ok) this.#counters.greeted += 1;
    else this.#counters.countFailure(opened.failure);
    return opened;
  }

  async #reopen(reason: ReopenReason, target: SmtpTarget): Promise<LinkResult> {
    if (reason === 'tls_demanded') {
      // It was tried before and does not work: another connection would only be refused again.
      if (this.#memory.of(target).tlsBroken) return { ok: false, failure: failure('SessionRefused', 'STARTTLS', 'TLS is demanded and does not work') };
      this.#memory.learn(target, { demandsTls: true });
    }
    return this.#connect(target);
  }

  #sessionOptions(key: string, target: SmtpTarget): ConstructorParameters<typeof Session>[1] {
    const { settings, identity, clock } = this.#options;
    return {
      target,
      clock,
      limits: narrowed(settings, this.#options.sessionLimits?.(target) ?? {}),
      commandTimeoutMs: settings.commandTimeoutMs,
      nullReversePath: identity.mailFrom === '',
      oneByOne: this.#memory.of(target).oneByOne,
      reopen: async (reason: ReopenReason) => this.#reopen(reason, target),
      onEnd: (session, failed) => {
        if (failed !== null) this.#counters.countFailure(failed);
        // Verdicts rule 6: out of step while pipelined, then one command at a time.
        if (failed?.code === 'ProtocolError' && session.pipelining) this.distrustPipelining(target);
        this.#idle.remove(session);
        if (this.#sessions.delete(session)) this.#giveSlot(key);
      },
    };
  }

  #giveSlot(key: string): void {
    this.#slots.give(key);
    if (this.#slots.total === 0) this.#whenDrained?.();
    this.#serve();
  }

  #refusal(failed: SmtpFailure): AcquireResult {
    this.#counters.countFailure(failed);
    return { ok: false, failure: failed };
  }
}

function narrowed(settings: Settings['smtp'], rule: Partial<SessionLimits>): SessionLimits {
  const least = (name: keyof SessionLimits): number => Math.min(settings[name], rule[name] ?? settings[name]);
  return {
    errorBudget: least('errorBudget'),
    maxRecipientsPerTransaction: least('maxRecipientsPerTransaction'),
    maxTransactionsPerSession: least('maxTransactionsPerSession'),
    maxRecipientsPerSession: least('maxRecipientsPerSession'),
    maxSessionMs: least('maxSessionMs'),
    maxFlight: least('maxFlight'),
  };
}
