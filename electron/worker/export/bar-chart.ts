// The statuses of a list as one bar of shares, in SVG. A share that is not nothing is always seen.
import { STATUSES, type Status } from '../../../shared/verdict/verdict.ts';
import { escapeHtml } from './escape-html.ts';

const WIDTH = 1_000;
const HEIGHT = 56;
/** Of a share that is not nothing. */
const LEAST = 4;

export interface Bar {
  readonly status: Status;
  readonly label: string;
  readonly count: number;
}

/** `label`: what the chart shows, for who does not see it. */
export function barChart(label: string, bars: readonly Bar[]): string {
  const shown = bars.filter(({ count }) => count > 0);
  const whole = shown.reduce((sum, { count }) => sum + count, 0);
  const room = WIDTH - LEAST * shown.length;
  let x = 0;
  const parts = shown.map(({ status, label: name, count }) => {
    const width = LEAST + (room * count) / whole;
    const part = `<rect class="${status}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="${String(HEIGHT)}"><title>${escapeHtml(`${name}: ${String(count)}`)}</title></rect>`;
    x += width;
    return part;
  });
  const legend = STATUSES.flatMap((status) => bars.filter((bar) => bar.status === status)).map(({ status, label: name }) => `<li><i class="${status}"></i>${escapeHtml(name)}</li>`);
  return `<svg viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="${escapeHtml(label)}" preserveAspectRatio="none">${parts.join('')}</svg><ul class="legend">${legend.join('')}</ul>`;
}
