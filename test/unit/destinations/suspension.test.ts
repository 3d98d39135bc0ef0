import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Suspension } from '../../../electron/engine/destinations/suspension.ts';
import { createManualClock } from '../../lab/manual-clock.ts';

const BASE = { baseMs: 1_000, maxMs: 8_000, refusedMs: 60_000, random: () => 0 };

describe('Suspension', () => {
  it('leaves a destination alone for pauses that double, and lets it be tried between them', () => {
    const clock = createManualClock();
    const suspension = new Suspension(BASE, clock);
    expect([suspension.state, suspension.trialOf]).toEqual([null, null]);
    for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 8_000]) {
      suspension.suspend();
      expect(suspension.untilMs - clock.epochMs()).toBe(pauseMs);
      clock.advance(pauseMs - 1);
      expect([suspension.state, suspension.trialOf]).toEqual(['suspended', null]);
      clock.advance(1);
      expect([suspension.state, suspension.trialOf]).toEqual([null, 'suspended']);
    }
    suspension.succeeded();
    expect([suspension.trialOf, suspension.isForgotten]).toEqual([null, true]);
    suspension.suspend();
    expect(suspension.untilMs - clock.epochMs()).toBe(1_000);
  });

  it('takes a refusal of this machine for a long one, and a limit of the user’s own for no trial', () => {
    const clock = createManualClock();
    const suspension = new Suspension(BASE, clock);
    suspension.refuse();
    expect(suspension.state).toBe('refused');
    clock.advance(60_000);
    expect(suspension.trialOf).toBe('refused');
    suspension.cap(clock.epochMs() + 5_000);
    expect(suspension.state).toBe('capped');
    clock.advance(5_000);
    expect([suspension.state, suspension.trialOf]).toEqual([null, null]);
  });

  it('never shortens a pause, lengthens it by a fifth at most, and lets nobody back before its end', () => {
    const jitter = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(fc.array(jitter, { minLength: 1, maxLength: 12 }), (jitters) => {
        const clock = createManualClock();
        let at = 0;
        const suspension = new Suspension({ ...BASE, random: () => jitters[at] ?? 0 }, clock);
        for (at = 0; at < jitters.length; at += 1) {
          suspension.suspend();
          const pauseMs = suspension.untilMs - clock.epochMs();
          const leastMs = Math.min(8_000, 1_000 * 2 ** at);
          expect(pauseMs).toBeGreaterThanOrEqual(leastMs);
          expect(pauseMs).toBeLessThanOrEqual(leastMs * 1.2 + 1);
          expect(suspension.backAtMs).toBeGreaterThan(suspension.untilMs);
          clock.advance(suspension.backAtMs - clock.epochMs());
          expect(suspension.state).toBeNull();
        }
      }),
    );
  });
});
