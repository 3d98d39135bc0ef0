// The rank of each of many texts in their order, without holding the texts: 16 bytes of each (UTF-8, whose bytes sort as
// the characters do) are sorted as numbers; texts that begin alike are looked at again, by themselves if they are few, by
// their next 16 bytes if they are many. About 24 bytes a text while it runs, 4 of them in the end.
// Equal texts have equal ranks. In steps, so that other calls are answered meanwhile.
import { radixSort } from './radix-sort.ts';
import type { Steps } from './rows-finder.ts';

const WORDS = 4;
const KEY_BYTES = 4 * WORDS;
/** Texts that begin alike and are held and compared as they are. */
const FEW = 5_000;
const STEP = 2_000;
const WALK_STEP = 100_000;

export interface TextSource {
  /** The highest number. */
  readonly last: number;
  /** The texts with the next numbers, at most `limit` of them. */
  readonly after: (number: number, limit: number) => readonly (readonly [number: number, text: string])[];
  readonly text: (number: number) => string;
  /** Told now and then: share that is done. */
  readonly tell: (share: number) => void;
}

/** By number; 0 where there is no text, from 1 on otherwise. */
export function* textRanks(source: TextSource): Steps<Uint32Array> {
  const keys = makeKeys(source.last + 1);
  const found = new Uint32Array(source.last);
  let count = 0;
  for (let at = 0; ; ) {
    const texts = source.after(at, STEP);
    for (const [number, text] of texts) {
      putKey(keys, number, text, 0);
      found[count++] = number;
      at = number;
    }
    source.tell((0.7 * at) / source.last);
    if (texts.length < STEP) break;
    yield;
  }
  const ranks = new Uint32Array(source.last + 1);
  yield* rankGroup({ source, ranks, ids: found.subarray(0, count), keys, keyOf: (number) => number, offset: 0, rank: 1 });
  source.tell(1);
  return ranks;
}

interface Group {
  readonly source: TextSource;
  readonly ranks: Uint32Array;
  readonly ids: Uint32Array;
  readonly keys: readonly Uint32Array[];
  /** Where a number's key is. */
  readonly keyOf: (number: number) => number;
  /** Bytes that all have in common. */
  readonly offset: number;
  /** The first rank of the group. */
  readonly rank: number;
}

/** The next rank after the group. */
function* rankGroup({ source, ranks, ids, keys, keyOf, offset, rank: firstRank }: Group): Steps<number> {
  let sorted = ids;
  for (const words of keys.toReversed()) sorted = yield* radixSort(sorted, (number) => words[keyOf(number)] ?? 0);
  let rank = firstRank;
  let walked = 0;
  for (let begin = 0; begin < sorted.length; ) {
    let end = begin + 1;
    while (end < sorted.length && sameKey(keys, keyOf(sorted[begin] ?? 0), keyOf(sorted[end] ?? 0))) {
      end++;
      if (end % WALK_STEP === 0) yield;
    }
    const alike = sorted.subarray(begin, end);
    if (end - begin === 1) ranks[sorted[begin] ?? 0] = rank++;
    else if (isWhole(keys, keyOf(sorted[begin] ?? 0))) rank = putSame(ranks, alike, rank);
    else rank = end - begin <= FEW ? rankFew(source, ranks, alike, rank) : yield* rankMany(source, ranks, alike, offset + KEY_BYTES, rank);
    walked += end - begin === 1 ? 1 : 20 * (end - begin);
    if (walked >= WALK_STEP) {
      walked = 0;
      if (offset === 0) source.tell(0.7 + (0.3 * end) / sorted.length);
      yield;
    }
    begin = end;
  }
  return rank;
}

function putSame(ranks: Uint32Array, alike: Uint32Array, rank: number): number {
  for (const number of alike) ranks[number] = rank;
  return rank + 1;
}

function rankFew(source: TextSource, ranks: Uint32Array, alike: Uint32Array, firstRank: number): number {
  const texts = Array.from(alike, (number) => ({ number, bytes: Buffer.from(source.text(number)) }));
  texts.sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  let rank = firstRank - 1;
  for (const [index, { number, bytes }] of texts.entries()) {
    const before = texts[index - 1];
    if (before?.bytes.equals(bytes) !== true) rank++;
    ranks[number] = rank;
  }
  return rank + 1;
}

function* rankMany(source: TextSource, ranks: Uint32Array, alike: Uint32Array, offset: number, rank: number): Steps<number> {
  // Ascending, because what they were sorted by is stable; a copy, because sorting overwrites.
  const ids = alike.slice();
  const keys = makeKeys(ids.length);
  for (let at = 0; at < ids.length; at++) {
    putKey(keys, at, source.text(ids[at] ?? 0), offset);
    if (at % STEP === 0) yield;
  }
  return yield* rankGroup({ source, ranks, ids: alike, keys, keyOf: placeIn(ids), offset, rank });
}

/** Where a number is in an ascending array that has it. */
function placeIn(ids: Uint32Array): (number: number) => number {
  return (number) => {
    let low = 0;
    let high = ids.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function makeKeys(length: number): Uint32Array[] {
  return Array.from({ length: WORDS }, () => new Uint32Array(length));
}

const bytes = Buffer.alloc(KEY_BYTES);

function putKey(keys: readonly Uint32Array[], place: number, text: string, offset: number): void {
  bytes.fill(0);
  if (!putAscii(text, offset)) Buffer.from(text).copy(bytes, 0, offset);
  for (let word = 0; word < WORDS; word++) (keys[word] ?? new Uint32Array(0))[place] = bytes.readUInt32BE(4 * word);
}

/** False where the text is not ASCII as far as it was looked at. */
function putAscii(text: string, offset: number): boolean {
  const end = Math.min(text.length, offset + KEY_BYTES);
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) {
      bytes.fill(0);
      return false;
    }
    if (at >= offset) bytes[at - offset] = code;
  }
  return true;
}

function sameKey(keys: readonly Uint32Array[], one: number, other: number): boolean {
  return keys.every((words) => words[one] === words[other]);
}

/** Whether texts with this key end within it (no text holds a NUL, which fills the rest). */
function isWhole(keys: readonly Uint32Array[], place: number): boolean {
  return ((keys[WORDS - 1]?.[place] ?? 0) & 0xff) === 0;
}
