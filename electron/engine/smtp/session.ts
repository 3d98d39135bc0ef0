// One SMTP session as the pipeline sees it: flights of RCPT over a greeted connection, within the session's budget.
// A flight is one write where PIPELINING is offered (RFC 2920) and one command at a time where not. Replies to our
// commands are data; only a request that breaks the rules throws, before anything is written.
// Replaces its connection itself in two cases in which nothing was answered: TLS is demanded, or the idle one was dead.
import type { TlsState } from '../../../shared/verdict/evidence.ts';
import { makeReply } from '../../../shared/verdict/reply.ts';
import type { Clock } from '../clock.ts';
import { needsSmtputf8 } from './commands.ts';
import type { LinkResult } from './connect-link.ts';
import { Deadline } from './deadline.ts';
import { failure } from './failure.ts';
import { Flight } from './flight.ts';
import type { Link } from './link.ts';
import { planFlight, type FlightPlan, type OpenTransaction } from './plan-flight.ts';
import { reopenReason, type ReopenReason } from './reopen-reason.ts';
import { ReplyParser, type RawReply } from './reply-parser.ts';
import { SessionBudget, type SessionLimits } from './session-budget.ts';
import type { FlightRequest, FlightResult, SmtpFailure, SmtpSession, SmtpTarget } from './types.ts';

export interface SessionOptions {
  readonly target: SmtpTarget;
  readonly clock: Clock;
  readonly limits: SessionLimits;
  readonly commandTimeoutMs: number;
  /** True where the reverse-path of this run is null: one recipient a transaction. */
  readonly nullReversePath: boolean;
  /** True where this host is not trusted to answer in order. */
  readonly oneByOne: boolean;
  /** A new connection to the same target, for the reason given. */
  readonly reopen: (reason: ReopenReason) => Promise<LinkResult>;
  /** The session is over: called once. `failure` is null where we ended it. */
  readonly onEnd: (session: SmtpSession, failed: SmtpFailure | null) => void;
}

interface RunningFlight {
  readonly plan: FlightPlan;
  readonly flight: Flight;
  readonly resolve: (result: FlightResult) => void;
  sent: number;
}

export class Session implements SmtpSession {
  readonly target: SmtpTarget;
  readonly #options: SessionOptions;
  readonly #deadline: Deadline;
  #link: Link;
  #parser = new ReplyParser();
  #budget: SessionBudget;
  #transaction: OpenTransaction | null = null;
  #running: RunningFlight | null = null;
  #busy = false;
  #flightsOnLink = 0;
  #over = false;

