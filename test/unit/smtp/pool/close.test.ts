// Closing: everybody is answered, everything is left, and no timer stays.
import { describe, expect, it } from 'vitest';
import { at, NO_GREETING, openBench, settled, watch } from './fake-opener.ts';

const [TARGET, OTHER, THIRD] = [at('127.0.0.1'), at('127.0.0.2'), at('127.0.0.3')];

describe('close', () => {
  it('refuses those who wait, dial, back off or come later, and leaves the idle', async () => {
    const { pool, connect, refuse, clock, opener } = openBench({ maxConnectionsPerDestination: 1 });
    void pool.acquire(TARGET);
    const used = await connect();
    const backingOff = watch(pool.acquire(OTHER));
    await refuse(NO_GREETING);
    const [waiting, dialling] = [watch(pool.acquire(TARGET)), watch(pool.acquire(THIRD))];
    const closing = pool.close(1_000);
    await settled();
    const late = watch(pool.acquire(TARGET));
    await settled();
    expect([backingOff.code, waiting.code, dialling.code, late.code]).toEqual(Array(4).fill('PoolClosed'));
    pool.release(used);
    await closing;
    expect([used.over, pool.size, opener.stillOpen, clock.timers]).toEqual([true, 0, 0, 0]);
  });

  it('destroys what is still in use after the grace time', async () => {
    const { pool, connect, clock } = openBench();
    void pool.acquire(TARGET);
    const session = await connect();
    const closing = pool.close(5_000);
    clock.advance(4_999);
    expect(session.over).toBe(false);
    clock.advance(1);
    await closing;
    expect([session.over, pool.size, clock.timers]).toEqual([true, 0, 0]);
  });

  it('leaves a session that is greeted only after it', async () => {
    const { pool, opener } = openBench();
    const waiting = watch(pool.acquire(TARGET));
    const dial = opener.dials[0];
    // It was greeted in the very moment in which the pool was closed.
    const session = dial?.succeed();
    const closing = pool.close(1_000);
    await closing;
    expect([waiting.code, session?.over, pool.size]).toEqual(['PoolClosed', true, 0]);
  });

  it('may be asked for twice, and at once on an empty pool', async () => {
    const { pool, clock } = openBench();
    await Promise.all([pool.close(), pool.close()]);
    expect(clock.timers).toBe(0);
  });
});
