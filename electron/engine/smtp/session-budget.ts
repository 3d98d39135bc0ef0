// How much more one connection may ask of its server. Real servers slow down after 10 refused recipients and hang up
// after 20 (Postfix), drop on the 12th RSET (Exim) and refuse the 1,001st recipient (Postfix, OpenSMTPD): a session is
// left before any of that. RSET takes no error back. Counts only; it neither writes nor closes anything.
import { RefusalShare } from './refusal-share.ts';

/** Errors that any server stands in one session: at the next one Postfix, by its defaults, slows down. */
const POLITE_ERRORS = 9;

export interface SessionLimits {
  readonly errorBudget: number;
  readonly maxRecipientsPerTransaction: number;
  readonly maxTransactionsPerSession: number;
  readonly maxRecipientsPerSession: number;
  readonly maxSessionMs: number;
  readonly maxFlight: number;
}

export class SessionBudget {
  readonly #limits: SessionLimits;
  readonly #refusals: RefusalShare;
  /** Monotonic. */
  readonly openedAtMs: number;
  #errors: number;
  #transactions = 0;
  #recipients = 0;

  /** `openedAtMs`: monotonic. `errors`: refusals given while greeting. `refusals`: what is known of the host. */
  constructor(limits: SessionLimits, openedAtMs: number, errors: number, refusals = new RefusalShare()) {
    this.#limits = limits;
    this.openedAtMs = openedAtMs;
    this.#errors = errors;
    this.#refusals = refusals;
  }

  get errors(): number {
    return this.#errors;
  }

  /** Any 4yz or 5yz to any command: Postfix counts both. */
  countError(): void {
    this.#errors += 1;
  }

  countFlight(transactions: number, recipients: number): void {
    this.#transactions += transactions;
    this.#recipients += recipients;
  }

  /** Recipients that a transaction may hold. The null reverse-path: one, since common Exim rules refuse more. */
  perTransaction(nullReversePath: boolean): number {
    return nullReversePath ? 1 : this.#limits.maxRecipientsPerTransaction;
  }

  /** How many more transactions may be opened. */
  get transactionsLeft(): number {
    return Math.max(0, this.#limits.maxTransactionsPerSession - this.#transactions);
  }

  /**
   * The most recipients of the next flight: as many as errors are left, so that the budget is kept were each one refused.
   * No share learnt of the host makes it more: unknown users come in clusters (a domain whose people have left), and one
   * flight too big is enough for Postfix to slow the session or to end it. Only where the user has ruled that the host
   * stands more errors than that, a flight may be as big as its share of refusals lets expect to keep the budget.
   */
  room(nullReversePath: boolean): number {
    const { errorBudget, maxRecipientsPerSession, maxFlight } = this.#limits;
    const errorsLeft = errorBudget - this.#errors;
    return Math.max(
      0,
      Math.min(
        maxFlight,
        errorBudget > POLITE_ERRORS ? this.#refusals.mostFor(errorsLeft) : errorsLeft,
        maxRecipientsPerSession - this.#recipients,
        this.transactionsLeft * this.perTransaction(nullReversePath),
      ),
    );
  }

  tooOld(nowMs: number): boolean {
    return nowMs - this.openedAtMs >= this.#limits.maxSessionMs;
  }
}
