// The SMTP pool over the network, as the engine uses it: the mechanics (session-pool.ts) with sessions from real
// connections (session-opener.ts). Puts the two together and decides nothing itself.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import { NO_POOL_OBSERVER, type PoolObserver } from '../metrics/observers.ts';
import { PoolCounters, type SmtpPoolStats } from './pool-stats.ts';
import { NetworkOpener, type RuledLimits } from './session-opener.ts';
import { SessionPool } from './session-pool.ts';
import type { SmtpFailure, SmtpPool, SmtpSession, SmtpTarget } from './types.ts';

export interface SmtpPoolOptions {
  readonly settings: Settings['smtp'];
  readonly identity: Settings['identity'];
  readonly clock: Clock;
  /** The run's target policy: whether that IP may be dialled. Asked right before each dial. */
  readonly isAllowed: (ip: string) => boolean;
  /** Fewer connections than `maxConnectionsPerDestination` for this target; more is never allowed. */
  readonly perTargetLimit?: (target: SmtpTarget) => number;
  /** Narrower bounds for the sessions of this target (a provider's rule); wider ones are never allowed. */
  readonly sessionLimits?: (target: SmtpTarget) => RuledLimits;
  /** What metrics call this target: a provider's id or `other`, never a host. */
  readonly groupOf?: (target: SmtpTarget) => string;
  readonly observer?: PoolObserver;
  /** [0, 1), for jitter. */
  readonly random?: () => number;
}

/** What `createSmtpPool` gives beyond the contract. */
export interface EngineSmtpPool extends SmtpPool {
  /** Acquires, works and gives the session back, also where `work` throws. */
  withConnection<T>(
    target: SmtpTarget,
    work: (session: SmtpSession) => Promise<T>,
    options?: { readonly deadlineMs?: number },
  ): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: SmtpFailure }>;
  /** No new work from now on. Those who wait are still served; resolves when the last session is given back and left. */
  drain(): Promise<void>;
  stats(): SmtpPoolStats;
  /** Sessions to this target that are opened from now on send one command at a time (faults row 19). */
  distrustPipelining(target: SmtpTarget): void;
}

export function createSmtpPool(options: SmtpPoolOptions): EngineSmtpPool {
  return new NetworkPool(options);
}

class NetworkPool extends SessionPool implements EngineSmtpPool {
  readonly #opener: NetworkOpener;

  constructor(options: SmtpPoolOptions) {
    const { settings, clock, identity, isAllowed, observer = NO_POOL_OBSERVER, groupOf = () => 'other', random = Math.random } = options;
    const { sessionLimits = () => ({}), perTargetLimit } = options;
    const counters = new PoolCounters();
    const opener = new NetworkOpener({ settings, identity, clock, isAllowed, sessionLimits, groupOf, counters, observer });
    super({ settings, clock, opener, counters, observer, groupOf, random, ...(perTargetLimit === undefined ? {} : { perTargetLimit }) });
    this.#opener = opener;
  }

  distrustPipelining(target: SmtpTarget): void {
    this.#opener.distrustPipelining(target);
  }
}
