// How a kind of mail server answers: what the SMTP session asks of it. A behaviour is data and pure decisions; sockets,
// order and bookkeeping are the session's. `state` lives as long as the host, `session` as long as the connection.
import type { MailboxState } from './population.ts';

/** One reply; more than one text makes it multi-line. Texts hold the enhanced code where the server gives one. */
export interface PracticeReply {
  readonly code: number;
  readonly lines: readonly string[];
  /** The server closes the connection after it. */
  readonly hangUp?: boolean;
}

export interface Recipient {
  /** As it was given, without angle brackets. */
  readonly address: string;
  readonly local: string;
  /** Lower-case. */
  readonly domain: string;
  readonly mailbox: MailboxState;
}

/** What a behaviour may know of the session it answers in. */
export interface SessionView {
  readonly mxHost: string;
  readonly clientIp: string;
  readonly from: string;
  /** Recipients of this transaction so far, refused ones included. */
  readonly recipients: readonly Recipient[];
  /** 4yz and 5yz replies so far in this session. */
  readonly errors: number;
  /** RSET commands so far, this one included. */
  readonly resets: number;
}

export interface Behaviour {
  /** The greeting: 220, or a refusal that ends the session. */
  greeting(view: SessionView): PracticeReply;
  /** EHLO keywords, e.g. PIPELINING; decides what the session enforces too. */
  readonly extensions: readonly string[];
  rcpt(recipient: Recipient, view: SessionView): PracticeReply;
  mail?(view: SessionView): PracticeReply;
  rset?(view: SessionView): PracticeReply;
  /** Milliseconds before scaling that the reply to any command waits. */
  delayMs?(view: SessionView): number;
  /** Given instead of the reply to any command once it is not null: "421 too many errors". */
  giveUp?(view: SessionView): PracticeReply | null;
}

/** What a behaviour is made with. */
export interface BehaviourContext {
  /** Milliseconds of this world, scaled: real milliseconds = `scaled(ms)`. */
  readonly scaled: (ms: number) => number;
  /** Monotonic real milliseconds. */
  readonly nowMs: () => number;
}

export function reply(code: number, ...lines: readonly string[]): PracticeReply {
  return { code, lines };
}
