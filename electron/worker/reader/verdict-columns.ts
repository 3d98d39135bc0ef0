// What the verdicts of a list say, as arrays by row number: reason, score, marks and time. A duplicate has its first
// row's. Each part is read when it is first needed, in steps; all of it is of about one moment, and made anew when
// verdicts have come since. 2 bytes a row, 6 more where marks or times are needed.
import type { FixedColumns, ColumnSource } from './fixed-columns.ts';
import { readDetailsHeads, type DetailsHeads } from './details-heads.ts';
import type { Steps } from './rows-finder.ts';

const STEP = 20_000;

interface Judged {
  /** Code; 0: no verdict. */
  readonly reasons: Uint8Array;
  /** Without meaning where there is no verdict. */
  readonly scores: Uint8Array;
}

export class VerdictColumns {
  /** What it was made from; see `ListView.verdictVersion`. */
  readonly version: string;
  readonly #fixed: FixedColumns;
  #judged: Judged | null = null;
  #heads: DetailsHeads | null = null;

  constructor(version: string, fixed: FixedColumns) {
    this.version = version;
    this.#fixed = fixed;
  }

  *judged(source: ColumnSource): Steps<Judged> {
    if (this.#judged !== null) return this.#judged;
    const { last } = this.#fixed;
    const reasons = new Uint8Array(last + 1);
    const scores = new Uint8Array(last + 1);
    for (let at = 0; ; ) {
      const packed = source.list().column(JUDGED).all(at, STEP) as number[];
      for (const number of packed) {
        at = Math.floor(number / 65_536);
        reasons[at] = (number >>> 8) & 0xff;
        scores[at] = number & 0xff;
      }
      source.tell(at / last);
      if (packed.length < STEP) break;
      yield;
    }
    yield* this.#fixed.fillDuplicates(source, reasons, scores);
    this.#judged = { reasons, scores };
    return this.#judged;
  }

  *heads(source: ColumnSource): Steps<DetailsHeads> {
    if (this.#heads !== null) return this.#heads;
    const heads = yield* readDetailsHeads(source, this.#fixed.last);
    yield* this.#fixed.fillDuplicates(source, heads.marks, heads.times);
    this.#heads = heads;
    return heads;
  }
}

/** One number a row, because a row of several costs three times as much: row, code of the reason, score. */
export const JUDGED = 'SELECT row_id * 65536 + reason * 256 + score FROM verdicts WHERE row_id > ? ORDER BY row_id LIMIT ?';
