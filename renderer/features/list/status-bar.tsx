// The stacked bar of a list and its legend: count and share of each status, of what is asked again later, and of what
// was not asked (DNS only) or not asked yet. The parts differ by pattern as well as by colour, and every number is there as text.
import type { JSX } from 'react';
import type { Status } from '../../../shared/verdict/verdict.ts';
import { formatCount, formatShare } from '../../format.ts';
import { words } from '../../words.ts';
import type { PartName, Shares } from './shares.ts';
import './status-bar.css';

export function StatusBar({ shares }: { readonly shares: Shares }): JSX.Element {
  const { parts, total, settled } = shares;
  const { list: text, statusHints } = words.window;
  return (
    <div className="status-bar">
      <div
        className="bar"
        role="progressbar"
        aria-label={text.progressLabel}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={settled}
        aria-valuetext={text.verifiedOf(formatCount(settled), formatCount(total))}
      >
        {parts.map(({ name, count }) => (
          <span key={name} className={`bar-part part-${name}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="legend">
        {parts.filter(({ name, count }) => count > 0 || isStatus(name)).map(({ name, count }) => (
          <li key={name} className={isStatus(name) ? 'legend-status' : undefined} title={isStatus(name) ? statusHints[name] : undefined}>
            <span className={`swatch part-${name}`} aria-hidden="true" />
            <span className="legend-name">{nameOf(name)}</span>
            <span className="legend-count">{formatCount(count)}</span>
            <span className="legend-share">{total === 0 ? '' : formatShare(count, total)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function isStatus(part: PartName): part is Status {
  return part !== 'scheduled' && part !== 'not_probed' && part !== 'pending';
}

function nameOf(part: PartName): string {
  if (isStatus(part)) return words.window.statuses[part];
  const { waitingBar, notAskedBar, pendingBar } = words.window.list;
  return { scheduled: waitingBar, not_probed: notAskedBar, pending: pendingBar }[part];
}
