// The monitor's lines and figures: drawn to scale, with gaps where nothing is known, each with its unit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIGURES, latest, rangeOf } from '../../../renderer/features/monitor/figures.ts';
import { HEIGHT, sparklinePath, WIDTH } from '../../../renderer/features/monitor/sparkline-path.ts';
import type { MonitorSample } from '../../../shared/ipc/monitor.ts';
import { en as words } from '../../../shared/words/en.ts';

const NOW = 1_000_000_000;
const sample = (change: Partial<MonitorSample> = {}): MonitorSample => ({
  atMs: NOW, verdictsPerSec: 512.4, recipientsPerSec: 3.25, connections: 200, targets: 50, lookupsPerSec: 0, dnsHitShare: 0.5, flightMs: 51.26, commitMs: null, scheduled: 1_204,
  failuresPerSec: 0, loopMs: 2.04, memoryBytes: 123_456_789, ...change,
});

describe('the line', () => {
  it('runs from the left edge, at most five minutes ago and at least one, to the right one, from zero to the highest value', () => {
    const points = [{ atMs: NOW - 300_000, value: 0 }, { atMs: NOW - 298_000, value: 5 }];
    expect(sparklinePath(points, NOW - 0, 10)).toBe(`M0.0 ${HEIGHT.toFixed(1)}h0L2.0 ${(HEIGHT / 2).toFixed(1)}`);
    expect(sparklinePath([{ atMs: NOW - 30_000, value: 0 }], NOW, 10)).toBe(`M${(WIDTH / 2).toFixed(1)} ${HEIGHT.toFixed(1)}h0`);
    expect(sparklinePath([{ atMs: NOW - 120_000, value: 0 }], NOW, 10)).toBe(`M0.0 ${HEIGHT.toFixed(1)}h0`);
    expect(sparklinePath([{ atMs: NOW, value: 10 }], NOW, 10)).toBe(`M${WIDTH.toFixed(1)} 0.0h0`);
  });

  it('has a gap where a value or a time is missing, and nothing older than five minutes', () => {
    const at = (secondsAgo: number, value: number | null) => ({ atMs: NOW - secondsAgo * 1_000, value });
    const path = sparklinePath([at(400, 1), at(20, 1), at(18, null), at(16, 1), at(4, 1), at(2, 1)], NOW, 1);
    expect(path.match(/M/g)).toHaveLength(3);
    expect(path.match(/L/g)).toHaveLength(1);
    expect(sparklinePath([at(400, 1), at(1, null)], NOW, 1)).toBe('');
  });

  it('lies on the ground where all is zero', () => {
    expect(sparklinePath([{ atMs: NOW, value: 0 }], NOW, 0)).toBe(`M${WIDTH.toFixed(1)} ${HEIGHT.toFixed(1)}h0`);
  });

  it('never leaves its box, whatever is measured', () => {
    const point = fc.record({ atMs: fc.integer({ min: NOW - 400_000, max: NOW + 10_000 }), value: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true })) });
    fc.assert(fc.property(fc.array(point), fc.double({ min: 0, max: 1e9, noNaN: true }), (points, top) => {
      for (const [, x, y] of sparklinePath(points, NOW, top).matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(WIDTH);
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(HEIGHT);
      }
    }));
  });
});

describe('the figures', () => {
  it('are all there, each with words and a unit', () => {
    expect(FIGURES.map(({ name }) => name).sort()).toEqual(Object.keys(words.monitor.figures).sort());
    const written = Object.fromEntries(FIGURES.map(({ name, write }) => [name, write(sample()[name] ?? 0)]));
    expect(written).toMatchObject({ verdictsPerSec: '512 /s', recipientsPerSec: '3.3 /s', connections: '200', dnsHitShare: '50%', flightMs: '51 ms', loopMs: '2 ms', memoryBytes: '123.5 MB', scheduled: '1,204' });
  });

  it('tell the last value and the range of those that there are', () => {
    const samples = [sample({ commitMs: 3 }), sample({ commitMs: 9 }), sample()];
    expect(latest(samples, 'commitMs')).toBeNull();
    expect(rangeOf(samples, 'commitMs')).toEqual({ lowest: 3, highest: 9 });
    expect(rangeOf([sample()], 'commitMs')).toBeNull();
  });
});
