// One SMTP session as the pipeline sees it: flights of RCPT over a greeted connection, within the session's budget.
// Replies to our commands are data; only a request that breaks the rules throws, before anything is written.
// Replaces its connection itself in two cases in which nothing was answered: TLS is demanded, or the idle one was dead.
import { setImmediate as readWhatHasCome } from 'node:timers/promises';
import type { TlsState } from '../../../shared/verdict/evidence.ts';
import type { Clock } from '../clock.ts';
import type { LinkResult } from './connect-link.ts';
import { Conversation } from './conversation.ts';
import { failure } from './failure.ts';
import type { KnownReplies } from './known-replies.ts';
import type { Link } from './link.ts';
import { HEALTH_CHECK, planFlight, type FlightPlan } from './plan-flight.ts';
import type { RefusalShare } from './refusal-share.ts';
import { reopenReason, type ReopenReason } from './reopen-reason.ts';
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
  /** What the host says again and again, and what share it refuses: shared by its sessions. */
  readonly knownReplies: KnownReplies;
  readonly refusals: RefusalShare;
  /** Whether the host has been seen to be in step, told to all of its sessions. */
  readonly stepProof: StepProof;
  /** A new connection to the same target, for the reason given. */
  readonly reopen: (reason: ReopenReason) => Promise<LinkResult>;
  /** The session is over: called once. `failure` is null where we ended it. */
  readonly onEnd: (session: SmtpSession, failed: SmtpFailure | null) => void;
  /** Each flight as its caller gets it: how long it took, and `ok` or its failure's code. */
  readonly onFlight?: (tookMs: number, recipients: number, outcome: string) => void;
}

export interface StepProof {
  readonly proven: boolean;
  prove(): void;
}

export class Session implements SmtpSession {
  readonly target: SmtpTarget;
  readonly #options: SessionOptions;
  #conversation: Conversation;
  #recipients = 0;
  /** The room that was last told: what it let a caller plan is not taken back by what the host's other sessions learn. */
  #told = 0;
  #busy = false;
  #over = false;
  #outOfTurn = false;
  /** Ends the wait for a reply too many. */
  #stopWaiting: (() => void) | null = null;

  constructor(link: Link, options: SessionOptions) {
    this.target = options.target;
    this.#options = options;
    this.#conversation = this.#converse(link);
  }

  get tls(): TlsState {
    return this.#conversation.link.tls;
  }

  get pipelining(): boolean {
    return this.#conversation.pipelining;
  }

  get smtputf8(): boolean {
    return this.#conversation.link.capabilities.smtputf8;
  }

  get greeting(): string {
    return this.#conversation.link.greeting;
  }

  get errors(): number {
    return this.#conversation.budget.errors;
  }

  get recipients(): number {
    return this.#recipients;
  }

  get openedAtMs(): number {
    return this.#conversation.budget.openedAtMs;
  }

  get spent(): boolean {
    return this.#over || this.#conversation.budget.room(this.#options.nullReversePath) === 0;
  }

  get usable(): boolean {
    return !this.spent && !this.#conversation.budget.tooOld(this.#options.clock.monotonicMs());
  }

  get maxFlight(): number {
    this.#told = this.usable ? this.#conversation.budget.room(this.#options.nullReversePath) : 0;
    return this.#told;
  }

  get transactionsLeft(): number {
    return this.#conversation.budget.transactionsLeft;
  }

  get recipientsPerTransaction(): number {
    return this.#conversation.budget.perTransaction(this.#options.nullReversePath);
  }

  async flight(request: FlightRequest): Promise<FlightResult> {
    const plan = this.#check(request);
    const { clock, onFlight } = this.#options;
    const startedMs = onFlight === undefined ? 0 : clock.monotonicMs();
    this.#busy = true;
    this.#told = 0;
    try {
      const result = await this.#ask(plan, request);
      onFlight?.(clock.monotonicMs() - startedMs, request.recipients.length, result.failure?.code ?? 'ok');
      this.#settle(result.failure);
      return result;
    } finally {
      this.#busy = false;
    }
  }

