// The nouns of the SMTP stage. Whatever a server or the network does is data here, never a thrown error.
import type { SmtpReply, SmtpStage, TlsState } from '../../../shared/verdict/evidence.ts';

/** Where a session goes. The IP was resolved and checked before; it is checked again when it is dialled. */
export interface SmtpTarget {
  readonly ip: string;
  readonly port: number;
  /** The MX host's name, for evidence and SNI. */
  readonly mxHost: string;
}

export type SmtpFailureCode =
  /** TCP connect or proxy failed: refused, unreachable, reset before the greeting. */
  | 'ConnectFailed'
  | 'ConnectTimeout'
  /** The IP is reserved under this run's target policy; nothing was dialled. */
  | 'BlockedTarget'
  /** Greeting, EHLO/HELO or STARTTLS was refused; `reply` says how. */
  | 'SessionRefused'
  /** No complete reply by the deadline. */
  | 'Timeout'
  /** Closed or reset by the peer. */
  | 'Dropped'
  /** Not SMTP, over the bounds, or out of step. */
  | 'ProtocolError'
  /** The session said 421, or refused MAIL or RSET: it is over, and `reply` says why. */
  | 'SessionClosed'
  /** This machine could not open a socket (EMFILE, ENFILE, ENOBUFS …): nothing is known of the host. */
  | 'LocalFailure'
  /** An unused session did not answer RSET; it was left and replaced. */
  | 'HealthCheckFailed'
  /** The host failed too often and is left alone for a while; nothing was dialled. `cause` says what opened the breaker. */
  | 'BreakerOpen'
  /** No session was free by the caller's deadline. */
  | 'PoolExhausted'
  /** The pool is closed, or drains and takes no new work. */
  | 'PoolClosed';

export interface SmtpFailure {
  readonly code: SmtpFailureCode;
  readonly stage: SmtpStage;
  /** The server's reply where one was given. */
  readonly reply: SmtpReply | null;
  /** Plain words for evidence and the log; never an address. */
  readonly detail: string;
  /** Only with `BreakerOpen`: the last failure of the host before it was left alone; stage and reply are its. */
  readonly cause?: SmtpFailure;
}

export interface FlightRequest {
  /** Reverse-path without angle brackets; '' is the null reverse-path. */
  readonly from: string;
  /** Addresses without angle brackets, in the order in which they are asked. */
  readonly recipients: readonly string[];
  /** True: RSET (if needed) and a new MAIL before these recipients; needed when the domain changes. */
  readonly newTransaction: boolean;
  /** Ascending indices > 0 of `recipients` at which another transaction begins within the same flight, so that one flight
   *  can carry several small domains. Not more transactions in all than `transactionsLeft`. */
  readonly breaks?: readonly number[];
  /** True: one command at a time, also where PIPELINING is offered, because answers in order are in doubt. */
  readonly oneByOne?: boolean;
}

export interface FlightResult {
  /** Reply to MAIL if this flight held one; the last one, or the refusal, where it held several. */
  readonly mail: SmtpReply | null;
  /** One for each recipient, in order; null where no reply was given in step: no verdict, ask again. */
  readonly replies: readonly (SmtpReply | null)[];
  /** Null if every command was answered in step. Otherwise the session is over (its `usable` is false). */
  readonly failure: SmtpFailure | null;
}

export interface SmtpSession {
  readonly target: SmtpTarget;
  readonly tls: TlsState;
  readonly pipelining: boolean;
  readonly smtputf8: boolean;
  /** The words of its greeting, the code in front; for noticing one that answers for everybody. */
  readonly greeting?: string;
  /** False once the error budget, the session bounds or the session itself are spent. */
  readonly usable: boolean;
  /** True once it is over or its budget is used up, whatever its age. Reads no clock: the pool asks at every release. */
  readonly spent: boolean;
  /** Refused recipients and other 5yz so far. */
  readonly errors: number;
  /** Recipients asked so far, over all of its connections. */
  readonly recipients: number;
  /** Monotonic milliseconds at which its connection was greeted. */
  readonly openedAtMs: number;
  /** The most recipients that the next flight may hold without risking more than the error budget; 0 if not usable. */
  readonly maxFlight: number;
  /** How many more transactions it may open. */
  readonly transactionsLeft: number;
  /** Recipients that one of its transactions may hold: 1 with the null reverse-path, or by a provider's rule. */
  readonly recipientsPerTransaction: number;
  /** One flight at a time; throws if another is under way or a recipient holds a control character. */
  flight(request: FlightRequest): Promise<FlightResult>;
  /** Whether the replies of the last flight were all that came: waits `waitMs` for one more, where the host has not been
   *  seen to be in step before. False: there was one, the session is over, and nobody knows which was whose (faults row 18).
   *  Absent where there is nothing to wait for. */
  keptStep?(waitMs: number): Promise<boolean>;
  /** RSET, counted in the session's bound of transactions. True if it was answered 2yz in step and in time; otherwise the
   *  session is over (`HealthCheckFailed`). False at once where the session is not usable. Throws if a flight is under way. */
  check(): Promise<boolean>;
  /** QUIT without waiting for the answer. */
  quit(): void;
  /** Closes the socket at once. */
  destroy(): void;
}

export type AcquireResult =
  | { readonly ok: true; readonly session: SmtpSession }
  | { readonly ok: false; readonly failure: SmtpFailure };

export interface AcquireOptions {
  readonly deadlineMs?: number;
  /** Gives up the connection that is being opened for this caller: he is answered `PoolClosed`, which says nothing of the
   *  host. Of no effect once he is answered. */
  readonly signal?: AbortSignal;
}

export interface SmtpPool {
  /** An idle usable session to that IP, or null. */
  tryAcquire(target: SmtpTarget): SmtpSession | null;
  /** An idle session, a new one, or a place in the queue (in order) until `deadlineMs` from now. */
  acquire(target: SmtpTarget, options?: AcquireOptions): Promise<AcquireResult>;
  /** Gives a session back; one that is not usable any more is left with QUIT, and the next waiter gets a new one. */
  release(session: SmtpSession): void;
  /** Open sessions just now, in all. */
  readonly size: number;
  /** Quits idle sessions, refuses waiters with `PoolClosed`, destroys what is left after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}
