// The absolute deadline: only `start` moves it, it fires once, and it leaves no timer behind.
import { describe, expect, it } from 'vitest';
import { Deadline } from '../../../electron/engine/smtp/deadline.ts';
import { WatchedClock } from './watched-clock.ts';

function setUp() {
  const clock = new WatchedClock();
  const fired: number[] = [];
  const startMs = clock.monotonicMs();
  const deadline = new Deadline(clock, () => fired.push(clock.monotonicMs() - startMs));
  return { clock, fired, deadline };
}

describe('Deadline', () => {
  it('fires once, when its time has come', () => {
    const { clock, fired, deadline } = setUp();
    deadline.start(100);
    clock.advance(99);
    expect(fired).toEqual([]);
    clock.advance(1_000);
    expect(fired).toEqual([100]);
    expect(clock.pending).toBe(0);
  });

  it('is moved on by start, with one timer only', () => {
    const { clock, fired, deadline } = setUp();
    deadline.start(100);
    clock.advance(60);
    deadline.start(100);
    expect(clock.pending).toBe(1);
    clock.advance(90);
    expect(fired).toEqual([]);
    clock.advance(100);
    expect(fired).toEqual([160]);
  });

  it('is moved nearer by start', () => {
    const { clock, fired, deadline } = setUp();
    deadline.start(1_000);
    deadline.start(10);
    clock.advance(2_000);
    expect(fired).toEqual([10]);
  });

  it('does not fire after stop, and can be started again', () => {
    const { clock, fired, deadline } = setUp();
    deadline.start(10);
    deadline.stop();
    expect(clock.pending).toBe(0);
    clock.advance(100);
    expect(fired).toEqual([]);
    deadline.start(10);
    clock.advance(10);
    expect(fired).toEqual([110]);
  });
});