  async check(): Promise<boolean> {
    if (this.#busy) throw new Error('A flight is under way');
    if (!this.usable) return false;
    this.#busy = true;
    const { failure: failed } = await this.#conversation.run(HEALTH_CHECK);
    this.#busy = false;
    this.#settle(failed === null ? null : failure('HealthCheckFailed', 'RSET', failed.detail, failed.reply));
    return !this.#over;
  }

  async keptStep(waitMs: number): Promise<boolean> {
    const { stepProof, clock } = this.#options;
    if (stepProof.proven) return true;
    if (!this.#over) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(waitMs, resolve);
        this.#stopWaiting = () => {
          cancel();
          resolve();
        };
      });
      this.#stopWaiting = null;
      // A busy machine's timer may be first in a turn of the loop that has bytes to read: these count.
      await readWhatHasCome();
    }
    if (this.#outOfTurn) return false;
    if (!this.#over && this.#conversation.isSpokenTo) {
      this.#end(failure('ProtocolError', 'RCPT', 'more replies than commands'));
      this.#conversation.destroy();
      return false;
    }
    // One that was left meanwhile has shown nothing, and what it said before stands.
    if (!this.#over) stepProof.prove();
    return true;
  }

  quit(): void {
    if (this.#over) return;
    this.#end(null);
    this.#conversation.quit();
  }

  destroy(): void {
    if (this.#over) return;
    this.#end(null);
    this.#conversation.destroy();
  }

  /** Throws for what a caller must never ask; the plan otherwise. Nothing is written and nothing counted yet. */
  #check(request: FlightRequest): FlightPlan {
    if (this.#busy) throw new Error('A flight is under way');
    const { from, recipients } = request;
    const { budget, transaction } = this.#conversation;
    const nullPath = from === '';
    if (recipients.length === 0) throw new RangeError('A flight without a recipient');
    const plan = planFlight(request, transaction, budget.perTransaction(nullPath));
    // One that is over answers with data.
    if (this.#over) return plan;
    // Age does not count here: it may pass between the caller's look and its flight.
    const room = Math.max(this.#told, budget.room(nullPath));
    if (recipients.length > room) throw new RangeError(`A flight of ${String(recipients.length)} where ${String(room)} are left`);
    if (plan.transactions > budget.transactionsLeft) {
      throw new RangeError(`${String(plan.transactions)} transactions where ${String(budget.transactionsLeft)} are left`);
    }
    if (plan.smtputf8 && !this.smtputf8) throw new TypeError('An address that needs SMTPUTF8 on a session without it');
    return plan;
  }

  async #ask(plan: FlightPlan, request: FlightRequest): Promise<FlightResult> {
    const { oneByOne } = request;
    const result = await this.#run(plan, oneByOne);
    if (result.failure === null || this.#over) return result;
    const { flights } = this.#conversation;
    const reason = reopenReason(result, { tls: this.tls, flightsBefore: flights });
    const again = reason === null ? null : await this.#replaceLink(reason, request, plan);
    return again === null ? result : this.#run(again, oneByOne);
  }

  async #run(plan: FlightPlan, oneByOne?: boolean): Promise<FlightResult> {
    const { budget } = this.#conversation;
    const { refusals } = this.#options;
    const errorsBefore = budget.errors;
    this.#recipients += plan.recipients.length;
    const result = await this.#conversation.run(plan, oneByOne);
    const { failure: failed } = result;
    if (failed === null) refusals.count(plan.recipients.length, budget.errors - errorsBefore);
    // Hung up on in the midst of refusals: this host counts them.
    else if (failed.stage === 'RCPT' && failed.reply?.code === 421 && budget.errors > 1) refusals.becomeStrict();
    return result;
  }

  /** A new connection in place of the one that ended; what to ask there, or null where the flight cannot be. */
  async #replaceLink(reason: ReopenReason, request: FlightRequest, plan: FlightPlan): Promise<FlightPlan | null> {
    const opened = await this.#options.reopen(reason);
    if (!opened.ok) return null;
    const { link } = opened;
    const nullPath = request.from === '';
    const budget = this.#newBudget(link);
    const again = planFlight(request, null, budget.perTransaction(nullPath));
    const fits =
      plan.recipients.length <= budget.room(nullPath) &&
      again.transactions <= budget.transactionsLeft &&
      (link.capabilities.smtputf8 || !plan.smtputf8);
    if (this.#over || !fits || (reason === 'tls_demanded' && link.tls === 'none')) {
      link.quit();
      return null;
    }
    this.#conversation = this.#converse(link, budget);
    return again;
  }

  #converse(link: Link, budget = this.#newBudget(link)): Conversation {
    const { clock, commandTimeoutMs, knownReplies, oneByOne } = this.#options;
    return new Conversation(link, {
      clock,
      budget,
      knownReplies,
      commandTimeoutMs,
      pipelining: link.capabilities.pipelining && !oneByOne,
      onEnd: (failed) => {
        // Between flights: over at once. In a flight its caller decides, for the connection may be replaced.
        if (!this.#busy) this.#end(failed);
      },
    });
  }

  #newBudget(link: Link): SessionBudget {
    const { limits, clock, refusals } = this.#options;
    return new SessionBudget(limits, clock.monotonicMs(), link.errors, refusals);
  }

  /** After a flight or a check: over where its connection is. */
  #settle(failed: SmtpFailure | null): void {
    if (!this.#conversation.link.open) this.#end(failed ?? failure('Dropped', 'RSET', 'closed after the flight'));
  }

  #end(failed: SmtpFailure | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#outOfTurn = failed?.code === 'ProtocolError';
    this.#stopWaiting?.();
    this.#options.onEnd(this, failed);
  }
}
