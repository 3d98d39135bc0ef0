// A network of functions for tests of the pool's mechanics: each dial waits until the test says what comes of it, and
// each session ends, is spent or answers its health check when the test says so.
import { createManualClock, type ManualClock } from '../../../lab/manual-clock.ts';
import type { PoolObserver } from '../../../../electron/engine/metrics/observers.ts';
import { NO_POOL_OBSERVER } from '../../../../electron/engine/metrics/observers.ts';
import { failure } from '../../../../electron/engine/smtp/failure.ts';
import { PoolCounters } from '../../../../electron/engine/smtp/pool-stats.ts';
import type { SessionOpener } from '../../../../electron/engine/smtp/session-opener.ts';
import { SessionPool } from '../../../../electron/engine/smtp/session-pool.ts';
import type { AcquireResult, SmtpFailure, SmtpSession, SmtpTarget } from '../../../../electron/engine/smtp/types.ts';
import { settingsSchema, type SettingsInput } from '../../../../shared/settings/schema.ts';

export class FakeSession implements SmtpSession {
  readonly target: SmtpTarget;
  readonly tls = 'none';
  readonly pipelining = true;
  readonly smtputf8 = false;
  readonly openedAtMs: number;
  errors = 0;
  recipients = 0;
  /** Set by a test: its budget is used up. */
  used = false;
  /** Set by a test: its age is over. */
  tooOld = false;
  over = false;
  /** Answers the health check under way. */
  answerCheck: ((alive: boolean) => void) | null = null;
  readonly #onEnd: (failed: SmtpFailure | null) => void;

  constructor(target: SmtpTarget, openedAtMs: number, onEnd: (failed: SmtpFailure | null) => void) {
    this.target = target;
    this.openedAtMs = openedAtMs;
    this.#onEnd = onEnd;
  }

  readonly recipientsPerTransaction = 100;

  get transactionsLeft(): number {
    return this.usable ? 10 : 0;
  }

  get usable(): boolean {
    return !this.spent && !this.tooOld;
  }

  get spent(): boolean {
    return this.used || this.over;
  }

  get maxFlight(): number {
    return this.usable ? 9 : 0;
  }

  flight(): Promise<never> {
    return Promise.reject(new Error('never asked'));
  }

  check(): Promise<boolean> {
    return new Promise((resolve) => {
      this.answerCheck = (alive) => {
        this.answerCheck = null;
        if (!alive) this.die(failure('HealthCheckFailed', 'RSET', 'no answer to RSET'));
        resolve(alive);
      };
    });
  }

  quit(): void {
    this.die(null);
  }

  destroy(): void {
    this.die(null);
  }

  die(failed: SmtpFailure | null): void {
    if (this.over) return;
    this.over = true;
    this.#onEnd(failed);
  }
}

export interface Dial {
  readonly target: SmtpTarget;
  readonly succeed: () => FakeSession;
  readonly fail: (failed: SmtpFailure) => void;
}

export class FakeOpener implements SessionOpener {
  /** Dials that wait for the test. */
  readonly dials: Dial[] = [];
  readonly sessions: FakeSession[] = [];
  dialled = 0;
  /** How long a session may live from its greeting. */
  life = Number.POSITIVE_INFINITY;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  open(target: SmtpTarget, onEnd: (failed: SmtpFailure | null) => void): Promise<AcquireResult> {
    this.dialled += 1;
    return new Promise((resolve) => {
      const settle = (result: AcquireResult): void => {
        this.dials.splice(this.dials.indexOf(dial), 1);
        resolve(result);
      };
      const dial: Dial = {
        target,
        succeed: () => {
          const session = new FakeSession(target, this.#clock.monotonicMs(), onEnd);
          this.sessions.push(session);
          settle({ ok: true, session });
          return session;
        },
        fail: (failed) => { settle({ ok: false, failure: failed }); },
      };
      this.dials.push(dial);
    });
  }

  /** Sessions that are open, as the network sees them. */
  get stillOpen(): number {
    return this.sessions.filter(({ over }) => !over).length;
  }

  lifetimeMs(): number {
    return this.life;
  }

  abort(): void {
    for (const dial of [...this.dials]) dial.fail(failure('PoolClosed', 'CONNECT', 'the pool was closed'));
  }

  whenEmpty(): Promise<void> {
    return Promise.resolve();
  }

  destroyAll(): void {
    this.abort();
  }
}

export interface PoolBench {
  readonly clock: ManualClock;
  readonly opener: FakeOpener;
  readonly pool: SessionPool;
  readonly counters: PoolCounters;
  /** Answers the oldest dial with a session, and lets everybody hear of it. */
  readonly connect: () => Promise<FakeSession>;
  readonly refuse: (failed?: SmtpFailure) => Promise<void>;
}

export interface BenchOptions {
  readonly observer?: Partial<PoolObserver>;
  readonly groupOf?: (target: SmtpTarget) => string;
  readonly random?: () => number;
  readonly perTargetLimit?: (target: SmtpTarget) => number;
}

/** `random` is 1 by default (almost): waits with jitter are as long as they can be. */
export function openBench(smtp: NonNullable<SettingsInput['smtp']> = {}, options: BenchOptions = {}): PoolBench {
  const clock = createManualClock();
  const opener = new FakeOpener(clock);
  const counters = new PoolCounters();
  const { smtp: settings } = settingsSchema.parse({ smtp });
  const pool = new SessionPool({
    settings,
    clock,
    opener,
    counters,
    observer: { ...NO_POOL_OBSERVER, ...options.observer },
    groupOf: options.groupOf ?? (() => 'other'),
    random: options.random ?? (() => 1),
    ...(options.perTargetLimit === undefined ? {} : { perTargetLimit: options.perTargetLimit }),
  });
  const nextDial = (): Dial => {
    const [dial] = opener.dials;
    if (dial === undefined) throw new Error('Nothing is being dialled');
    return dial;
  };
  return {
    clock,
    opener,
    pool,
    counters,
    connect: async () => {
      const session = nextDial().succeed();
      await settled();
      return session;
    },
    refuse: async (failed = NO_GREETING) => {
      nextDial().fail(failed);
      await settled();
    },
  };
}

export const NO_GREETING = failure('ConnectFailed', 'CONNECT', 'no greeting: ECONNRESET');
export const TIMED_OUT = failure('ConnectTimeout', 'CONNECT', 'no TCP connection in time');

/** Everything that promises had to say is said. */
export async function settled(): Promise<void> {
  await new Promise(setImmediate);
}

export function fakeOf(session: SmtpSession): FakeSession {
  if (session instanceof FakeSession) return session;
  throw new Error('Not one of ours');
}

export const at = (ip: string): SmtpTarget => ({ ip, port: 25, mxHost: 'mx.test' });

/** What came of it: the session, the failure's code, or null where it is still waited for. */
export function watch(pending: Promise<AcquireResult>): { readonly session: FakeSession | null; readonly code: string | null; readonly failure: SmtpFailure | null } {
  const seen: { session: FakeSession | null; code: string | null; failure: SmtpFailure | null } = { session: null, code: null, failure: null };
  void pending.then((result) => {
    if (result.ok) seen.session = fakeOf(result.session);
    else {
      seen.code = result.failure.code;
      seen.failure = result.failure;
    }
  });
  return seen;
}
