// The one scale of every tally: twenty steps a decade from 0.01 to 10,000,000, so that a bucket is at most a fifth wider
// than its lower bound. Always the same, so that tallies add up and any of its bounds may be shown to a scraper.

const STEPS = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.25, 2.5, 2.75, 3, 3.3, 3.6, 4, 4.5, 5, 5.5, 6, 7, 8, 9];
const FIRST_DECADE = -2;
const LAST_DECADE = 6;

/** Upper bounds, inclusive, ascending. What is above the last one lies in the bucket after it. */
export const BOUNDS: Readonly<Float64Array> = Float64Array.from(bounds());

/** How many buckets there are, the one above all bounds included. */
export const BUCKETS = BOUNDS.length + 1;

function bounds(): number[] {
  const all: number[] = [];
  for (let decade = FIRST_DECADE; decade <= LAST_DECADE; decade += 1) {
    // By way of text, so that a bound is the very number that its digits say.
    for (const step of STEPS) all.push(Number((step * 10 ** decade).toPrecision(6)));
  }
  return [...all, 10 ** (LAST_DECADE + 1)];
}

// Where to begin for a value, by the first twelve bits of it as a 32-bit float (sign, exponent, an eighth of an octave):
// a search by halves is ten times slower, because no processor can guess its turns.
const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);
const CELL_SHIFT = 20;
const FIRST_IN_CELL = Uint8Array.from({ length: 1 << (32 - CELL_SHIFT) }, (_, cell) => {
  BITS[0] = cell << CELL_SHIFT;
  // Values were rounded to 32 bits, maybe upwards into this cell.
  const least = (FLOAT[0] ?? 0) * (1 - 1e-6);
  return Number.isFinite(least) && least > 0 ? BOUNDS.filter((bound) => bound < least).length : 0;
});

/** The bucket of a value: the first whose bound is not below it. What is no number counts as 0. */
export function bucketOf(value: number): number {
  FLOAT[0] = value;
  let bucket = FIRST_IN_CELL[(BITS[0] ?? 0) >>> CELL_SHIFT] ?? 0;
  while ((BOUNDS[bucket] ?? Number.POSITIVE_INFINITY) < value) bucket += 1;
  return bucket;
}

/** The value below which a share of what was counted lies, by straight lines within buckets; null where nothing was counted.
 *  `counts` by bucket, `total` their sum, `max` the largest value seen. */
export function quantileOf(counts: ArrayLike<number>, total: number, max: number, share: number): number | null {
  if (total === 0) return null;
  const rank = share * total;
  let below = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const here = counts[bucket] ?? 0;
    if (here > 0 && below + here >= rank) {
      const lower = BOUNDS[bucket - 1] ?? 0;
      const upper = Math.min(BOUNDS[bucket] ?? max, max);
      return lower + Math.max(0, upper - lower) * ((rank - below) / here);
    }
    below += here;
  }
  return max;
}
