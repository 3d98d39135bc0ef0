// Everything about a fault that chance decides, drawn from its seed: the same seed gives the same fault again.
// mulberry32; never used for anything that must not be guessed.

export interface Draw {
  /** [0, 1) */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(of: readonly [T, ...T[]]): T;
  /** How this run's replies are cut into packets. */
  readonly cut: (bytes: Buffer) => readonly Buffer[];
}

/** A reply in more packets than this would be a test of this machine. */
const MOST_PACKETS = 16;

export function createDraw(seed: number): Draw {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  // Whole; octet by octet; between CR and LF only; anywhere.
  const how = between(0, 3);
  return {
    next,
    between,
    pick: ([first, ...others]) => [first, ...others][between(0, others.length)] ?? first,
    cut(bytes) {
      if (how === 0) return [bytes];
      if (how === 2) return cutAtEnds(bytes);
      const least = Math.ceil(bytes.length / MOST_PACKETS);
      const parts: Buffer[] = [];
      for (let at = 0; at < bytes.length; ) {
        const size = how === 1 ? least : between(least, least + 20);
        parts.push(bytes.subarray(at, at + size));
        at += size;
      }
      return parts;
    },
  };
}

/** Each packet ends with a CR, and its LF begins the next. */
function cutAtEnds(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let cr = bytes.indexOf(13); cr !== -1 && parts.length < MOST_PACKETS; cr = bytes.indexOf(13, cr + 1)) {
    parts.push(bytes.subarray(start, cr + 1));
    start = cr + 1;
  }
  if (start < bytes.length) parts.push(bytes.subarray(start));
  return parts;
}
