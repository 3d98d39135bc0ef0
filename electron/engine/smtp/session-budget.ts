// How much more one connection may ask of its server. Real servers slow down after 10 refused recipients and hang up
// after 20 (Postfix), drop on the 12th RSET (Exim) and refuse the 1,001st recipient (Postfix, OpenSMTPD): a session is
// left before any of that. RSET takes no error back. Counts only; it neither writes nor closes anything.
import { RefusalShare } from './refusal-share.ts';

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
   * The most recipients of the next flight. Of a host that is not well known as many as errors are left, so that the
   * budget would be kept were each one refused; of one that is, as many as its share of refusals lets expect to keep it.
   */
  room(nullReversePath: boolean): number {
    const { errorBudget, maxRecipientsPerSession, maxFlight } = this.#limits;
    return Math.max(
      0,
      Math.min(
        maxFlight,
        this.#refusals.mostFor(errorBudget - this.#errors),
        maxRecipientsPerSession - this.#recipients,
        this.transactionsLeft * this.perTransaction(nullReversePath),
      ),
    );
  }

  tooOld(nowMs: number): boolean {
    return nowMs - this.openedAtMs >= this.#limits.maxSessionMs;
  }
}
