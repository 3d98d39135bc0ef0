// The waiting line: strictly by age among those who can be served, each with its own deadline.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WaitingLine, type Waiter } from '../../../electron/engine/smtp/waiting-line.ts';
import { WatchedClock } from './watched-clock.ts';
import { target } from './fake-session.ts';

const waiter = (key: string): Waiter => ({ key, target: target(key), answer: () => undefined });

function setUp() {
  const clock = new WatchedClock();
  const expired: Waiter[] = [];
  return { clock, expired, line: new WaitingLine(clock, (late) => expired.push(late)) };
}

describe('WaitingLine', () => {
  it('serves the oldest of those who can be served', () => {
    const { line, clock } = setUp();
    const [a, b, c] = [waiter('busy'), waiter('busy'), waiter('quiet')];
    for (const each of [a, b, c]) line.add(each, 1_000);
    expect(line.takeFirst(({ key }) => key === 'quiet')).toBe(c);
    expect(line.takeFirst(() => true)).toBe(a);
    expect(line.takeFirst(() => false)).toBeNull();
    expect(line.takeFirst(() => true)).toBe(b);
    expect(line.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('tells each whose deadline passed, and only those', () => {
    const { line, clock, expired } = setUp();
    const [a, b, c] = [waiter('k'), waiter('k'), waiter('k')];
    line.add(a, 100);
    line.add(b, 50);
    line.add(c, 100);
    clock.advance(50);
    expect(expired).toEqual([b]);
    expect(line.takeFirst(() => true)).toBe(a);
    clock.advance(50);
    expect(expired).toEqual([b, c]);
    expect(line.size).toBe(0);
  });

  it('keeps the order of asking within every choice of keys (property)', () => {
    const keys = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(fc.oneof(keys.map((add) => ({ add })), fc.subarray(['a', 'b', 'c', 'd']).map((serve) => ({ serve }))), { maxLength: 60 }), (steps) => {
        const { line } = setUp();
        const model: Waiter[] = [];
        for (const step of steps) {
          if ('add' in step) {
            const each = waiter(step.add);
            model.push(each);
            line.add(each, 1_000);
          } else {
            const index = model.findIndex(({ key }) => step.serve.includes(key));
            const expected = index === -1 ? null : (model.splice(index, 1)[0] ?? null);
            expect(line.takeFirst(({ key }) => step.serve.includes(key))).toBe(expected);
          }
          expect(line.size).toBe(model.length);
        }
      }),
    );
  });
});
