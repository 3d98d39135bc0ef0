// One flight's replies, matched to its commands in order. Pure: replies in, the flight's result out.
// The rules of a session out of step live here: what was answered in step stands, the rest has no verdict, and where
// there were more replies than commands nobody knows which was whose, so that nothing stands (faults rows 17-21).
import { makeReply } from '../../../shared/verdict/reply.ts';
import type { SmtpReply } from '../../../shared/verdict/evidence.ts';
import { failure } from './failure.ts';
import type { FlightPlan } from './plan-flight.ts';
import type { RawReply } from './reply-parser.ts';
import type { FlightResult, SmtpFailure, SmtpFailureCode } from './types.ts';

export class Flight {
  readonly #steps: FlightPlan['steps'];
  readonly #replies: (SmtpReply | null)[];
  #mail: SmtpReply | null = null;
  #answered = 0;
  #last: { raw: RawReply; reply: SmtpReply } | null = null;

  constructor(plan: FlightPlan, recipients: number) {
    this.#steps = plan.steps;
    this.#replies = new Array<SmtpReply | null>(recipients).fill(null);
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
    return (this.#steps[this.#answered] ?? this.#steps.at(-1))?.verb ?? 'MAIL';
  }

  /**
   * The next reply, where `sent` commands were written so far.
   * The failure that ends the session with it, or null: go on.
   */
  answer(raw: RawReply, sent: number): SmtpFailure | null {
    const step = this.#steps[this.#answered];
    if (raw.code === 421) {
      // RFC 5321 3.8: may be said at any time, also in no answer to anything.
      return failure('SessionClosed', this.stage, 'the server ended the session', this.#make(raw));
    }
    if (step === undefined || this.#answered >= sent) {
      return this.#void();
    }
    const { code } = raw;
    // 220 greets, 221 says farewell and 3yz asks for more: no answer to any command of ours.
    if (code === 220 || code === 221 || (code >= 300 && code < 400)) {
      return failure('ProtocolError', step.verb, 'a reply that answers no such command');
    }
    const reply = this.#make(raw);
    if (step.verb === 'RCPT') {
      this.#replies[step.index] = reply;
      this.#answered += 1;
      return null;
    }
    if (step.verb === 'MAIL') this.#mail = reply;
    // About us, not about any recipient (verdicts rule 1): the session is of no more use.
    if (code >= 400) return failure('SessionClosed', step.verb, `${step.verb} was refused`, reply);
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

  /** Most replies of a flight are the same text: made once. */
  #make(raw: RawReply): SmtpReply {
    const last = this.#last;
    if (last !== null && raw.lines.length === 1 && last.raw.lines.length === 1 && last.raw.code === raw.code && last.raw.lines[0] === raw.lines[0]) {
      return last.reply;
    }
    const reply = makeReply(raw.code, raw.lines);
    this.#last = { raw, reply };
    return reply;
  }
}
