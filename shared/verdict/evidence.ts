// Evidence: what was asked, what was answered, by whom and when. Every verdict that came over the wire carries it.
// Plain data: it is stored as JSON and crosses threads and IPC.

/** The SMTP command that a reply answers (RFC 5321); CONNECT is the greeting. */
export const SMTP_STAGES = ['CONNECT', 'EHLO', 'HELO', 'STARTTLS', 'MAIL', 'RCPT', 'DATA', 'RSET', 'QUIT'] as const;
export type SmtpStage = (typeof SMTP_STAGES)[number];

/** A complete, well-formed SMTP reply. */
export interface SmtpReply {
  /** 200-599 (RFC 5321 4.2.1). */
  readonly code: number;
  /** Enhanced status code, e.g. `5.1.1` (RFC 3463), or null. Null too where its class contradicts the code's. */
  readonly enhanced: string | null;
  /** Text of all lines joined by a space, without code and enhanced code; control and 8-bit bytes escaped as `\xNN`
   *  (UTF-8 text kept as it is where it is valid). At most 64 KiB. */
  readonly text: string;
}

/** Whether TLS was used: `unverified` is an expired, self-signed or wrong-name certificate. */
export type TlsState = 'none' | 'unverified' | 'verified';

export interface Evidence {
  readonly stage: SmtpStage | 'DNS' | 'LOCAL';
  /** Null where there was no reply (time-out, reset, DNS). */
  readonly code: number | null;
  readonly enhanced: string | null;
  readonly text: string;
  readonly mxHost: string | null;
  readonly ip: string | null;
  readonly tls: TlsState | null;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** 1 for the first time that this address was asked. */
  readonly attempt: number;
}

/** Whether the domain accepts recipients that cannot exist. `not_run`: not asked yet. */
export type CatchAll = 'not_run' | 'accepted' | 'refused' | 'inconclusive';

/** The answer to a domain's random recipient, kept with the domain for the whole job: later verdicts are read against it. */
export interface RandomFact extends SmtpReply {
  /** The local part that was asked about; null where it is not known. */
  readonly local: string | null;
  /** The MX host and IP address that answered. */
  readonly mxHost: string;
  readonly ip: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** How much an attempt heard about an address, the least first: nothing (a time-out, DNS), the server's words about the
 *  session, a reply to this very RCPT. */
export const HEARD = ['nothing', 'session', 'recipient'] as const;
export type Heard = (typeof HEARD)[number];
