import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeadlineWheel, Timed } from '../../../electron/engine/dns/deadline-wheel.ts';
import { createDrivenClock } from '../../integration/dns/driven-clock.ts';

const TICK_MS = 10;

class Entry extends Timed {
  readonly calls: number[] = [];
  readonly #now: () => number;
  readonly #then: () => void;

  constructor(now: () => number, then: () => void = () => undefined) {
    super();
    this.#now = now;
    this.#then = then;
  }

  onDue(): void {
    this.calls.push(this.#now());
    this.#then();
  }
}

describe('DeadlineWheel', () => {
  it('calls each once, at its time or up to a tick later, in whatever order they were added', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ addAtMs: fc.nat(30_000), waitMs: fc.nat(40_000), remove: fc.boolean() }), { maxLength: 40 }), (plans) => {
        const clock = createDrivenClock();
        const wheel = new DeadlineWheel(clock);
        const entries = plans.map((plan) => ({ ...plan, entry: new Entry(() => clock.monotonicMs()) }));
        for (const { addAtMs, waitMs, entry } of [...entries].sort((a, b) => a.addAtMs - b.addAtMs)) {
          clock.advance(addAtMs - clock.monotonicMs());
          wheel.add(entry, addAtMs + waitMs);
        }
        const removedAtMs = clock.monotonicMs();
        for (const { entry, remove } of entries) if (remove) wheel.remove(entry);
        clock.advance(80_000);
        for (const { addAtMs, waitMs, remove, entry } of entries) {
          const dueMs = addAtMs + waitMs;
          // One that was due at the very time of the removal may have been called or not.
          if (remove && dueMs > removedAtMs) expect(entry.calls).toEqual([]);
          else if (!remove || dueMs + TICK_MS <= removedAtMs) {
            expect(entry.calls).toHaveLength(1);
            expect(entry.calls[0]).toBeGreaterThanOrEqual(dueMs);
            expect(entry.calls[0]).toBeLessThanOrEqual(dueMs + TICK_MS);
          }
        }
        expect(wheel.size).toBe(0);
        expect(clock.timers).toBe(0);
      }),
    );
  });

  it('takes what is added and removed while it calls', () => {
    const clock = createDrivenClock();
    const wheel = new DeadlineWheel(clock);
    const later = new Entry(() => clock.monotonicMs());
    const gone = new Entry(() => clock.monotonicMs());
    const first = new Entry(() => clock.monotonicMs(), () => { wheel.remove(gone); wheel.add(later, clock.monotonicMs() + 100); });
    wheel.add(first, 50);
    wheel.add(gone, 200);
    clock.advance(1_000);
    expect([first.calls, later.calls, gone.calls]).toEqual([[50], [150], []]);
  });

  it('calls what has come due while the machine slept, however long', () => {
    const clock = createDrivenClock();
    let asleepMs = 0;
    const wheel = new DeadlineWheel({ ...clock, monotonicMs: () => clock.monotonicMs() + asleepMs });
    const entries = [100, 5_000, 39_999].map((dueMs) => {
      const entry = new Entry(() => clock.monotonicMs() + asleepMs);
      wheel.add(entry, dueMs);
      return entry;
    });
    asleepMs = 3_600_000;
    clock.advance(TICK_MS);
    expect(entries.map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
  });

  it('has no timer after its end', () => {
    const clock = createDrivenClock();
    const wheel = new DeadlineWheel(clock);
    const entry = new Entry(() => 0);
    wheel.add(entry, 50);
    expect(clock.timers).toBe(1);
    wheel.close();
    clock.advance(100);
    expect([clock.timers, entry.calls.length]).toEqual([0, 0]);
  });
});
