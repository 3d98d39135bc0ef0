import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../electron/engine/destinations/pace.ts';
import { createManualClock } from '../../lab/manual-clock.ts';

describe('Pace', () => {
  it('lets a bucket go at once and then so many a minute', () => {
    const clock = createManualClock();
    const pace = new Pace(120, clock);
    expect(pace.room).toBe(10);
    pace.spend(10);
    expect(pace.room).toBe(0);
    expect(pace.waitMs(100)).toBe(2_500);
    clock.advance(2_500);
    expect(pace.room).toBe(5);
  });

  it('waits for no more than those who wait, and holds one recipient at least', () => {
    const clock = createManualClock();
    const pace = new Pace(1, clock);
    pace.spend(1);
    expect(pace.waitMs(5)).toBe(60_000);
    clock.advance(60_000);
    expect(pace.room).toBe(1);
  });

  it('has promised its room to connections that are being opened', () => {
    const pace = new Pace(120, createManualClock());
    pace.connecting(1);
    expect(pace.isPromised).toBe(false);
    pace.connecting(1);
    expect(pace.isPromised).toBe(true);
    pace.connecting(-1);
    expect(pace.isPromised).toBe(false);
  });

  it('never lets more go than its share of the time and one bucket, and always lets some go in the end', () => {
    const steps = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 20_000 }), want: fc.integer({ min: 1, max: 200 }) }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), steps, (perMinute, all) => {
        const clock = createManualClock();
        const pace = new Pace(perMinute, clock);
        let asked = 0;
        for (const { ms, want } of all) {
          clock.advance(ms);
          const now = Math.min(want, pace.room);
          pace.spend(now);
          asked += now;
          expect(asked).toBeLessThanOrEqual(pace.holds + (perMinute * clock.monotonicMs()) / 60_000 + 1e-6);
        }
        clock.advance(pace.waitMs(1));
        expect(pace.room).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
