// Giving out at once: an idle session or nothing, never a wait; and giving back.
import { describe, expect, it } from 'vitest';
import { at, openBench, settled, watch } from './fake-opener.ts';

const TARGET = at('127.0.0.1');

describe('tryAcquire', () => {
  it('dials nothing, and gives the session that was used last', async () => {
    const { pool, opener, connect } = openBench();
    expect([pool.tryAcquire(TARGET), opener.dialled]).toEqual([null, 0]);
    const seen = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))] as const;
    const [a, b] = [await connect(), await connect()];
    expect([seen[0].session, seen[1].session]).toEqual([a, b]);
    pool.release(a);
    pool.release(b);
    expect(pool.tryAcquire({ ...TARGET, mxHost: 'another.test' })).toBe(b);
    expect(pool.tryAcquire(TARGET)).toBe(a);
    expect(pool.tryAcquire(TARGET)).toBeNull();
    expect(pool.stats()).toMatchObject({ open: 2, idle: 0, inUse: 2, utilisation: 1 });
  });

  it('leaves what is spent on the way', async () => {
    const { pool, connect } = openBench();
    void pool.acquire(TARGET);
    void pool.acquire(TARGET);
    const [a, b] = [await connect(), await connect()];
    pool.release(a);
    pool.release(b);
    b.used = true;
    expect(pool.tryAcquire(TARGET)).toBe(a);
    expect([b.over, pool.size]).toEqual([true, 1]);
  });

  it('gives out nothing that is too old: it is left when its time is over, idle or not', async () => {
    const { pool, connect, clock, opener } = openBench();
    opener.life = 5_000;
    void pool.acquire(TARGET);
    void pool.acquire(TARGET);
    const [idle, used] = [await connect(), await connect()];
    clock.advance(1_000);
    pool.release(idle);
    clock.advance(3_999);
    expect(idle.over).toBe(false);
    clock.advance(1);
    expect([idle.over, used.over, pool.tryAcquire(TARGET)]).toEqual([true, false, null]);
    pool.release(used);
    expect([used.over, pool.size]).toEqual([true, 0]);
  });

  it('takes a session back once, and not after its end', async () => {
    const { pool, connect } = openBench();
    void pool.acquire(TARGET);
    const session = await connect();
    pool.release(session);
    pool.release(session);
    expect(pool.stats()).toMatchObject({ open: 1, idle: 1, inUse: 0 });
    session.destroy();
    pool.release(session);
    expect(pool.stats()).toMatchObject({ open: 0, idle: 0, inUse: 0 });
    expect(pool.tryAcquire(TARGET)).toBeNull();
  });

  it('leaves a spent session with QUIT when it is given back', async () => {
    const { pool, connect } = openBench();
    void pool.acquire(TARGET);
    const session = await connect();
    session.used = true;
    pool.release(session);
    expect([session.over, pool.size]).toEqual([true, 0]);
  });

  it('tells who asked of each session that was given out', async () => {
    const told: unknown[] = [];
    const { pool, connect, clock } = openBench({ maxConnectionsPerDestination: 1 }, { observer: { acquired: (...each) => told.push(each) } });
    const first = watch(pool.acquire(TARGET));
    clock.advance(30);
    const session = await connect();
    expect(first.session).toBe(session);
    void pool.acquire(TARGET);
    void pool.acquire(TARGET, { deadlineMs: 70 });
    clock.advance(70);
    pool.release(session);
    await settled();
    pool.release(session);
    pool.tryAcquire(TARGET);
    expect(told).toEqual([
      ['other', 30, 'opened'],
      ['other', 70, 'failed'],
      ['other', 70, 'waited'],
      ['other', 0, 'idle'],
    ]);
  });
});
