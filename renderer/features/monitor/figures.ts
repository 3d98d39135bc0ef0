// The figures of the monitor in their order, and how each is written: with its unit, by Intl.
import type { MonitorFigure, MonitorSample } from '../../../shared/ipc/monitor.ts';
import { formatBytes, formatCount, formatRate, formatShare } from '../../format.ts';
import { words } from '../../words.ts';

export interface Figure {
  readonly name: MonitorFigure;
  readonly write: (value: number) => string;
}

const perSecond = (value: number): string => words.monitor.perSecond(formatRate(value));
const ms = (value: number): string => words.monitor.ms(formatRate(value));

export const FIGURES: readonly Figure[] = [
  { name: 'verdictsPerSec', write: perSecond },
  { name: 'recipientsPerSec', write: perSecond },
  { name: 'connections', write: formatCount },
  { name: 'targets', write: formatCount },
  { name: 'lookupsPerSec', write: perSecond },
  { name: 'dnsHitShare', write: (value) => formatShare(value, 1) },
  { name: 'flightMs', write: ms },
  { name: 'scheduled', write: formatCount },
  { name: 'failuresPerSec', write: perSecond },
  { name: 'commitMs', write: ms },
  { name: 'loopMs', write: ms },
  { name: 'memoryBytes', write: formatBytes },
];

/** The last value; null where there is none just now. */
export function latest(samples: readonly MonitorSample[], name: MonitorFigure): number | null {
  return samples.at(-1)?.[name] ?? null;
}

/** Lowest and highest of those that there are; null where there is none. */
export function rangeOf(samples: readonly MonitorSample[], name: MonitorFigure): { readonly lowest: number; readonly highest: number } | null {
  const values = samples.flatMap((sample) => sample[name] ?? []);
  return values.length === 0 ? null : { lowest: Math.min(...values), highest: Math.max(...values) };
}
