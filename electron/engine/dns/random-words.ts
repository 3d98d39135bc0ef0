// Random 16-bit words for message ids and the choice of the source port. An id must not be guessed (RFC 5452, 4.3), so
// they come from the system's generator; a thousand at a time, because one call for each question costs more than the
// question itself. A word is given out once.
import { randomFillSync } from 'node:crypto';

const BATCH = 4_096;

export class RandomWords {
  readonly #words = new Uint16Array(BATCH);
  #used = BATCH;

  /** 0 to 65,535. */
  next(): number {
    if (this.#used === BATCH) {
      randomFillSync(this.#words);
      this.#used = 0;
    }
    const word = this.#words[this.#used] ?? 0;
    this.#used += 1;
    return word;
  }
}
