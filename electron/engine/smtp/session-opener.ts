// Where the pool's sessions come from: a greeted connection (connect-link) with a session on it, within the narrowest of
// the bounds that hold for its target. Owns what all connections of a pool share: what was learnt of hosts, the sockets,
// and the signal that ends every dial. Counts each dial, also those by which a session replaces its own connection.
import { setMaxListeners } from 'node:events';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import type { PoolObserver } from '../metrics/observers.ts';
import { connectLink, type ConnectContext, type LinkResult } from './connect-link.ts';
import { failure } from './failure.ts';
import { HostMemory } from './host-memory.ts';
import type { PoolCounters } from './pool-stats.ts';
import type { ReopenReason } from './reopen-reason.ts';
import { Session, type StepProof } from './session.ts';
import type { SessionLimits } from './session-budget.ts';
import { SocketRegistry } from './socket-registry.ts';
import type { AcquireResult, SmtpFailure, SmtpTarget } from './types.ts';

/** What a pool needs of the network; a test or a benchmark may give it another one. */
export interface SessionOpener {
  /** Never rejects. `signal`: ends the dial. `onEnd` is called once, when the session is over, even before this is answered; null: by us. */
  open(target: SmtpTarget, onEnd: (failed: SmtpFailure | null) => void, signal?: AbortSignal): Promise<AcquireResult>;
  /** The longest life of a session to that target, in milliseconds from its greeting. */
  lifetimeMs(target: SmtpTarget): number;
  /** Dials nothing any more; what is being dialled ends with `PoolClosed`. */
  abort(): void;
  /** Resolves when the last socket is closed. */
  whenEmpty(): Promise<void>;
  destroyAll(): void;
}

/** Narrower bounds of one target's sessions; `commandTimeoutMs`: the longest wait for a reply. */
export type RuledLimits = Partial<SessionLimits> & { readonly commandTimeoutMs?: number };

export interface NetworkOpenerOptions {
  readonly settings: Settings['smtp'];
  readonly identity: Settings['identity'];
  readonly clock: Clock;
  readonly isAllowed: (ip: string) => boolean;
  readonly sessionLimits: (target: SmtpTarget) => RuledLimits;
  readonly groupOf: (target: SmtpTarget) => string;
  readonly counters: PoolCounters;
  readonly observer: PoolObserver;
}

export class NetworkOpener implements SessionOpener {
  readonly #options: NetworkOpenerOptions;
  readonly #context: ConnectContext;
  readonly #memory = new HostMemory();
  readonly #sockets = new SocketRegistry();
  readonly #aborter = new AbortController();

