// Waiting ends: at the caller's deadline or at the default, also while a connection is being dialled.
import { describe, expect, it } from 'vitest';
import { at, openBench, settled, watch } from './fake-opener.ts';

const TARGET = at('127.0.0.1');

describe('deadline', () => {
  it('ends the wait of one, and costs the others nothing', async () => {
    const { pool, connect, clock } = openBench({ maxConnectionsPerDestination: 1 });
    void pool.acquire(TARGET);
    const session = await connect();
    const [late, patient] = [watch(pool.acquire(TARGET, { deadlineMs: 500 })), watch(pool.acquire(TARGET, { deadlineMs: 5_000 }))];
    clock.advance(499);
    await settled();
    expect(late.code).toBeNull();
    clock.advance(1);
    await settled();
    expect([late.code, patient.code]).toEqual(['PoolExhausted', null]);
    pool.release(session);
    await settled();
    expect(patient.session).toBe(session);
    expect(pool.stats().failures).toEqual({ PoolExhausted: 1 });
  });

  it('is a session’s longest life where none is given', async () => {
    const { pool, connect, clock } = openBench({ maxConnectionsPerDestination: 1 });
    void pool.acquire(TARGET);
    await connect();
    const waiting = watch(pool.acquire(TARGET));
    clock.advance(300_000);
    await settled();
    expect(waiting.code).toBe('PoolExhausted');
  });

  it('holds while a connection is dialled, which then is for the next', async () => {
    const { pool, connect, clock, opener } = openBench({ maxConnectionsPerDestination: 1 });
    const late = watch(pool.acquire(TARGET, { deadlineMs: 100 }));
    clock.advance(100);
    await settled();
    expect(late.code).toBe('PoolExhausted');
    const next = watch(pool.acquire(TARGET));
    expect(opener.dialled).toBe(1);
    const session = await connect();
    expect([late.session, next.session]).toEqual([null, session]);
  });
});
