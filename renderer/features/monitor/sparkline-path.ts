// A small line as the path of an SVG: time from left to right, the value from zero up to the highest
// value. Where a value is missing, or nothing was measured for a while, the line has a gap: nothing is made up.

export interface Point {
  readonly atMs: number;
  readonly value: number | null;
}

export const WIDTH = 300;
export const HEIGHT = 36;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 300_000;
/** Of a measurement each two seconds three are missing. */
const GAP_MS = 8_000;

/** What the whole width stands for: as long as something was measured, at least a minute, at most five. */
function spanOf(points: readonly Point[], nowMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, nowMs - (points[0]?.atMs ?? nowMs)));
}

/** Empty where there is nothing to draw. `top`: the value at the upper edge. */
export function sparklinePath(points: readonly Point[], nowMs: number, top: number): string {
  const spanMs = spanOf(points, nowMs);
  const parts: string[] = [];
  let before: Point | null = null;
  for (const point of points) {
    const { atMs, value } = point;
    const age = nowMs - atMs;
    if (value === null || age > spanMs || age < 0) {
      before = null;
      continue;
    }
    const x = WIDTH * (1 - age / spanMs);
    const y = top > 0 ? HEIGHT * (1 - Math.min(1, value / top)) : HEIGHT;
    const joined = before !== null && atMs - before.atMs <= GAP_MS;
    // A point with no neighbour is a dot: a line of no length, with round ends.
    parts.push(joined ? `L${x.toFixed(1)} ${y.toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}h0`);
    before = point;
  }
  return parts.join('');
}
