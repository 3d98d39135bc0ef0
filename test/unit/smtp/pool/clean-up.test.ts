// What is done every 300 s: spent sessions are left, idle targets forgotten, wide ones made narrower.
import { describe, expect, it } from 'vitest';
import { at, openBench, watch, type FakeSession } from './fake-opener.ts';

const TARGET = at('127.0.0.1');

describe('clean-up', () => {
  it('leaves idle sessions that are too old', async () => {
    const { pool, connect, clock } = openBench({ idleTimeoutMs: 300_000, cleanUpIntervalMs: 100_000 });
    void pool.acquire(TARGET);
    const session = await connect();
    pool.release(session);
    session.tooOld = true;
    clock.advance(99_999);
    expect(session.over).toBe(false);
    clock.advance(1);
    expect([session.over, pool.size]).toEqual([true, 0]);
  });

  it('forgets targets that are not in use', async () => {
    const { pool, connect, clock } = openBench({ cleanUpIntervalMs: 100_000 });
    void pool.acquire(TARGET);
    pool.release(await connect());
    expect(pool.stats().groups).toHaveLength(1);
    clock.advance(100_000);
    expect(pool.stats().groups).toEqual([]);
    const waiting = watch(pool.acquire(TARGET));
    const session = await connect();
    expect(waiting.session).toBe(session);
  });

  it('leaves idle sessions beyond the size that is used', async () => {
    const { pool, connect, clock } = openBench({ idleTimeoutMs: 300_000 });
    const sessions: FakeSession[] = [];
    for (let i = 0; i < 10; i += 1) {
      void pool.acquire(TARGET);
      sessions.push(await connect());
    }
    for (const session of sessions) pool.release(session);
    expect(pool.stats()).toMatchObject({ idle: 10, groups: [{ size: 10 }] });
    for (let windows = 0; windows < 3; windows += 1) {
      clock.advance(10_000);
      const session = pool.tryAcquire(TARGET);
      if (session !== null) pool.release(session);
    }
    // The first window still saw all ten in use; the second and the third saw one.
    expect(pool.stats()).toMatchObject({ open: 2, idle: 2, groups: [{ size: 2 }] });
    expect(sessions.map(({ over }) => over)).toEqual([true, true, true, true, true, true, true, true, false, false]);
  });

  it('lets go of each after its idle time', async () => {
    const { pool, connect, clock } = openBench({ idleTimeoutMs: 10_000 });
    void pool.acquire(TARGET);
    pool.release(await connect());
    clock.advance(9_999);
    expect(pool.size).toBe(1);
    clock.advance(1);
    expect(pool.size).toBe(0);
  });
});
