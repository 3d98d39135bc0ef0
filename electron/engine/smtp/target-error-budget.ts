// How many refusals in a row a target may give, over all of its sessions, before it is left alone for a while. Each
// session has its own budget (session-budget.ts), but a host that refuses everybody would be asked by one session after
// the other: that is how a dictionary attack looks, whatever the reason. One acceptance makes it new.

interface EndedSession {
  readonly recipients: number;
  /** 4yz and 5yz after the greeting. */
  readonly errors: number;
  /** True where it ended by a failure: then recipients without an answer say nothing. */
  readonly failed: boolean;
}

export class TargetErrorBudget {
  readonly #budget: number;
  #refused = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  get isNew(): boolean {
    return this.#refused === 0;
  }

  /** `served`: somebody was accepted. `spent`: the target is to be left; after that, one more such session spends it again. */
  ended({ recipients, errors, failed }: EndedSession): 'served' | 'spent' | 'neither' {
    if (!(recipients > 0)) return 'neither';
    if (errors < recipients) {
      if (failed) return 'neither';
      this.#refused = 0;
      return 'served';
    }
    this.#refused += recipients;
    if (this.#refused < this.#budget) return 'neither';
    this.#refused = this.#budget - 1;
    return 'spent';
  }
}
