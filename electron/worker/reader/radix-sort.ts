// Sorts row numbers by a key of 32 bits, in steps of a few milliseconds: ten million take a second or two, and other calls
// are answered meanwhile. Stable: rows with equal keys stay in the order in which they were.
// Memory: one more array of the same length while it runs.
import type { Steps } from './rows-finder.ts';

/** Elements of a step: one or two milliseconds. */
const STEP = 100_000;
const DIGITS = 65_536;

/** `keyAt`: from 0 to 2^32 - 1, always the same for the same row. `ids` may be overwritten. The sorted rows. */
export function* radixSort(ids: Uint32Array, keyAt: (row: number) => number): Steps<Uint32Array> {
  let from = ids;
  let to: Uint32Array = new Uint32Array(0);
  for (const shift of [0, 16]) {
    const starts = yield* digitStarts(from, keyAt, shift);
    if (starts === null) continue;
    if (to.length !== ids.length) to = new Uint32Array(ids.length);
    for (let at = 0; at < from.length; at += STEP) {
      const end = Math.min(from.length, at + STEP);
      for (let index = at; index < end; index++) {
        const row = from[index] ?? 0;
        const digit = (keyAt(row) >>> shift) & 0xffff;
        const place = starts[digit] ?? 0;
        to[place] = row;
        starts[digit] = place + 1;
      }
      yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Where each digit's rows begin; null where all have the same one. */
function* digitStarts(ids: Uint32Array, keyAt: (row: number) => number, shift: number): Steps<Uint32Array | null> {
  const counts = new Uint32Array(DIGITS);
  for (let at = 0; at < ids.length; at += STEP) {
    const end = Math.min(ids.length, at + STEP);
    for (let index = at; index < end; index++) {
      const digit = (keyAt(ids[index] ?? 0) >>> shift) & 0xffff;
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    yield;
  }
  if (counts.includes(ids.length)) return null;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit] ?? 0;
    counts[digit] = sum;
    sum += count;
  }
  return counts;
}
