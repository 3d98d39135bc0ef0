// The waiting line: in the order of coming, over all and for each target, each with its own deadline, by one timer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Waiter, type TargetState } from '../../../electron/engine/smtp/target-state.ts';
import { WaitingLine } from '../../../electron/engine/smtp/waiting-line.ts';
import { targetState } from './fake-session.ts';
import { WatchedClock } from './watched-clock.ts';

function setUp() {
  const clock = new WatchedClock();
  const expired: Waiter[] = [];
  const line = new WaitingLine(clock, (late) => expired.push(late));
  const add = (state: TargetState, deadlineMs: number): Waiter => {
    const sinceMs = clock.monotonicMs();
    const waiter = new Waiter(state, state.target, { sinceMs, deadlineAtMs: sinceMs + deadlineMs }, () => undefined);
    line.add(waiter);
    return waiter;
  };
  return { clock, expired, line, add };
}

describe('WaitingLine', () => {
  it('is in the order of coming, over all and for each target', () => {
    const { line, add, clock } = setUp();
    const [busy, quiet] = [targetState('127.0.0.1'), targetState('127.0.0.2')];
    const [a, b, c] = [add(busy, 1_000), add(quiet, 1_000), add(busy, 1_000)];
    expect([line.first, busy.waiters.first, quiet.waiters.first, line.size]).toEqual([a, a, b, 3]);
    expect([...line.targets]).toEqual([busy, quiet]);
    expect([line.remove(a), line.remove(a), a.waiting, c.waiting]).toEqual([true, false, false, true]);
    expect([line.first, busy.waiters.first]).toEqual([b, c]);
    line.remove(b);
    expect([...line.targets]).toEqual([busy]);
    line.remove(c);
    expect([line.first, line.size, [...line.targets], clock.pending]).toEqual([null, 0, [], 0]);
  });

  it('tells each whose deadline passed, the earliest first, and only those', () => {
    const { line, add, clock, expired } = setUp();
    const state = targetState();
    const [a, b, c] = [add(state, 100), add(state, 50), add(state, 75)];
    expect(clock.pending).toBe(1);
    clock.advance(49);
    expect(expired).toEqual([]);
    clock.advance(1);
    expect(expired).toEqual([b]);
    line.remove(a);
    clock.advance(50);
    expect(expired).toEqual([b, c]);
    expect([line.size, clock.pending]).toEqual([0, 0]);
  });

  it('tells of every deadline exactly at its time, and of none that was served (property)', () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 50 }), target: fc.nat({ max: 2 }) }),
      fc.record({ serve: fc.nat({ max: 2 }) }),
      fc.record({ wait: fc.integer({ min: 1, max: 30 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const { line, add, clock, expired } = setUp();
        const targets = [targetState('1'), targetState('2'), targetState('3')] as const;
        let model: Waiter[] = [];
        for (const each of steps) {
          if ('add' in each) model.push(add(targets[each.target] ?? targets[0], each.add));
          else if ('serve' in each) {
            const state = targets[each.serve] ?? targets[0];
            const first = model.find((waiter) => waiter.state === state) ?? null;
            expect(state.waiters.first).toBe(first);
            if (first !== null) line.remove(first);
            model = model.filter((waiter) => waiter !== first);
          } else {
            expired.length = 0;
            clock.advance(each.wait);
            const nowMs = clock.monotonicMs();
            const late = model.filter((waiter) => waiter.deadlineAtMs <= nowMs).sort((x, y) => x.deadlineAtMs - y.deadlineAtMs);
            expect(expired).toEqual(late);
            model = model.filter((waiter) => waiter.deadlineAtMs > nowMs);
          }
          expect([line.size, line.first]).toEqual([model.length, model[0] ?? null]);
          expect(clock.pending).toBe(model.length === 0 ? 0 : 1);
        }
      }),
    );
  });
});
