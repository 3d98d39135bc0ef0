// One packed batch while it is committed: its verdicts in row order, and their details on the way into the blocks.
// Row order, because the verdicts' table is a B-tree by row: in any other order each costs many times as much.
import { REASONS, type Reason } from '../../../shared/verdict/verdict.ts';
import type { PackedBatch, PackedRetry } from '../packed/packed-batch.ts';
import type { DetailsBlocks } from './details-blocks.ts';

const RETRY = 1;
const PROVISIONAL = 2;

export class BatchReading {
  readonly #batch: PackedBatch;
  readonly #blocks: DetailsBlocks;
  /** Places of the lines of details, and of the shared evidence; 0: not written yet. */
  readonly #lines: Float64Array;
  readonly #shared: Float64Array;
  readonly #special: Uint8Array;
  readonly #retries: ReadonlyMap<number, PackedRetry>;

  /** Begins the blocks of a transaction. */
  constructor(batch: PackedBatch, blocks: DetailsBlocks) {
    this.#batch = batch;
    this.#blocks = blocks;
    blocks.begin();
    this.#lines = new Float64Array(batch.ends.length);
    this.#shared = new Float64Array(batch.sharedEnds.length);
    this.#special = new Uint8Array(batch.rowIds.length);
    this.#retries = new Map(batch.retries.map((retry) => [retry.index, retry]));
    for (const { index } of batch.retries) this.#special[index] = RETRY;
    for (const index of batch.provisional) this.#special[index] = (this.#special[index] ?? 0) | PROVISIONAL;
  }

  /** Verdicts of one row stay in the order in which they were given. */
  inRowOrder(): Iterable<number> {
    const { rowIds } = this.#batch;
    const count = rowIds.length;
    const keys = new Float64Array(count);
    let sorted = true;
    for (let index = 0; index < count; index++) {
      // Row and index in one number: a typed array sorts numbers by itself, many times as fast as with a comparison.
      const key = (rowIds[index] ?? 0) * count + index;
      keys[index] = key;
      sorted &&= index === 0 || (keys[index - 1] ?? 0) <= key;
    }
    if (!sorted) keys.sort();
    return keys.map((key) => key % count);
  }

  rowId(index: number): number {
    return this.#batch.rowIds[index] ?? 0;
  }

  /** Place in `REASONS`. */
  reason(index: number): number {
    return this.#batch.reasons[index] ?? 0;
  }

  reasonName(index: number): Reason {
    const reason = REASONS[this.reason(index)];
    if (reason === undefined) throw new RangeError(`${String(this.reason(index))} is the place of no reason.`);
    return reason;
  }

  score(index: number): number {
    return this.#batch.scores[index] ?? 0;
  }

  attempt(index: number): number {
    return this.#batch.attempts[index] ?? 0;
  }

  /** It is scheduled or provisional. */
  isSpecial(index: number): boolean {
    return this.#special[index] !== 0;
  }

  isProvisional(index: number): boolean {
    return ((this.#special[index] ?? 0) & PROVISIONAL) !== 0;
  }

  retryOf(index: number): PackedRetry | undefined {
    return this.#retries.get(index);
  }

  /** Puts its details into the blocks, if no verdict with the same ones has. Their place. */
  putDetails(index: number): number {
    const { text, ends, sharedOf, lineOf } = this.#batch;
    const line = lineOf[index] ?? 0;
    const known = this.#lines[line] ?? 0;
    if (known !== 0) return known;
    const shared = this.#placeOfShared(sharedOf[line] ?? -1);
    const begin = line === 0 ? 0 : (ends[line - 1] ?? 0);
    const place = this.#blocks.addDetails(shared, text, begin, ends[line] ?? begin);
    this.#lines[line] = place;
    return place;
  }

  #placeOfShared(index: number): number {
    if (index < 0) return 0;
    const known = this.#shared[index] ?? 0;
    if (known !== 0) return known;
    const { sharedText, sharedEnds } = this.#batch;
    const begin = index === 0 ? 0 : (sharedEnds[index - 1] ?? 0);
    const place = this.#blocks.addLine(sharedText, begin, sharedEnds[index] ?? begin);
    this.#shared[index] = place;
    return place;
  }
}
