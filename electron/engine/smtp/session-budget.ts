// How much more one connection may ask of its server. Real servers slow down after 10 refused recipients and hang up
// after 20 (Postfix), drop on the 12th RSET (Exim) and refuse the 1,001st recipient (Postfix, OpenSMTPD): a session is
// left before any of that. RSET takes no error back. Counts only; it neither writes nor closes anything.

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
  readonly #openedAtMs: number;
  #errors: number;
  #transactions = 0;
  #recipients = 0;

  /** `openedAtMs`: monotonic. `errors`: refusals given while greeting. */
  constructor(limits: SessionLimits, openedAtMs: number, errors: number) {
    this.#limits = limits;
    this.#openedAtMs = openedAtMs;
    this.#errors = errors;
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

  /** The most recipients of the next flight: were each one refused, the error budget would still be kept. */
  room(nullReversePath: boolean): number {
    const { errorBudget, maxTransactionsPerSession, maxRecipientsPerSession, maxFlight } = this.#limits;
    return Math.max(
      0,
      Math.min(
        maxFlight,
        errorBudget - this.#errors,
        maxRecipientsPerSession - this.#recipients,
        (maxTransactionsPerSession - this.#transactions) * this.perTransaction(nullReversePath),
      ),
    );
  }

  tooOld(nowMs: number): boolean {
    return nowMs - this.#openedAtMs >= this.#limits.maxSessionMs;
  }
}
