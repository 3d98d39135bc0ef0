// Whose turn it is among a destination's jobs: all that have somebody to ask, one after the other, round and round.
// Always holds: a job that comes to wait goes to the end, and none is passed by twice before every other one had its turn.
// Knows no recipient; costs the same however many jobs there are.
import type { DomainJob } from './domain-job.ts';

/** Places at the front that were left, before they are taken out of the row. */
const COMPACT_AT = 256;

export class FairTurn {
  /** Jobs that have somebody to ask, and such as had when they were put in. */
  #row: (DomainJob | null)[] = [];
  #head = 0;
  readonly #inRow = new Set<DomainJob>();

  /** The job has somebody to ask: it gets the last place, or keeps the one that it has. */
  add(job: DomainJob): void {
    if (this.#inRow.has(job)) return;
    this.#inRow.add(job);
    this.#row.push(job);
  }

  /** The next job that has somebody to ask, which goes to the end; null if there is none. */
  next(): DomainJob | null {
    for (let job = this.#row[this.#head]; job !== undefined && job !== null; job = this.#row[this.#head]) {
      // A job that has ended must not be kept alive by the place that it had.
      this.#row[this.#head] = null;
      this.#head += 1;
      if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#row.length) {
        this.#row = this.#row.slice(this.#head);
        this.#head = 0;
      }
      if (job.waiting > 0) {
        this.#row.push(job);
        return job;
      }
      this.#inRow.delete(job);
    }
    this.#row = [];
    this.#head = 0;
    return null;
  }
}
