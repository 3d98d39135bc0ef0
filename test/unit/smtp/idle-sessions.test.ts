// Idle sessions: the last used is taken first, each is let go after its time, and no timer stays behind.
import { describe, expect, it } from 'vitest';
import { IdleSessions } from '../../../electron/engine/smtp/idle-sessions.ts';
import type { SmtpSession } from '../../../electron/engine/smtp/types.ts';
import { WatchedClock } from './watched-clock.ts';
import { fakeSession } from './fake-session.ts';

function setUp() {
  const clock = new WatchedClock();
  const expired: SmtpSession[] = [];
  const idle = new IdleSessions(clock, 100, (session) => expired.push(session));
  return { clock, expired, idle };
}

describe('IdleSessions', () => {
  it('gives the last one used, of that key only', () => {
    const { idle, clock } = setUp();
    const [a, b, c] = [fakeSession('a'), fakeSession('b'), fakeSession('c')];
    idle.add('k', a);
    idle.add('k', b);
    idle.add('other', c);
    expect(idle.size).toBe(3);
    expect(idle.take('k')).toBe(b);
    expect(idle.take('k')).toBe(a);
    expect(idle.take('k')).toBeNull();
    expect(idle.has('k')).toBe(false);
    expect(idle.has('other')).toBe(true);
    expect(idle.takeOldest()).toBe(c);
    expect(idle.takeOldest()).toBeNull();
    expect(clock.pending).toBe(0);
  });

  it('lets each go after the idle time, counted from its own last use', () => {
    const { idle, clock, expired } = setUp();
    const [a, b] = [fakeSession('a'), fakeSession('b')];
    idle.add('k', a);
    clock.advance(60);
    idle.add('k', b);
    clock.advance(40);
    expect(expired).toEqual([a]);
    expect(idle.size).toBe(1);
    clock.advance(60);
    expect(expired).toEqual([a, b]);
    expect(idle.has('k')).toBe(false);
  });

  it('does not let go of what was taken or removed', () => {
    const { idle, clock, expired } = setUp();
    const [a, b] = [fakeSession('a'), fakeSession('b')];
    idle.add('k', a);
    idle.add('k', b);
    expect(idle.remove(a)).toBe(true);
    expect(idle.remove(a)).toBe(false);
    idle.take('k');
    clock.advance(1_000);
    expect(expired).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('knows the longest idle of all keys', () => {
    const { idle } = setUp();
    const [a, b] = [fakeSession('a'), fakeSession('b')];
    idle.add('x', a);
    idle.add('y', b);
    idle.take('x');
    idle.add('x', a);
    expect(idle.takeOldest()).toBe(b);
  });
});
