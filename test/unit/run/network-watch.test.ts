// Sleep and another network, told apart from a clock that is set right and a loop that is busy (faults row 58).
import { describe, expect, it } from 'vitest';
import { createNetworkWatch } from '../../../electron/engine/run/network-watch.ts';
import { createManualClock } from '../../lab/manual-clock.ts';

function bench() {
  const manual = createManualClock();
  let aheadMs = 0;
  let behindMs = 0;
  let addresses = '192.0.2.10';
  const told: string[] = [];
  const clock = { ...manual, epochMs: () => manual.epochMs() + aheadMs, monotonicMs: () => manual.monotonicMs() + behindMs };
  const watch = createNetworkWatch({ clock, localAddresses: () => addresses, onChange: (what) => told.push(what) });
  return {
    manual,
    watch,
    told,
    setClock: (byMs: number) => { aheadMs += byMs; },
    /** Both times go on and no timer fires. */
    standStill: (ms: number) => {
      aheadMs += ms;
      behindMs += ms;
    },
    move: (to: string) => { addresses = to; },
  };
}

describe('the network watch', () => {
  it('tells of a sleep by the wall clock that ran ahead, at the next look', () => {
    const { manual, setClock, told } = bench();
    manual.advance(3_000);
    setClock(60_000);
    expect(told).toEqual([]);
    manual.advance(1_000);
    expect(told).toEqual(['this machine was asleep']);
  });

  it('tells of a sleep in which both times went on, to who has a failure at hand before any timer', () => {
    const { standStill, watch, told } = bench();
    standStill(60_000);
    expect(watch.hasChanged()).toBe(true);
    expect(told).toEqual(['this machine was asleep']);
  });

  it.each([4_000, -4_000, -400 * 86_400_000])('lets a clock that is set by %i ms be', (byMs) => {
    const { manual, setClock, told } = bench();
    setClock(byMs);
    manual.advance(10_000);
    expect(told).toEqual([]);
  });

  it('lets a loop that was busy for ten seconds be', () => {
    const { manual, standStill, told } = bench();
    standStill(10_000);
    manual.advance(2_000);
    expect(told).toEqual([]);
  });

  it.each(['198.51.100.20', ''])('tells of another network (%j), once', (to) => {
    const { manual, move, watch, told } = bench();
    manual.advance(1_500);
    move(to);
    expect(watch.hasChanged()).toBe(true);
    manual.advance(5_000);
    expect(watch.hasChanged()).toBe(true);
    expect(told).toEqual(['this machine is in another network']);
    expect(manual.timers).toBe(0);
  });

  it('does not believe the first failure, however soon it comes after a look', () => {
    const { watch, move, told } = bench();
    expect(watch.hasChanged()).toBe(false);
    move('198.51.100.20');
    expect(watch.hasChanged()).toBe(true);
    expect(told).toEqual(['this machine is in another network']);
  });

  it('reads the addresses no more than fifty times a second, however many failures there are', () => {
    let reads = 0;
    const manual = createManualClock();
    const watch = createNetworkWatch({ clock: manual, localAddresses: () => { reads += 1; return ''; }, onChange: () => undefined });
    for (let turn = 0; turn < 1_000; turn += 1) {
      watch.hasChanged();
      manual.advance(1);
    }
    expect(reads).toBeLessThanOrEqual(52);
    watch.close();
    expect(manual.timers).toBe(0);
  });
});
