// A sliding window over events: a ring of small histograms, one a second, for the last five minutes. Any window up to
// that is the sum of its seconds; nothing runs while nothing happens, and what is too old is overwritten, never shifted.
// Allocated with its first event: a kind that never happens costs nothing.
import { BUCKETS, quantileOf } from './scale.ts';

export const LONGEST_WINDOW_SEC = 300;

/** Durations in milliseconds, null where nothing happened. */
export interface RecentReading {
  /** Seconds that the window covers: less than asked for soon after the start. */
  readonly coveredSec: number;
  readonly count: number;
  readonly failed: number;
  /** What the events carried: verdicts of a commit, recipients of a flight; 1 each otherwise. */
  readonly units: number;
  readonly perSecond: number;
  readonly unitsPerSecond: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

interface Ring {
  /** Which second a slot holds; -1: none. */
  readonly seconds: Float64Array;
  /** By slot, then by bucket; only those from `lowest` to `highest` of a slot can hold anything. */
  readonly counts: Uint32Array;
  readonly lowest: Uint8Array;
  readonly highest: Uint8Array;
  readonly total: Uint32Array;
  readonly failed: Uint32Array;
  readonly units: Float64Array;
  readonly max: Float64Array;
}

export class RecentTally {
  readonly #startedAtMs: number;
  #ring: Ring | null = null;
  /** The slot that is filled now, from when to when. */
  #slot = 0;
  #fromMs = 0;
  #untilMs = 0;

  /** Monotonic milliseconds. */
  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  add(nowMs: number, bucket: number, valueMs: number, units: number, failed: boolean): void {
    const ring = (this.#ring ??= emptyRing());
    if (nowMs >= this.#untilMs || nowMs < this.#fromMs) this.#turnTo(ring, Math.floor(nowMs / 1000));
    const slot = this.#slot;
    const at = slot * BUCKETS + bucket;
    ring.counts[at] = (ring.counts[at] ?? 0) + 1;
    ring.total[slot] = (ring.total[slot] ?? 0) + 1;
    if (bucket < (ring.lowest[slot] ?? 0)) ring.lowest[slot] = bucket;
    if (bucket > (ring.highest[slot] ?? 0)) ring.highest[slot] = bucket;
    ring.units[slot] = (ring.units[slot] ?? 0) + units;
    if (failed) ring.failed[slot] = (ring.failed[slot] ?? 0) + 1;
    if (valueMs > (ring.max[slot] ?? 0)) ring.max[slot] = valueMs;
  }

  #turnTo(ring: Ring, second: number): void {
    this.#slot = second % LONGEST_WINDOW_SEC;
    this.#fromMs = second * 1000;
    this.#untilMs = this.#fromMs + 1000;
    if (ring.seconds[this.#slot] !== second) clear(ring, this.#slot, second);
  }

  /** The second that runs now and those before it, `windowSec` in all (at most `LONGEST_WINDOW_SEC`). */
  over(windowSec: number, nowMs: number): RecentReading {
    const last = Math.floor(nowMs / 1000);
    const first = last - Math.min(windowSec, LONGEST_WINDOW_SEC) + 1;
    const coveredSec = (nowMs - Math.max(this.#startedAtMs, first * 1000)) / 1000;
    const counts = new Float64Array(BUCKETS);
    const sum = { count: 0, failed: 0, units: 0, max: 0 };
    const ring = this.#ring;
    for (let slot = 0; ring !== null && slot < LONGEST_WINDOW_SEC; slot += 1) {
      const second = ring.seconds[slot] ?? -1;
      if (second < first || second > last) continue;
      const highest = ring.highest[slot] ?? 0;
      for (let bucket = ring.lowest[slot] ?? 0; bucket <= highest; bucket += 1) {
        counts[bucket] = (counts[bucket] ?? 0) + (ring.counts[slot * BUCKETS + bucket] ?? 0);
      }
      sum.count += ring.total[slot] ?? 0;
      sum.failed += ring.failed[slot] ?? 0;
      sum.units += ring.units[slot] ?? 0;
      sum.max = Math.max(sum.max, ring.max[slot] ?? 0);
    }
    const { count, failed, units, max } = sum;
    const quantile = (share: number): number | null => quantileOf(counts, count, max, share);
    const rate = (amount: number): number => (coveredSec > 0 ? amount / coveredSec : 0);
    return {
      coveredSec,
      count,
      failed,
      units,
      perSecond: rate(count),
      unitsPerSecond: rate(units),
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      maxMs: count === 0 ? null : max,
    };
  }
}

function emptyRing(): Ring {
  return {
    seconds: new Float64Array(LONGEST_WINDOW_SEC).fill(-1),
    counts: new Uint32Array(LONGEST_WINDOW_SEC * BUCKETS),
    lowest: new Uint8Array(LONGEST_WINDOW_SEC),
    highest: new Uint8Array(LONGEST_WINDOW_SEC),
    total: new Uint32Array(LONGEST_WINDOW_SEC),
    failed: new Uint32Array(LONGEST_WINDOW_SEC),
    units: new Float64Array(LONGEST_WINDOW_SEC),
    max: new Float64Array(LONGEST_WINDOW_SEC),
  };
}

function clear(ring: Ring, slot: number, second: number): void {
  ring.seconds[slot] = second;
  ring.counts.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS);
  ring.lowest[slot] = BUCKETS - 1;
  ring.highest[slot] = 0;
  ring.total[slot] = 0;
  ring.failed[slot] = 0;
  ring.units[slot] = 0;
  ring.max[slot] = 0;
}
