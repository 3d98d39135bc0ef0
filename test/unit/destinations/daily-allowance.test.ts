import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DailyAllowance, type AskDailyGrant } from '../../../electron/engine/destinations/daily-allowance.ts';
import { createDailyCounts } from '../../../electron/engine/destinations/daily-counts.ts';
import { createManualClock, type ManualClock } from '../../lab/manual-clock.ts';

const RULE = { key: 'mx.one.test', cap: 100 };

/** Asks as long as there is room; how many that were. */
async function askAll(allowance: DailyAllowance): Promise<number> {
  let asked = 0;
  while (!allowance.isReached) {
    const now = Math.min(3, allowance.room);
    allowance.spend(now);
    asked += now;
    await setImmediate();
  }
  return asked;
}

const allowanceWith = (ask: AskDailyGrant, clock: ManualClock) => new DailyAllowance(RULE, ask, clock, () => undefined);

describe('DailyAllowance', () => {
  it('lets so many go in a day, and as many the next', async () => {
    const clock = createManualClock();
    const allowance = allowanceWith(createDailyCounts(), clock);
    expect(await askAll(allowance)).toBe(100);
    clock.advance(allowance.nextDayMs - clock.epochMs());
    expect(allowance.isReached).toBe(false);
    expect(await askAll(allowance)).toBe(100);
  });

  it('shares a day with whoever counts in the same place, also one that came before', async () => {
    const ask = createDailyCounts();
    const clock = createManualClock();
    const first = allowanceWith(ask, clock);
    expect(first.room).toBe(0);
    await setImmediate();
    first.spend(1);
    await first.giveBack();
    expect(await askAll(allowanceWith(ask, clock))).toBe(99);
  });

  it('never asks for more than is wanted soon: a killed process wastes one grant at most', async () => {
    const ask = createDailyCounts();
    const clock = createManualClock();
    const killed = allowanceWith(ask, clock);
    expect(killed.room).toBe(0);
    await setImmediate();
    killed.spend(1);
    await setImmediate();
    const left = await askAll(allowanceWith(ask, clock));
    expect(left).toBeLessThan(100);
    expect(left).toBeGreaterThanOrEqual(95);
  });

  it('lets nobody go while nobody counts', async () => {
    const allowance = allowanceWith(() => Promise.reject(new Error('disk full')), createManualClock());
    expect(allowance.room).toBe(0);
    await setImmediate();
    expect([allowance.room, allowance.isReached]).toEqual([0, true]);
  });
});
