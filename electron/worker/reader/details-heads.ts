// The beginnings of all details of a list, marks and times, as arrays by row number. Block by block in the order in which
// they lie (each read once, whatever order the verdicts were committed in), and only the few bytes that are wanted.
// About 14 bytes a row while it runs, 6 in the end.
import type { ColumnSource } from './fixed-columns.ts';
import type { Steps } from './rows-finder.ts';

const ROWS_STEP = 10_000;
const BLOCKS_STEP = 500;
const SORT_STEP = 200_000;
/** Places are 4096 * block + offset; see store/details-blocks. */
const OFFSETS = 4_096;

const COMMA = 0x2c;
const QUOTE = 0x22;
const ZERO = 0x30;

/** Times are kept in units that fit 32 bits until 2049: about four a second, from 2015. */
const TIME_UNIT_MS = 256;
const TIME_FROM_MS = Date.UTC(2015, 0, 1);
const MAX_SETS = 65_535;

export interface DetailsHeads {
  /** Which of `sets` the row's marks are; 0: no verdict. */
  readonly marks: Uint16Array;
  /** Each distinct set of marks, joined by a space; the first stands for no verdict. */
  readonly sets: readonly string[];
  /** Grows with the time of the verdict; 0: no verdict. */
  readonly times: Uint32Array;
}

/** `last`: the highest row number. */
export function* readDetailsHeads({ list, tell }: ColumnSource, last: number): Steps<DetailsHeads> {
  const blocks = new Uint32Array(last + 1);
  const offsets = new Uint16Array(last + 1);
  let maxBlock = 0;
  for (let at = 0; ; ) {
    const places = list().arrays(PLACES).all(at, ROWS_STEP) as [number, number][];
    for (const [row, place] of places) {
      const block = Math.floor(place / OFFSETS);
      blocks[row] = block;
      offsets[row] = place % OFFSETS;
      if (block > maxBlock) maxBlock = block;
      at = row;
    }
    tell((0.4 * at) / last);
    if (places.length < ROWS_STEP) break;
    yield;
  }
  const { rows, starts } = yield* byBlock(blocks, maxBlock);
  const heads = new Heads(last);
  for (let at = 0; ; ) {
    const found = list().arrays(BODIES).all(at, BLOCKS_STEP) as [number, Buffer][];
    for (const [block, body] of found) {
      at = block;
      for (let index = starts[block] ?? 0; index < (starts[block + 1] ?? 0); index++) {
        const row = rows[index] ?? 0;
        heads.put(row, body, offsets[row] ?? 0);
      }
    }
    tell(0.4 + (0.6 * at) / Math.max(1, maxBlock));
    if (found.length < BLOCKS_STEP || at >= maxBlock) break;
    yield;
  }
  return heads;
}

/** The rows of each block, one block after another, and where each block's begin. Rows without details are in block 0. */
function* byBlock(blocks: Uint32Array, maxBlock: number): Steps<{ rows: Uint32Array; starts: Uint32Array }> {
  const starts = new Uint32Array(maxBlock + 2);
  for (let row = 0; row < blocks.length; row++) {
    const block = (blocks[row] ?? 0) + 1;
    starts[block] = (starts[block] ?? 0) + 1;
    if (row % SORT_STEP === 0) yield;
  }
  for (let block = 1; block < starts.length; block++) starts[block] = (starts[block] ?? 0) + (starts[block - 1] ?? 0);
  const rows = new Uint32Array(blocks.length);
  const next = starts.slice();
  for (let row = 0; row < blocks.length; row++) {
    const block = blocks[row] ?? 0;
    const place = next[block] ?? 0;
    rows[place] = row;
    next[block] = place + 1;
    if (row % SORT_STEP === 0) yield;
  }
  return { rows, starts };
}

class Heads implements DetailsHeads {
  readonly marks: Uint16Array;
  readonly sets: string[] = [''];
  readonly times: Uint32Array;
  readonly #known = new Map([['', 0]]);

  constructor(last: number) {
    this.marks = new Uint16Array(last + 1);
    this.times = new Uint32Array(last + 1);
  }

  /** `body` from `begin`: `[SHARED,CHECKED_AT_MS,ATTEMPT,"MARKS",…` */
  put(row: number, body: Buffer, begin: number): void {
    let at = begin;
    while (body[at] !== COMMA && at < body.length) at++;
    at++;
    let timeMs = 0;
    for (; body[at] !== COMMA && at < body.length; at++) timeMs = timeMs * 10 + (body[at] ?? ZERO) - ZERO;
    at++;
    while (body[at] !== COMMA && at < body.length) at++;
    at += 2;
    let end = at;
    while (end < body.length && body[end] !== QUOTE) end++;
    this.times[row] = Math.max(1, Math.min(0xfffffffe, Math.floor((timeMs - TIME_FROM_MS) / TIME_UNIT_MS)));
    this.marks[row] = this.#setOf(body.toString('latin1', at, end));
  }

  #setOf(marks: string): number {
    const known = this.#known.get(marks);
    if (known !== undefined) return known;
    // More distinct sets than anybody's list has: the rest counts as having none of them.
    if (this.sets.length > MAX_SETS) return this.#setOf('');
    this.sets.push(marks);
    this.#known.set(marks, this.sets.length - 1);
    return this.sets.length - 1;
  }
}

export const PLACES = 'SELECT row_id, details FROM verdicts WHERE row_id > ? ORDER BY row_id LIMIT ?';
export const BODIES = 'SELECT id, body FROM details WHERE id > ? ORDER BY id LIMIT ?';
