// Idle sessions: the last used is taken first, each is let go after its time, and giving back and taking sets no timer.
import { describe, expect, it } from 'vitest';
import { IdleSessions } from '../../../electron/engine/smtp/idle-sessions.ts';
import type { PooledSession } from '../../../electron/engine/smtp/target-state.ts';
import { pooled, targetState } from './fake-session.ts';
import { WatchedClock } from './watched-clock.ts';

function setUp(keep: (each: PooledSession) => boolean = () => false) {
  const clock = new WatchedClock();
  const expired: PooledSession[] = [];
  const idle = new IdleSessions({ clock, idleTimeoutMs: 100, expire: (each) => expired.push(each), keep });
  const [one, other] = [targetState('127.0.0.1'), targetState('127.0.0.2')];
  const add = (each: PooledSession): void => { idle.add(each, clock.monotonicMs()); };
  return { clock, expired, idle, one, other, add };
}

describe('IdleSessions', () => {
  it('gives the last one used, of that target only', () => {
    const { idle, one, other, add } = setUp();
    const [a, b, c] = [pooled(one), pooled(one), pooled(other)];
    for (const each of [a, b, c]) add(each);
    expect([idle.size, a.place]).toEqual([3, 'idle']);
    expect(idle.take(one)).toBe(b);
    expect(idle.take(one)).toBe(a);
    expect(idle.take(one)).toBeNull();
    expect(a.place).toBe('leaving');
    expect(idle.takeOldest()).toBe(c);
    expect(idle.takeOldest()).toBeNull();
  });

  it('lets each go after the idle time, counted from its own last use, by one timer', () => {
    const { idle, one, clock, expired, add } = setUp();
    const [a, b] = [pooled(one), pooled(one)];
    add(a);
    clock.advance(60);
    add(b);
    expect(clock.pending).toBe(1);
    clock.advance(39);
    expect(expired).toEqual([]);
    clock.advance(1);
    expect(expired).toEqual([a]);
    clock.advance(59);
    expect(expired).toEqual([a]);
    clock.advance(1);
    expect(expired).toEqual([a, b]);
    expect([idle.size, clock.pending]).toEqual([0, 0]);
  });

  it('sets no timer for giving back and taking, and lets go of nothing that was taken', () => {
    const { idle, one, clock, expired, add } = setUp();
    const a = pooled(one);
    add(a);
    for (let i = 0; i < 10; i += 1) {
      clock.advance(50);
      expect(idle.take(one)).toBe(a);
      add(a);
      expect(clock.pending).toBe(1);
    }
    expect(expired).toEqual([]);
    expect(idle.remove(a)).toBe(true);
    expect(idle.remove(a)).toBe(false);
    clock.advance(1_000);
    expect([expired, clock.pending]).toEqual([[], 0]);
  });

  it('keeps who is to be kept for another idle time, behind the others', () => {
    const warm = new Set<PooledSession>();
    const { idle, one, clock, expired, add } = setUp((each) => warm.has(each));
    const [a, b] = [pooled(one), pooled(one)];
    warm.add(a);
    add(a);
    clock.advance(10);
    add(b);
    clock.advance(90);
    expect([expired, idle.list()]).toEqual([[], [b, a]]);
    clock.advance(10);
    expect(expired).toEqual([b]);
    warm.clear();
    clock.advance(90);
    expect(expired).toEqual([b, a]);
  });

  it('lets go of each that is too old at its time, also where it came last', () => {
    const { idle, one, clock, expired, add } = setUp(() => true);
    const [young, old] = [pooled(one), pooled(one, 'old', 1_070)];
    add(young);
    clock.advance(10);
    add(old);
    clock.advance(59);
    expect([expired, clock.pending]).toEqual([[], 1]);
    clock.advance(1);
    expect([expired, idle.list(), clock.pending]).toEqual([[old], [young], 1]);
  });

  it('knows the longest idle of all targets, and leaves no timer behind when stopped', () => {
    const { idle, one, other, clock, add } = setUp();
    const [a, b] = [pooled(one), pooled(other)];
    add(a);
    add(b);
    idle.take(one);
    add(a);
    idle.stop();
    expect(clock.pending).toBe(0);
    expect(idle.takeOldest()).toBe(b);
  });
});
