// What is told, as plain data: a family is a name, its labels, and how its samples are read when somebody asks. Knows
// nothing of prom-client, which is loaded only where metrics are served.
// Names follow Prometheus: `winnow_`, base units (seconds, bytes), `_total` for counters.
import type { Count } from './count.ts';
import type { Labelled } from './labelled.ts';
import type { Tally } from './tally.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface TallySample {
  readonly labels: Labels;
  readonly tally: Tally;
}

interface FamilyHead {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

export interface ValueFamily extends FamilyHead {
  readonly kind: 'counter' | 'gauge';
  readonly read: () => readonly Sample[];
}

export interface HistogramFamily extends FamilyHead {
  readonly kind: 'histogram';
  /** What one exported unit is in the tally's: tallies of time hold milliseconds. */
  readonly unit: 'seconds' | 'things';
  /** Exported bounds, each of them a bound of the scale. */
  readonly bounds: readonly number[];
  readonly read: () => readonly TallySample[];
}

export type Family = ValueFamily | HistogramFamily;

/** From what a healthy answer takes to what a tarpit does. */
const WAITS_SEC = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const LIVES_SEC = [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
const SIZES = [1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

export const BOUNDS_OF = { waits: WAITS_SEC, lives: LIVES_SEC, sizes: SIZES } as const;

/** Tallies by two labels, or by the first alone where one name is given. */
export function tallySamples<T>(things: Labelled<T>, names: readonly [string, string?], tallyOf: (thing: T) => Tally): readonly TallySample[] {
  return [...things.entries()].map(([first, second, thing]) => ({ labels: labelled(names, first, second), tally: tallyOf(thing) }));
}

export function itself(tally: Tally): Tally {
  return tally;
}

export function countSamples(counts: Labelled<Count>, names: readonly [string, string?]): readonly Sample[] {
  return [...counts.entries()].map(([first, second, { value }]) => ({ labels: labelled(names, first, second), value }));
}

export function plain(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}

function labelled([first, second]: readonly [string, string?], firstValue: string, secondValue: string): Labels {
  return second === undefined ? { [first]: firstValue } : { [first]: firstValue, [second]: secondValue };
}
