// One flight's replies, matched to its commands in order. Pure: replies in, the flight's result out.
// The rules of a session out of step live here: what was answered in step stands, the rest has no verdict, and where
// there were more replies than commands nobody knows which was whose, so that nothing stands (faults rows 17-21).
import type { SmtpReply } from '../../../shared/verdict/evidence.ts';
import { failure } from './failure.ts';
import { MAIL_STEP, RSET_STEP, type FlightPlan } from './plan-flight.ts';
import type { RawReply } from './raw-reply.ts';
import type { FlightResult, SmtpFailure, SmtpFailureCode } from './types.ts';

export class Flight {
  readonly #steps: FlightPlan['steps'];
  readonly #replies: (SmtpReply | null)[];
  #mail: SmtpReply | null = null;
  #answered = 0;

  constructor({ steps, recipients }: FlightPlan) {
    this.#steps = steps;
    this.#replies = new Array<SmtpReply | null>(recipients.length).fill(null);
  }

  /** How many of its commands are answered. */
  get answered(): number {
    return this.#answered;
  }

  /** True once every command is answered. */
  get complete(): boolean {
    return this.#answered === this.#steps.length;
  }

  /** The command that waits for its reply; the last one where none does. */
  get stage(): 'RSET' | 'MAIL' | 'RCPT' {
    return verbOf(this.#steps[Math.min(this.#answered, this.#steps.length - 1)] ?? MAIL_STEP);
  }

  /**
   * The next reply, where `sent` commands were written so far.
   * The failure that ends the session with it, or null: go on.
   */
  answer(raw: RawReply, sent: number): SmtpFailure | null {
    const { code } = raw;
    if (code === 421) {
      // RFC 5321 3.8: may be said at any time, also in no answer to anything.
      return failure('SessionClosed', this.stage, 'the server ended the session', raw.reply);
    }
    const step = this.#steps[this.#answered];
    if (step === undefined || this.#answered >= sent) return this.#void();
    // 220 greets, 221 says farewell and 3yz asks for more: no answer to any command of ours.
    if (code === 220 || code === 221 || (code >= 300 && code < 400)) {
      return failure('ProtocolError', verbOf(step), 'a reply that answers no such command');
    }
    if (step >= 0) {
      this.#replies[step] = raw.reply;
      this.#answered += 1;
      return null;
    }
    if (step === MAIL_STEP) this.#mail = raw.reply;
    // About us, not about any recipient (verdicts rule 1): the session is of no more use.
    if (code >= 400) return failure('SessionClosed', verbOf(step), `${verbOf(step)} was refused`, raw.reply);
    this.#answered += 1;
    return null;
  }

  /** The failure of a session that ends while this flight waits for a reply, or for the end of one too many. */
  endedBy(code: SmtpFailureCode, detail: string): SmtpFailure {
    if (this.complete) return this.#void();
    return failure(code, this.stage, detail);
  }

  result(failed: SmtpFailure | null): FlightResult {
    return { mail: this.#mail, replies: this.#replies, failure: failed };
  }

  #void(): SmtpFailure {
    this.#replies.fill(null);
    return failure('ProtocolError', this.stage, 'more replies than commands');
  }
}

function verbOf(step: number): 'RSET' | 'MAIL' | 'RCPT' {
  return step >= 0 ? 'RCPT' : step === RSET_STEP ? 'RSET' : 'MAIL';
}
