// One figure of the monitor: its name, its value with its unit, a small line over the last minutes, and what it is of.
import type { JSX } from 'react';
import type { MonitorSample } from '../../../shared/ipc/monitor.ts';
import { words } from '../../words.ts';
import { latest, rangeOf, type Figure } from './figures.ts';
import { HEIGHT, sparklinePath, WIDTH } from './sparkline-path.ts';

interface Props {
  readonly figure: Figure;
  readonly samples: readonly MonitorSample[];
}

export function FigureCard({ figure: { name, write }, samples }: Props): JSX.Element {
  const text = words.monitor;
  const { label, help } = text.figures[name];
  const value = latest(samples, name);
  const range = rangeOf(samples, name);
  const path = sparklinePath(samples.map((sample) => ({ atMs: sample.atMs, value: sample[name] })), samples.at(-1)?.atMs ?? 0, range?.highest ?? 0);
  return (
    <div className="figure-card">
      <dt>{label}</dt>
      <dd className="figure-value">{value === null ? text.noValue : write(value)}</dd>
      <dd className="figure-line">
        <svg viewBox={`0 -2 ${String(WIDTH)} ${String(HEIGHT + 4)}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <path d={path} />
        </svg>
        {range === null ? null : <span className="visually-hidden">{text.range(write(range.lowest), write(range.highest))}</span>}
      </dd>
      <dd className="figure-help">
        {help}
        {range === null || range.highest === value ? null : <span className="figure-highest">{text.upTo(write(range.highest))}</span>}
      </dd>
    </div>
  );
}
