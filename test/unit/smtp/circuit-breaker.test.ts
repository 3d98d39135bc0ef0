// The circuit breaker's three states, its one trial, and how long it stays open.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CircuitBreaker, type BreakerState } from '../../../electron/engine/smtp/circuit-breaker.ts';
import { failure } from '../../../electron/engine/smtp/failure.ts';

const FAILED = failure('ConnectFailed', 'CONNECT', 'refused');

function setUp(random = () => 1) {
  const changes: BreakerState[] = [];
  const breaker = new CircuitBreaker({ failures: 5, openMs: 30_000, openMaxMs: 900_000, random }, (state) => changes.push(state));
  const fail = (times: number, nowMs = 0): void => {
    for (let i = 0; i < times; i += 1) breaker.failed(FAILED, nowMs);
  };
  return { breaker, changes, fail };
}

describe('CircuitBreaker', () => {
  it('opens at the fifth failure in a row, and a success in between starts the count anew', () => {
    const { breaker, changes, fail } = setUp();
    fail(4);
    breaker.succeeded();
    fail(4);
    expect([breaker.state, breaker.admits(0)]).toEqual(['closed', true]);
    fail(1);
    expect([breaker.state, breaker.admits(0), breaker.cause]).toEqual(['open', false, FAILED]);
    expect(changes).toEqual(['open']);
  });

  it('lets one through after its time, and no other before that one has come back', () => {
    const { breaker, fail } = setUp();
    fail(5);
    expect([breaker.admits(29_999), breaker.admits(30_000)]).toEqual([false, true]);
    breaker.dialled();
    expect([breaker.state, breaker.admits(40_000)]).toEqual(['half_open', false]);
    breaker.succeeded();
    expect([breaker.state, breaker.admits(40_000)]).toEqual(['closed', true]);
  });

  it('opens again at one failed trial, each time for twice as long, up to its bound', () => {
    const { breaker, fail } = setUp();
    fail(5);
    let nowMs = 0;
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      let waitMs = 0;
      while (!breaker.admits(nowMs + waitMs)) waitMs += 10_000;
      waits.push(waitMs);
      nowMs += waitMs;
      breaker.dialled();
      fail(1, nowMs);
    }
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000]);
  });

  it('goes on doubling after a mere greeting, and starts anew only when somebody was served', () => {
    const { breaker, fail } = setUp();
    const openMs = (): number => {
      fail(5, 1_000_000);
      const waitMs = breaker.admits(1_000_000 + 59_999) ? 30_000 : 60_000;
      breaker.dialled();
      breaker.succeeded();
      return waitMs;
    };
    expect(openMs()).toBe(30_000);
    expect(openMs()).toBe(60_000);
    breaker.served();
    expect(breaker.isNew).toBe(true);
    expect(openMs()).toBe(30_000);
  });

  it('has full jitter: any part of its time', () => {
    const { breaker, fail } = setUp(() => 0.1);
    fail(5);
    expect([breaker.admits(2_999), breaker.admits(3_000)]).toEqual([false, true]);
  });

  it('still owes its trial where a dial said nothing about the host', () => {
    const { breaker, fail } = setUp();
    fail(5);
    breaker.dialled();
    breaker.abandoned();
    expect([breaker.state, breaker.admits(30_000)]).toEqual(['half_open', true]);
  });

  it('never admits two trials at once, nor anybody while it is open (property)', () => {
    const step = fc.constantFrom('dial', 'succeed', 'fail', 'abandon', 'trip', 'wait');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { breaker } = setUp();
        let [nowMs, dialling] = [0, 0];
        for (const each of steps) {
          if (each === 'wait') nowMs += 20_000;
          if (each === 'trip') {
            breaker.trip(FAILED, nowMs);
            // Whatever is on its way was dialled before; it no longer counts as the trial.
            dialling = 0;
            expect(breaker.admits(nowMs)).toBe(false);
          }
          if (each === 'dial' && breaker.admits(nowMs)) {
            breaker.dialled();
            dialling += 1;
          }
          if (dialling > 0 && each !== 'dial' && each !== 'wait' && each !== 'trip') {
            dialling -= 1;
            if (each === 'succeed') breaker.succeeded();
            else if (each === 'fail') breaker.failed(FAILED, nowMs);
            else breaker.abandoned();
          }
          if (breaker.state === 'half_open') expect(dialling).toBeLessThanOrEqual(1);
          if (breaker.state !== 'closed') dialling = Math.min(dialling, 1);
        }
      }),
    );
  });
});
