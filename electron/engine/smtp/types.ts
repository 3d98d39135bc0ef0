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
  | 'PoolExhausted'
  | 'PoolClosed';

export interface SmtpFailure {
  readonly code: SmtpFailureCode;
  readonly stage: SmtpStage;
  /** The server's reply where one was given. */
  readonly reply: SmtpReply | null;
  /** Plain words for evidence and the log; never an address. */
  readonly detail: string;
}

export interface FlightRequest {
  /** Reverse-path without angle brackets; '' is the null reverse-path. */
  readonly from: string;
  /** Addresses without angle brackets, in the order in which they are asked. */
  readonly recipients: readonly string[];
  /** True: RSET (if needed) and a new MAIL before these recipients; needed when the domain changes. */
  readonly newTransaction: boolean;
}

export interface FlightResult {
  /** Reply to MAIL if this flight held one. */
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
  /** False once the error budget, the session bounds or the session itself are spent. */
  readonly usable: boolean;
  /** Refused recipients and other 5yz so far. */
  readonly errors: number;
  /** The most recipients that the next flight may hold without risking more than the error budget; 0 if not usable. */
  readonly maxFlight: number;
  /** One flight at a time; throws if another is under way or a recipient holds a control character. */
  flight(request: FlightRequest): Promise<FlightResult>;
  /** QUIT without waiting for the answer. */
  quit(): void;
  /** Closes the socket at once. */
  destroy(): void;
}

export type AcquireResult =
  | { readonly ok: true; readonly session: SmtpSession }
  | { readonly ok: false; readonly failure: SmtpFailure };

export interface SmtpPool {
  /** An idle usable session to that IP, or null. */
  tryAcquire(target: SmtpTarget): SmtpSession | null;
  /** An idle session, a new one, or a place in the queue (in order) until `deadlineMs` from now. */
  acquire(target: SmtpTarget, options?: { readonly deadlineMs?: number }): Promise<AcquireResult>;
  /** Gives a session back; one that is not usable any more is left with QUIT, and the next waiter gets a new one. */
  release(session: SmtpSession): void;
  /** Open sessions just now, in all. */
  readonly size: number;
  /** Quits idle sessions, refuses waiters with `PoolClosed`, destroys what is left after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}
