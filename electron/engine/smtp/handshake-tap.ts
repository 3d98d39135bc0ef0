// Reads along while nodemailer greets, and judges every reply before nodemailer sees it: the stage, the bounds and
// the form of replies, and that the server never speaks out of turn (nodemailer is lenient in all of these).
// Pure: bytes in, what they mean out. It writes nothing and decides nothing about the socket.
import { formatReply } from '../../../shared/verdict/reply.ts';
import { NO_CAPABILITIES, offersStartTls, readCapabilities, type Capabilities } from './capabilities.ts';
import { failure } from './failure.ts';
import type { RawReply } from './raw-reply.ts';
import { ReplyParser } from './reply-parser.ts';
import type { SmtpFailure } from './types.ts';

/** TLS: the server agreed to STARTTLS, the TLS handshake is on. READY: greeted, nothing is outstanding. */
export type HandshakeStage = 'CONNECT' | 'EHLO' | 'HELO' | 'STARTTLS' | 'TLS' | 'READY';

export class HandshakeTap {
  readonly #useTls: boolean;
  #parser = new ReplyParser();
  #stage: HandshakeStage = 'CONNECT';
  #secure = false;
  #capabilities = NO_CAPABILITIES;
  #ehloRefusal: RawReply | null = null;
  #starttlsRefused = false;
  #greeting = '';

  /** `useTls`: STARTTLS is sent where it is offered. */
  constructor(useTls: boolean) {
    this.#useTls = useTls;
  }

  get stage(): HandshakeStage {
    return this.#stage;
  }

  /** Of the last EHLO reply; TLS forgets what was offered before it (RFC 3207 4.2). */
  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  /** True where STARTTLS was offered, asked for and refused: the session goes on in plain text (faults row 36). */
  get starttlsRefused(): boolean {
    return this.#starttlsRefused;
  }

  /** The words of the 220; '' before it. */
  get greeting(): string {
    return this.#greeting;
  }

  /** 4yz and 5yz given so far: some servers count them in their error limit. */
  get errors(): number {
    return (this.#ehloRefusal === null ? 0 : 1) + (this.#starttlsRefused ? 1 : 0);
  }

  /** Bytes of the server; why the session is over, or null. `stage` may have moved. */
  push(chunk: Uint8Array): SmtpFailure | null {
    const replies = this.#parser.push(chunk);
    const [first, second] = replies;
    if (first !== undefined) {
      const refused = this.#reply(first);
      if (refused !== null) return refused;
      if (second !== undefined) return this.#outOfTurn(second);
    }
    if (this.#parser.failure !== null) return this.#protocolError(this.#parser.failure);
    // Each command is sent only after the reply before it was read, so nothing may follow a reply in its chunk.
    if (first !== undefined && this.#parser.midReply) return this.#protocolError('the server spoke out of turn');
    return null;
  }

  /** The TLS handshake is done: nodemailer sends EHLO again, and what was said in plain text counts no more. */
  secured(): void {
    this.#secure = true;
    this.#capabilities = NO_CAPABILITIES;
    this.#parser = new ReplyParser();
    this.#stage = 'EHLO';
  }

  /** What a connection that ended now failed with, where the server's own words are better than "closed". */
  endedBy(): SmtpFailure | null {
    const refusal = this.#ehloRefusal;
    if (this.#stage !== 'HELO' || refusal === null) return null;
    return failure('SessionRefused', 'EHLO', 'EHLO was refused', refusal.reply);
  }

  #reply(reply: RawReply): SmtpFailure | null {
    const ok = reply.code < 300;
    switch (this.#stage) {
      case 'CONNECT':
        if (reply.code === 220) {
          this.#stage = 'EHLO';
          this.#greeting = formatReply(reply.reply);
        } else if (reply.code >= 400) return this.#refused('CONNECT', 'the greeting refused the session', reply);
        else return this.#protocolError('a greeting that is not 220');
        return null;
      case 'EHLO':
        if (ok) {
          this.#capabilities = readCapabilities(reply);
          this.#stage = this.#useTls && !this.#secure && offersStartTls(reply) ? 'STARTTLS' : 'READY';
        } else if (reply.code === 421) {
          return this.#refused('EHLO', 'EHLO was refused', reply);
        } else {
          // RFC 5321 3.2: a server that does not know EHLO (500, 502) is asked with HELO; nodemailer does so for all.
          this.#ehloRefusal = reply;
          this.#stage = 'HELO';
        }
        return null;
      case 'HELO':
        if (!ok) return this.#refused('HELO', 'HELO was refused', reply);
        this.#stage = 'READY';
        return null;
      case 'STARTTLS':
        if (reply.code === 421) return this.#refused('STARTTLS', 'STARTTLS ended the session', reply);
        if (ok) this.#stage = 'TLS';
        else {
          this.#starttlsRefused = true;
          this.#stage = 'READY';
        }
        return null;
      case 'TLS':
      case 'READY':
        return this.#outOfTurn(reply);
    }
  }

  #outOfTurn(reply: RawReply): SmtpFailure {
    // RFC 5321 3.8: 421 may be said at any time.
    if (reply.code === 421) return this.#refused(this.#smtpStage(), 'the server ended the session', reply);
    if (this.#stage === 'TLS') return this.#protocolError('bytes after the 220 to STARTTLS: response injection');
    return this.#protocolError('the server spoke out of turn');
  }

  #protocolError(detail: string): SmtpFailure {
    // Plain text behind the 220 to STARTTLS is what response injection looks like (CVE-2011-0411): faults row 37.
    return failure('ProtocolError', this.#smtpStage(), this.#stage === 'TLS' ? 'bytes after the 220 to STARTTLS: response injection' : detail);
  }

  #refused(stage: 'CONNECT' | 'EHLO' | 'HELO' | 'STARTTLS', detail: string, reply: RawReply): SmtpFailure {
    return failure('SessionRefused', stage, detail, reply.reply);
  }

  #smtpStage(): 'CONNECT' | 'EHLO' | 'HELO' | 'STARTTLS' {
    if (this.#stage === 'TLS') return 'STARTTLS';
    return this.#stage === 'READY' ? 'EHLO' : this.#stage;
  }
}
