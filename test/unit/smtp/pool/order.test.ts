// Who is served when: in the order of asking for each target, and across targets where the pool is full.
import { describe, expect, it } from 'vitest';
import { at, openBench, settled, watch } from './fake-opener.ts';

const [BUSY, QUIET, THIRD] = [at('127.0.0.1'), at('127.0.0.2'), at('127.0.0.3')];

describe('order', () => {
  it('is that of asking, at one target', async () => {
    const { pool, connect } = openBench({ maxConnectionsPerDestination: 1 });
    const seen = Array.from({ length: 5 }, () => watch(pool.acquire(BUSY)));
    const session = await connect();
    for (const [index, each] of seen.entries()) {
      expect(seen.map((other) => other.session !== null)).toEqual(seen.map((_, other) => other <= index));
      expect(each.session).toBe(session);
      pool.release(session);
      await settled();
    }
    expect(pool.stats().idle).toBe(1);
  });

  it('gives a session that comes back to the first, and the one on its way to the next', async () => {
    const { pool, connect, opener } = openBench({ maxConnectionsPerDestination: 2 });
    void pool.acquire(BUSY);
    const session = await connect();
    const [first, second] = [watch(pool.acquire(BUSY)), watch(pool.acquire(BUSY))];
    expect(opener.dials).toHaveLength(1);
    pool.release(session);
    await settled();
    expect([first.session, second.session]).toEqual([session, null]);
    // The dial that the first had caused is for the second now: no third connection.
    expect(opener.dialled).toBe(2);
    const opened = await connect();
    expect(second.session).toBe(opened);
  });

  it('keeps a session that nobody waits for any more', async () => {
    const { pool, connect } = openBench({ maxConnectionsPerDestination: 2 });
    void pool.acquire(BUSY);
    const session = await connect();
    void pool.acquire(BUSY);
    pool.release(session);
    await connect();
    expect(pool.stats()).toMatchObject({ open: 2, idle: 1, inUse: 1, waiting: 0 });
  });

  it('holds to the limits of a target and of the pool', async () => {
    const { pool, opener } = openBench({ maxConnectionsPerDestination: 3, maxConnections: 5 }, { perTargetLimit: ({ ip }) => (ip === QUIET.ip ? 1 : 99) });
    for (let i = 0; i < 6; i += 1) for (const target of [BUSY, QUIET, THIRD]) void pool.acquire(target);
    expect(opener.dials.map(({ target }) => target.ip)).toEqual([BUSY, QUIET, THIRD, BUSY, THIRD].map(({ ip }) => ip));
    expect([pool.size, pool.stats().waiting]).toEqual([5, 18]);
    await settled();
  });

  it('lets the one who has waited longest go first where the pool is full, whatever the target', async () => {
    const { pool, connect, opener } = openBench({ maxConnections: 2 });
    void pool.acquire(BUSY);
    void pool.acquire(BUSY);
    const [a, b] = [await connect(), await connect()];
    const [quiet, busy] = [watch(pool.acquire(QUIET)), watch(pool.acquire(BUSY))];
    pool.release(a);
    expect([a.over, opener.dials[0]?.target.ip]).toEqual([true, QUIET.ip]);
    // What was dialled for it is not given up for anybody who has waited longer in the meantime.
    pool.release(b);
    await settled();
    expect(busy.session).toBe(b);
    const opened = await connect();
    expect(quiet.session).toBe(opened);
    expect(pool.size).toBe(2);
  });

  it('goes by age also among those behind one who cannot be served', async () => {
    const { pool, connect, opener } = openBench({ maxConnections: 2, maxConnectionsPerDestination: 1 });
    void pool.acquire(BUSY);
    void pool.acquire(QUIET);
    const [, quiet] = [await connect(), await connect()];
    // The first waits for a target at its own limit; the other two wait for room.
    void pool.acquire(BUSY);
    void pool.acquire(THIRD);
    void pool.acquire(at('127.0.0.4'));
    quiet.destroy();
    expect(opener.dials.map(({ target }) => target.ip)).toEqual([THIRD.ip]);
  });

  it('makes room by leaving the session that has been idle longest', async () => {
    const { pool, connect } = openBench({ maxConnections: 2 });
    void pool.acquire(BUSY);
    void pool.acquire(QUIET);
    const [a, b] = [await connect(), await connect()];
    pool.release(b);
    pool.release(a);
    void pool.acquire(THIRD);
    expect([a.over, b.over, pool.size]).toEqual([false, true, 2]);
    await connect();
    expect(pool.size).toBe(2);
  });
});
