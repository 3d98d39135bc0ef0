// Draining: nothing new is taken, what was promised is kept, and it ends when the last session is back.
import { describe, expect, it } from 'vitest';
import { at, openBench, settled, watch } from './fake-opener.ts';

const TARGET = at('127.0.0.1');

function isDone(promise: Promise<void>): { readonly done: boolean } {
  const seen = { done: false };
  void promise.then(() => (seen.done = true));
  return seen;
}

describe('drain', () => {
  it('waits for what is out, serves who waits, and takes nobody new', async () => {
    const { pool, connect, clock } = openBench({ maxConnectionsPerDestination: 1 });
    void pool.acquire(TARGET);
    const session = await connect();
    const waiting = watch(pool.acquire(TARGET));
    const drained = isDone(pool.drain());
    const late = watch(pool.acquire(TARGET));
    await settled();
    expect([late.code, waiting.code, drained.done, pool.tryAcquire(TARGET)]).toEqual(['PoolClosed', null, false, null]);
    pool.release(session);
    await settled();
    expect([waiting.session, drained.done]).toEqual([session, false]);
    pool.release(session);
    await settled();
    expect([session.over, drained.done, pool.size, clock.timers]).toEqual([true, true, 0, 0]);
  });

  it('leaves the idle at once, and is over at once where nothing is out', async () => {
    const { pool, connect, clock } = openBench();
    void pool.acquire(TARGET);
    const session = await connect();
    pool.release(session);
    const drained = isDone(pool.drain());
    await settled();
    expect([session.over, drained.done, clock.timers]).toEqual([true, true, 0]);
  });

  it('leaves a session that nobody waits for any more', async () => {
    const { pool, connect } = openBench();
    void pool.acquire(TARGET, { deadlineMs: 1 });
    const drained = isDone(pool.drain());
    void pool.acquire(TARGET);
    const session = await connect();
    await settled();
    expect([session.over, drained.done]).toEqual([false, false]);
    pool.release(session);
    await settled();
    expect([session.over, drained.done]).toEqual([true, true]);
  });

  it('leaves a session whose target nobody waits for, though others wait', async () => {
    const { pool, connect, refuse } = openBench();
    void pool.acquire(TARGET);
    const session = await connect();
    void pool.acquire(at('127.0.0.2'));
    await refuse();
    const drained = isDone(pool.drain());
    pool.release(session);
    await settled();
    expect([session.over, drained.done]).toEqual([true, false]);
    await pool.close();
  });

  it('is cut short by close', async () => {
    const { pool, connect } = openBench({ maxConnectionsPerDestination: 1 });
    void pool.acquire(TARGET);
    const session = await connect();
    const waiting = watch(pool.acquire(TARGET));
    const drained = isDone(pool.drain());
    const closing = pool.close(1_000);
    pool.release(session);
    await closing;
    expect([waiting.code, drained.done, pool.size]).toEqual(['PoolClosed', true, 0]);
  });
});