  constructor(link: Link, options: SessionOptions) {
    this.target = options.target;
    this.#options = options;
    this.#deadline = new Deadline(options.clock, () => {
      this.#fail('Timeout', 'no complete reply in time');
    });
    this.#link = link;
    this.#budget = this.#newBudget(link);
    this.#adopt(link);
  }

  get tls(): TlsState {
    return this.#link.tls;
  }

  get pipelining(): boolean {
    return this.#link.capabilities.pipelining && !this.#options.oneByOne;
  }

  get smtputf8(): boolean {
    return this.#link.capabilities.smtputf8;
  }

  get errors(): number {
    return this.#budget.errors;
  }

  get usable(): boolean {
    return this.maxFlight > 0;
  }

  get maxFlight(): number {
    if (this.#over || this.#budget.tooOld(this.#options.clock.monotonicMs())) return 0;
    return this.#budget.room(this.#options.nullReversePath);
  }

  async flight(request: FlightRequest): Promise<FlightResult> {
    const plan = this.#check(request);
    this.#busy = true;
    try {
      const result = await this.#run(plan, request.recipients.length);
      const reason = this.#over ? null : reopenReason(result, { tls: this.tls, flightsBefore: this.#flightsOnLink });
      if (reason === null || !(await this.#replaceLink(reason, request))) return this.#settle(result);
      const again = planFlight(request, null, this.#budget.perTransaction(request.from === ''));
      return this.#settle(await this.#run(again, request.recipients.length));
    } finally {
      this.#busy = false;
    }
  }

  quit(): void {
    if (this.#over) return;
    // In mid-flight the replies to come are none to QUIT: just close.
    if (this.#running === null) this.#link.quit();
    else this.#link.destroy();
    this.#end(null);
  }

  destroy(): void {
    if (this.#over) return;
    this.#link.destroy();
    this.#end(null);
  }

  /** Throws for what a caller must never ask; the plan otherwise. Nothing is written and nothing counted yet. */
  #check(request: FlightRequest): FlightPlan {
    if (this.#busy) throw new Error('A flight is under way');
    const { from, recipients } = request;
    const nullPath = from === '';
    if (recipients.length === 0) throw new RangeError('A flight without a recipient');
    // Age does not count here: it may pass between the caller's look and its flight.
    if (!this.#over && recipients.length > this.#budget.room(nullPath)) {
      throw new RangeError(`A flight of ${String(recipients.length)} where ${String(this.#budget.room(nullPath))} are left`);
    }
    if (!this.smtputf8 && !this.#over && (needsSmtputf8(from) || recipients.some(needsSmtputf8))) {
      throw new TypeError('An address that needs SMTPUTF8 on a session without it');
    }
    return planFlight(request, this.#transaction, this.#budget.perTransaction(nullPath));
  }

  /** A new connection in place of the one that ended; false where there is none that this flight can be asked on. */
  async #replaceLink(reason: ReopenReason, request: FlightRequest): Promise<boolean> {
    const opened = await this.#options.reopen(reason);
    if (!opened.ok) return false;
    const { link } = opened;
    const budget = this.#newBudget(link);
    const utf8 = needsSmtputf8(request.from) || request.recipients.some(needsSmtputf8);
    const fits = request.recipients.length <= budget.room(request.from === '') && (link.capabilities.smtputf8 || !utf8);
    if (this.#over || !fits || (reason === 'tls_demanded' && link.tls === 'none')) {
      link.quit();
      return false;
    }
    this.#adopt(link);
    this.#budget = budget;
    return true;
  }

  async #run(plan: FlightPlan, recipients: number): Promise<FlightResult> {
    const flight = new Flight(plan, recipients);
    if (this.#over || !this.#link.open) return flight.result(flight.endedBy('Dropped', 'the session was over before'));
    if (this.#parser.midReply) {
      this.#link.destroy();
      return flight.result(flight.endedBy('ProtocolError', 'the server spoke out of turn'));
    }
    this.#budget.countFlight(plan.transactions, recipients);
    this.#transaction = plan.open;
    return new Promise((resolve) => {
      const running: RunningFlight = { plan, flight, resolve, sent: 0 };
      this.#running = running;
      this.#send(running, this.pipelining ? plan.steps.length : 1);
    });
  }

  #send(running: RunningFlight, count: number): void {
    const steps = running.plan.steps.slice(running.sent, running.sent + count);
    running.sent += steps.length;
    this.#deadline.start(this.#options.commandTimeoutMs);
    this.#link.write(steps.map((step) => step.command));
  }

  readonly #onData = (chunk: Uint8Array): void => {
    const replies = this.#parser.push(chunk);
    for (const raw of replies) {
      const running = this.#running;
      if (running === null) {
        this.#spokenTo(raw);
        return;
      }
      if (raw.code >= 400) this.#budget.countError();
      const failed = running.flight.answer(raw, running.sent);
      if (failed !== null) {
        this.#failWith(failed);
        return;
      }
    }
    if (this.#parser.failure !== null) {
      if (this.#running === null) this.#link.destroy();
      else this.#fail('ProtocolError', this.#parser.failure);
      return;
    }
    if (replies.length > 0) this.#advance();
  };

  /** A reply while nothing was asked: 421 ends an idle session (RFC 5321 3.8), anything else is out of turn. */
  #spokenTo(raw: RawReply): void {
    if (raw.code === 421) this.#end(failure('SessionClosed', 'RSET', 'the server ended the idle session', makeReply(raw.code, raw.lines)));
    else this.#end(failure('ProtocolError', 'RSET', 'the server spoke out of turn'));
    this.#link.destroy();
  }

  /** After a chunk that was in step: the flight is done, or its next command is due. */
  #advance(): void {
    const running = this.#running;
    if (running === null) return;
    this.#deadline.start(this.#options.commandTimeoutMs);
    // The start of one more reply: wait for its end, it may void the flight.
    if (this.#parser.midReply) return;
    if (running.flight.complete) {
      this.#deadline.stop();
      this.#flightsOnLink += 1;
      this.#running = null;
      running.resolve(running.flight.result(null));
    } else if (running.flight.answered === running.sent) {
      this.#send(running, 1);
    }
  }

  readonly #onLinkEnd = (detail: string): void => {
    this.#fail('Dropped', detail);
    // Between flights: over at once. In a flight its caller decides, for the connection may be replaced.
    if (!this.#busy) this.#end(failure('Dropped', 'RSET', detail));
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
    if (failed.code === 'SessionClosed' && failed.reply?.code !== 421) this.#link.quit();
    else this.#link.destroy();
    running.resolve(running.flight.result(failed));
  }

  #settle(result: FlightResult): FlightResult {
    if (!this.#link.open) this.#end(result.failure ?? failure('Dropped', 'RSET', 'closed after the flight'));
    return result;
  }

  #adopt(link: Link): void {
    this.#link = link;
    this.#parser = new ReplyParser();
    this.#transaction = null;
    this.#flightsOnLink = 0;
    link.listen({ onData: this.#onData, onEnd: this.#onLinkEnd });
  }

  #newBudget(link: Link): SessionBudget {
    return new SessionBudget(this.#options.limits, this.#options.clock.monotonicMs(), link.errors);
  }

  #end(failed: SmtpFailure | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#deadline.stop();
    this.#options.onEnd(this, failed);
  }
}
