// One greeted connection at work: one flight at a time, written and read back within its deadline, on its own budget.
// A flight is one write where the server may be sent one (RFC 2920) and one command at a time where not.
// Whatever the server does is data. It ends once; it is never replaced here (session.ts does that).
import type { Clock } from '../clock.ts';
import { toLines } from './commands.ts';
import { Deadline } from './deadline.ts';
import { failure } from './failure.ts';
import { Flight } from './flight.ts';
import type { KnownReplies } from './known-replies.ts';
import type { Link } from './link.ts';
import { commandAt, wholeFlight, type FlightPlan, type OpenTransaction } from './plan-flight.ts';
import type { RawReply } from './raw-reply.ts';
import { ReplyParser } from './reply-parser.ts';
import type { SessionBudget } from './session-budget.ts';
import type { FlightResult, SmtpFailure } from './types.ts';

export interface ConversationOptions {
  readonly clock: Clock;
  readonly budget: SessionBudget;
  readonly knownReplies: KnownReplies;
  /** Whether a whole flight may be written at once. */
  readonly pipelining: boolean;
  readonly commandTimeoutMs: number;
  /** The server ended it, or spoke, while nothing was asked. */
  readonly onEnd: (failed: SmtpFailure) => void;
}

interface RunningFlight {
  readonly plan: FlightPlan;
  readonly flight: Flight;
  readonly atOnce: boolean;
  readonly resolve: (result: FlightResult) => void;
  sent: number;
}

export class Conversation {
  readonly link: Link;
  readonly budget: SessionBudget;
  readonly pipelining: boolean;
  readonly #options: ConversationOptions;
  readonly #parser: ReplyParser;
  readonly #deadline: Deadline;
  #running: RunningFlight | null = null;
  #transaction: OpenTransaction | null = null;
  #flights = 0;

  constructor(link: Link, options: ConversationOptions) {
    this.link = link;
    this.budget = options.budget;
    this.pipelining = options.pipelining;
    this.#options = options;
    this.#parser = new ReplyParser(options.knownReplies);
    this.#deadline = new Deadline(options.clock, () => {
      this.#fail('Timeout', 'no complete reply in time');
    });
    link.listen({ onData: this.#onData, onEnd: this.#onLinkEnd });
  }

  /** What is open after the flights so far. */
  get transaction(): OpenTransaction | null {
    return this.#transaction;
  }

  /** Whether the start of a reply has come that nothing was asked for. */
  get isSpokenTo(): boolean {
    return this.#running === null && this.#parser.midReply;
  }

  /** Flights that were answered to their end. */
  get flights(): number {
    return this.#flights;
  }

  /** Asks and counts the plan. Never rejects. Where the result has a failure, the connection is closed.
   *  `oneByOne`: although it may be pipelined. */
  async run(plan: FlightPlan, oneByOne = false): Promise<FlightResult> {
    const flight = new Flight(plan);
    if (!this.link.open) return flight.result(flight.endedBy('Dropped', 'the session was over before'));
    if (this.#parser.midReply) {
      this.link.destroy();
      return flight.result(flight.endedBy('ProtocolError', 'the server spoke out of turn'));
    }
    this.budget.countFlight(plan.transactions, plan.recipients.length);
    this.#transaction = plan.open;
    return new Promise((resolve) => {
      const running: RunningFlight = { plan, flight, resolve, sent: 0, atOnce: this.pipelining && !oneByOne };
      this.#running = running;
      this.#send(running);
    });
  }

  /** QUIT without waiting for the answer. In mid-flight the replies to come are none to QUIT: just closes. */
  quit(): void {
    if (this.#running === null) this.link.quit();
    else this.link.destroy();
    this.#deadline.stop();
  }

  destroy(): void {
    this.link.destroy();
    this.#deadline.stop();
  }

  /** All that is left of the flight, or the next command. */
  #send(running: RunningFlight): void {
    const { plan } = running;
    this.#deadline.start(this.#options.commandTimeoutMs);
    if (running.atOnce) {
      running.sent = plan.steps.length;
      this.link.write(wholeFlight(plan), plan.steps.length);
    } else {
      running.sent += 1;
      this.link.write(toLines(commandAt(plan, running.sent - 1)), 1);
    }
  }

  readonly #onData = (chunk: Uint8Array): void => {
    const replies = this.#parser.push(chunk);
    for (const raw of replies) {
      const running = this.#running;
      if (running === null) {
        this.#spokenTo(raw);
        return;
      }
      if (raw.code >= 400) this.budget.countError();
      const failed = running.flight.answer(raw, running.sent);
      if (failed !== null) {
        this.#failWith(failed);
        return;
      }
    }
    if (this.#parser.failure !== null) {
      if (this.#running === null) this.link.destroy();
      else this.#fail('ProtocolError', this.#parser.failure);
      return;
    }
    if (replies.length > 0) this.#advance();
  };

  /** A reply while nothing was asked: 421 ends an idle session (RFC 5321 3.8), anything else is out of turn. */
  #spokenTo(raw: RawReply): void {
    if (raw.code === 421) this.#options.onEnd(failure('SessionClosed', 'RSET', 'the server ended the idle session', raw.reply));
    else this.#options.onEnd(failure('ProtocolError', 'RSET', 'the server spoke out of turn'));
    this.link.destroy();
  }

  /** After a chunk that was in step: the flight is done, or its next command is due. */
  #advance(): void {
    const running = this.#running;
    if (running === null) return;
    const { flight } = running;
    // The start of one more reply: wait for its end, it may void the flight.
    if (this.#parser.midReply || (!flight.complete && flight.answered < running.sent)) {
      this.#deadline.start(this.#options.commandTimeoutMs);
    } else if (flight.complete) {
      this.#deadline.stop();
      this.#flights += 1;
      this.#running = null;
      running.resolve(flight.result(null));
    } else {
      this.#send(running);
    }
  }

  readonly #onLinkEnd = (detail: string): void => {
    if (this.#running === null) this.#options.onEnd(failure('Dropped', 'RSET', detail));
    else this.#fail('Dropped', detail);
  };

  #fail(code: 'Dropped' | 'ProtocolError' | 'Timeout', detail: string): void {
    const running = this.#running;
    if (running !== null) this.#failWith(running.flight.endedBy(code, detail));
  }

  /** Ends the flight under way, and its connection. */
  #failWith(failed: SmtpFailure): void {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    this.#deadline.stop();
    // A server that only refused is left politely; one that is out of step or silent is not spoken to any more.
    if (failed.code === 'SessionClosed' && failed.reply?.code !== 421) this.link.quit();
    else this.link.destroy();
    running.resolve(running.flight.result(failed));
  }
}
