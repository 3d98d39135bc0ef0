import { describe, expect, it } from 'vitest';
import { RateMeter } from '../../../../electron/main/lists/rate-meter.ts';
import { createManualClock, type ManualClock } from '../../../lab/manual-clock.ts';

/** Commits `perSec` first verdicts each second; answers what is pending at the end. */
function work(meter: RateMeter, clock: ManualClock, seconds: number, perSec: number, pending: number): number {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1_000);
    pending -= perSec;
    meter.commit(perSec, pending);
  }
  return pending;
}

describe('the rate', () => {
  it('is that of the last ten seconds', () => {
    const clock = createManualClock();
    const meter = new RateMeter(clock);
    meter.start();
    const pending = work(meter, clock, 20, 100, 10_000);
    expect(meter.ratePerSec()).toBe(100);
    work(meter, clock, 10, 10, pending);
    expect(meter.ratePerSec()).toBe(10);
    clock.advance(10_000);
    expect(meter.ratePerSec()).toBe(0);
  });

  it('does not make a rate of the first burst', () => {
    const clock = createManualClock();
    const meter = new RateMeter(clock);
    meter.start();
    clock.advance(10);
    meter.commit(500, 500);
    expect(meter.ratePerSec()).toBe(500);
  });

  it('is nothing while nothing is asked, and starts afresh after that', () => {
    const clock = createManualClock();
    const meter = new RateMeter(clock);
    meter.start();
    work(meter, clock, 8, 100, 10_000);
    meter.stop();
    expect(meter.ratePerSec()).toBe(0);
    meter.start();
    expect(meter.ratePerSec()).toBe(0);
    expect(meter.secondsLeft(100, null)).toBeNull();
  });
});

describe('the time left', () => {
  it('is not known before five seconds of work', () => {
    const clock = createManualClock();
    const meter = new RateMeter(clock);
    expect(meter.secondsLeft(10_000, null)).toBeNull();
    meter.start();
    let pending = work(meter, clock, 4, 100, 10_000);
    expect(meter.secondsLeft(pending, null)).toBeNull();
    pending = work(meter, clock, 1, 100, pending);
    expect(meter.secondsLeft(pending, null)).toBeCloseTo(pending / 100, 5);
  });

  it('counts rows that were asked for the first time: asking the greylisted again brings no end nearer', () => {
    const clock = createManualClock();
    const meter = new RateMeter(clock);
    meter.start();
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1_000);
      meter.commit(100, 1_000 - (second + 1) * 50); // half of each commit are rows asked again
    }
    expect(meter.ratePerSec()).toBe(100);
    expect(meter.secondsLeft(500, null)).toBeCloseTo(500 / 55, 0); // the first commit counts whole: nothing was known before it
  });

  it('is not less than the wait for what is scheduled, and not known when only that is left', () => {
    const clock = createManualClock();
    const meter = new RateMeter(clock);
    meter.start();
    const pending = work(meter, clock, 10, 100, 2_000);
    expect(meter.secondsLeft(pending, 300_000)).toBe(300);
    expect(meter.secondsLeft(0, 300_000)).toBeNull();
  });

  it('is not known while no first verdict comes', () => {
    const clock = createManualClock();
    const meter = new RateMeter(clock);
    meter.start();
    clock.advance(20_000);
    expect(meter.secondsLeft(100, null)).toBeNull();
  });
});
