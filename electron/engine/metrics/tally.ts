// A histogram as plain counters: what was counted since the start, by bucket of the scale. One addition an event, no
// allocation; what a scraper sees is made of it when it asks.
import { BUCKETS } from './scale.ts';

export class Tally {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #sum = 0;

  /** `bucket`: `bucketOf(value)`, which the caller often has already. */
  add(bucket: number, value: number): void {
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sum += value;
  }

  get count(): number {
    return this.#count;
  }

  /** Of the values, in their unit. */
  get sum(): number {
    return this.#sum;
  }

  /** How many values were at most the bound with that index of the scale. */
  atMost(boundIndex: number): number {
    let count = 0;
    for (let bucket = 0; bucket <= boundIndex; bucket += 1) count += this.#counts[bucket] ?? 0;
    return count;
  }
}