  constructor(options: NetworkOpenerOptions) {
    const { settings, identity, clock, isAllowed } = options;
    this.#options = options;
    // One listener for each connection that is being opened.
    setMaxListeners(0, this.#aborter.signal);
    this.#context = { settings, heloName: identity.heloName, clock, isAllowed, memory: this.#memory, sockets: this.#sockets };
  }

  async open(target: SmtpTarget, onEnd: (failed: SmtpFailure | null) => void, signal?: AbortSignal): Promise<AcquireResult> {
    const opened = await this.#dial(target, signal);
    if (!opened.ok) return opened;
    const session = new Session(opened.link, this.#sessionOptions(target, onEnd));
    if (!opened.link.open) session.destroy();
    return { ok: true, session };
  }

  /** Sessions to this target that are opened from now on send one command at a time (faults row 19). */
  distrustPipelining(target: SmtpTarget): void {
    this.#memory.learn(target, { oneByOne: true, inStep: false });
  }

  lifetimeMs(target: SmtpTarget): number {
    return narrowed(this.#options.settings, this.#options.sessionLimits(target)).maxSessionMs;
  }

  abort(): void {
    this.#aborter.abort();
  }

  async whenEmpty(): Promise<void> {
    return this.#sockets.whenEmpty();
  }

  destroyAll(): void {
    this.#sockets.destroyAll();
  }

  async #dial(target: SmtpTarget, signal?: AbortSignal): Promise<LinkResult> {
    const { clock, counters, groupOf, observer } = this.#options;
    const startedAtMs = clock.monotonicMs();
    counters.connects += 1;
    const opened = await untilEither(this.#aborter.signal, signal, async (either) => connectLink(this.#context, target, either));
    if (opened.ok) counters.greeted += 1;
    else counters.countFailure(opened.failure);
    observer.connected(groupOf(target), clock.monotonicMs() - startedAtMs, opened.ok ? 'greeted' : opened.failure.code);
    return opened;
  }

  async #reopen(reason: ReopenReason, target: SmtpTarget): Promise<LinkResult> {
    if (reason === 'tls_demanded') {
      // It was tried before and does not work: another connection would only be refused again.
      if (this.#memory.of(target).tlsBroken) return { ok: false, failure: failure('SessionRefused', 'STARTTLS', 'TLS is demanded and does not work') };
      this.#memory.learn(target, { demandsTls: true });
    }
    return this.#dial(target);
  }

  #stepProof(target: SmtpTarget): StepProof {
    const memory = this.#memory;
    return {
      get proven() {
        return memory.of(target).inStep;
      },
      prove() {
        memory.learn(target, { inStep: true });
      },
    };
  }

  #sessionOptions(target: SmtpTarget, onEnd: (failed: SmtpFailure | null) => void): ConstructorParameters<typeof Session>[1] {
    const { settings, identity, clock, groupOf, observer } = this.#options;
    const group = groupOf(target);
    const ruled = this.#options.sessionLimits(target);
    return {
      target,
      clock,
      limits: narrowed(settings, ruled),
      commandTimeoutMs: Math.min(settings.commandTimeoutMs, ruled.commandTimeoutMs ?? settings.commandTimeoutMs),
      nullReversePath: identity.mailFrom === '',
      oneByOne: this.#memory.of(target).oneByOne,
      knownReplies: this.#memory.repliesOf(target),
      refusals: this.#memory.refusalsOf(target),
      stepProof: this.#stepProof(target),
      onFlight: (tookMs, recipients, outcome) => {
        observer.flight(group, tookMs, recipients, outcome);
      },
      reopen: async (reason: ReopenReason) => this.#reopen(reason, target),
      onEnd: (session, failed) => {
        // Verdicts rule 6: out of step while pipelined, then one command at a time.
        if (failed?.code === 'ProtocolError' && session.pipelining) this.distrustPipelining(target);
        onEnd(failed);
      },
    };
  }
}

/** Hands on a signal for both; leaves nothing behind on the pool's, which lives long. */
async function untilEither<T>(ofPool: AbortSignal, ofCaller: AbortSignal | undefined, work: (either: AbortSignal) => Promise<T>): Promise<T> {
  if (ofCaller === undefined || ofPool.aborted) return work(ofPool);
  const both = new AbortController();
  const end = (): void => {
    both.abort();
  };
  if (ofCaller.aborted) end();
  ofCaller.addEventListener('abort', end, { once: true });
  ofPool.addEventListener('abort', end, { once: true });
  try {
    return await work(both.signal);
  } finally {
    ofCaller.removeEventListener('abort', end);
    ofPool.removeEventListener('abort', end);
  }
}

function narrowed(settings: Settings['smtp'], rule: Partial<SessionLimits>): SessionLimits {
  const least = (name: keyof SessionLimits): number => Math.min(settings[name], rule[name] ?? settings[name]);
  return {
    errorBudget: least('errorBudget'),
    maxRecipientsPerTransaction: least('maxRecipientsPerTransaction'),
    maxTransactionsPerSession: least('maxTransactionsPerSession'),
    maxRecipientsPerSession: least('maxRecipientsPerSession'),
    // Politeness is the narrower bound by default (5 minutes); the connection's life is the last word.
    maxSessionMs: Math.min(least('maxSessionMs'), settings.maxLifetimeMs),
    maxFlight: least('maxFlight'),
  };
}
