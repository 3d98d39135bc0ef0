// What share of recipients a host refuses, learnt from its answers: how many may be asked at once without bringing it to
// slow down. Old answers weigh less and less. It never raises a budget: it only says how many recipients are likely to
// keep within one, and says nothing of a host that it hardly knows or that has hung up over errors before.

/** So many answers before anything is said. */
const FEWEST = 100;
/** Answers remembered in full; with more, all are halved, so that a host's newest ways count most. */
const MOST = 1_000;

export class RefusalShare {
  #answered = 0;
  #refused = 0;
  #strict = false;

  /** 0-1, a little above what was seen, as nothing seen is no proof of nothing to come; null where it is not known. */
  get share(): number | null {
    if (this.#strict || this.#answered < FEWEST) return null;
    return Math.min(1, (this.#refused + 1) / (this.#answered + 1));
  }

  count(answered: number, refused: number): void {
    this.#answered += answered;
    this.#refused += refused;
    if (this.#answered <= MOST) return;
    this.#answered /= 2;
    this.#refused /= 2;
  }

  /** The host ended a session in the midst of refusals: nothing is risked there any more. */
  becomeStrict(): void {
    this.#strict = true;
  }

  /**
   * The most recipients of which no more than `errors` are likely to be refused: the largest n with
   * n·p + 2·√(n·p·(1−p)) ≤ errors (mean and two deviations). At least `errors`, which no refusals can overdraw.
   */
  mostFor(errors: number): number {
    const share = this.share;
    if (share === null || errors <= 0) return Math.max(0, errors);
    const variance = share * (1 - share);
    const root = (Math.sqrt(variance + share * errors) - Math.sqrt(variance)) / share;
    return Math.max(errors, Math.floor(root * root));
  }
}
