import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InFlightLine, type Starter } from '../../../electron/engine/dns/in-flight-line.ts';

describe('InFlightLine', () => {
  it('never has more under way than its bound, starts the others in order and lets nobody slip in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.oneof(fc.constant('enter' as const), fc.constant('leave' as const)), { maxLength: 60 }), (bound, steps) => {
        const line = new InFlightLine(bound);
        const started: number[] = [];
        let entered = 0;
        let running = 0;
        for (const step of steps) {
          if (step === 'enter') {
            const number = entered;
            entered += 1;
            line.enter({ start: () => { started.push(number); running += 1; return true; } });
          } else if (running > 0) {
            running -= 1;
            line.leave();
          }
          expect(running).toBeLessThanOrEqual(bound);
          expect(line.running).toBe(running);
          expect(line.waiting).toBe(entered - started.length);
          expect(started).toEqual(started.map((_, index) => index));
          if (running < bound) expect(line.waiting).toBe(0);
        }
      }),
    );
  });

  it('says whether the turn has come', () => {
    const line = new InFlightLine(1);
    const starter: Starter = { start: () => true };
    expect([line.enter(starter), line.enter(starter)]).toEqual([true, false]);
  });

  it('passes over who is no longer interested', () => {
    const line = new InFlightLine(1);
    const started: string[] = [];
    const named = (name: string, wants = true): Starter => ({ start: () => { if (wants) started.push(name); return wants; } });
    for (const starter of [named('a'), named('b', false), named('c'), named('d')]) line.enter(starter);
    line.leave();
    expect(started).toEqual(['a', 'c']);
    expect([line.running, line.waiting]).toEqual([1, 1]);
  });

  it('holds 100,000 that end as they start, without growing the stack', () => {
    const line = new InFlightLine(2);
    let ended = 0;
    line.enter({ start: () => true });
    line.enter({ start: () => true });
    for (let index = 0; index < 100_000; index += 1) line.enter({ start: () => { ended += 1; line.leave(); return true; } });
    line.leave();
    expect([ended, line.running, line.waiting]).toEqual([100_000, 1, 0]);
  });
});
