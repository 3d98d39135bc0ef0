// Sessions that are ready before somebody asks: opened, refilled and kept, but never without end.
import { describe, expect, it } from 'vitest';
import { at, openBench, TIMED_OUT, watch } from './fake-opener.ts';

const TARGET = at('127.0.0.1');

describe('minIdle', () => {
  it('is 0 by default: nothing is opened that nobody asked for', async () => {
    const { pool, opener, connect } = openBench();
    void pool.acquire(TARGET);
    await connect();
    expect(opener.dialled).toBe(1);
  });

  it('is opened with the first session that somebody asks for, and refilled when one is taken', async () => {
    const { pool, opener, connect } = openBench({ minIdle: 2 });
    const first = watch(pool.acquire(TARGET));
    expect(opener.dials).toHaveLength(3);
    const [asked, , last] = [await connect(), await connect(), await connect()];
    expect(first.session).toBe(asked);
    expect(pool.stats()).toMatchObject({ idle: 2, inUse: 1 });
    expect(pool.tryAcquire(TARGET)).toBe(last);
    expect(opener.dials).toHaveLength(1);
    await connect();
    expect(pool.stats()).toMatchObject({ idle: 2, inUse: 2 });
  });

  it('comes after those who wait, and within the limits', () => {
    const { pool, opener } = openBench({ minIdle: 5, maxConnectionsPerDestination: 3, maxConnections: 4 });
    void pool.acquire(TARGET);
    expect(opener.dials).toHaveLength(3);
    void pool.acquire(at('127.0.0.2'));
    expect(opener.dials.map(({ target }) => target.ip)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.2']);
  });

  it('serves whoever waits where its own connect failed', async () => {
    const { pool, connect, refuse, opener } = openBench({ minIdle: 1, maxConnectionsPerDestination: 2 });
    void pool.acquire(TARGET);
    await connect();
    // The second is dialled for nobody in particular, and there is no room for a third.
    const waiting = watch(pool.acquire(TARGET));
    expect(opener.dials).toHaveLength(1);
    await refuse(TIMED_OUT);
    expect([waiting.code, waiting.session, opener.dials.length]).toEqual([null, null, 1]);
    const session = await connect();
    expect(waiting.session).toBe(session);
  });

  it('is not tried over and over where it fails', async () => {
    const { pool, connect, refuse, opener, clock } = openBench({ minIdle: 1, maxConnectionsPerDestination: 2 });
    void pool.acquire(TARGET);
    const session = await connect();
    await refuse(TIMED_OUT);
    for (let i = 0; i < 5; i += 1) {
      pool.release(session);
      expect(pool.tryAcquire(TARGET)).toBe(session);
    }
    expect(opener.dials).toHaveLength(0);
    clock.advance(300_000);
    pool.release(session);
    pool.tryAcquire(TARGET);
    expect(opener.dials).toHaveLength(1);
  });

  it('stays open beyond the idle time, as long as the target is used now and then', async () => {
    const { pool, connect, clock } = openBench({ minIdle: 1, idleTimeoutMs: 10_000 });
    void pool.acquire(TARGET);
    const [a, b] = [await connect(), await connect()];
    pool.release(a);
    clock.advance(10_000);
    // One of the two is more than is wanted; the last is kept.
    expect([pool.stats().idle, [a, b].filter(({ over }) => over).length]).toEqual([1, 1]);
    clock.advance(200_000);
    expect(pool.stats().idle).toBe(1);
    clock.advance(100_000);
    expect(pool.size).toBe(0);
  });
});
