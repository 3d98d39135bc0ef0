import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeRange, type ServedRows } from '../../../electron/main/lists/time-range.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';

const settings = settingsSchema.parse({});
const served = (rows: number, connections = 10, perMinute: number | null = null): ServedRows => ({ rows, connections, perMinute });

describe('the range of time', () => {
  it('is nothing for nothing', () => {
    expect(timeRange({ destinations: [], rest: { rows: 0, domains: 0 } }, settings)).toEqual({ secondsAtLeast: 0, secondsAtMost: 0 });
  });

  it('is that of the largest destination, however many connections there are in all', () => {
    const { secondsAtLeast } = timeRange({ destinations: [served(100_000, 5), served(10)], rest: { rows: 0, domains: 0 } }, settings);
    expect(secondsAtLeast).toBe(100_000 / (5 * 20));
  });

  it('is bounded by what the user allows a minute, for all and for one', () => {
    const slow = settingsSchema.parse({ smtp: { recipientsPerMinute: 60 } });
    expect(timeRange({ destinations: [served(6_000)], rest: { rows: 0, domains: 0 } }, slow).secondsAtLeast).toBe(6_000);
    expect(timeRange({ destinations: [served(6_000, 10, 30)], rest: { rows: 0, domains: 0 } }, settings).secondsAtLeast).toBe(12_000);
  });

  it('leaves time for greylisting', () => {
    const { secondsAtMost } = timeRange({ destinations: [served(1)], rest: { rows: 0, domains: 0 } }, settings);
    expect(secondsAtMost).toBeGreaterThan((settings.retry.greylistFirstMs + settings.retry.greylistNextMs) / 1_000);
  });

  it('is in order, finite, and never shorter for more addresses', () => {
    const destination = fc.record({ rows: fc.nat(10_000_000), connections: fc.integer({ min: 1, max: 50 }), perMinute: fc.option(fc.integer({ min: 1, max: 100_000 })) });
    const rest = fc.record({ rows: fc.nat(10_000_000), domains: fc.nat(1_000_000) }).map(({ rows, domains }) => ({ rows, domains: Math.min(rows, domains) }));
    fc.assert(
      fc.property(fc.array(destination, { maxLength: 5 }), rest, destination, (destinations, beside, more) => {
        const range = timeRange({ destinations, rest: beside }, settings);
        expect(Number.isFinite(range.secondsAtMost)).toBe(true);
        expect(range.secondsAtMost).toBeGreaterThanOrEqual(range.secondsAtLeast);
        // More for one server that is there already.
        const first = destinations[0];
        if (first === undefined || first.rows === 0) return;
        const larger = timeRange({ destinations: [{ ...first, rows: first.rows + more.rows }, ...destinations.slice(1)], rest: beside }, settings);
        expect(larger.secondsAtLeast).toBeGreaterThanOrEqual(range.secondsAtLeast);
      }),
    );
  });
});
