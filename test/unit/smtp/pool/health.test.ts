// Health: asked by RSET only where it is switched on, only after 30 s without use, and never at a waiter's expense.
import { describe, expect, it } from 'vitest';
import { at, openBench, settled, watch } from './fake-opener.ts';

const TARGET = at('127.0.0.1');
/** Idle sessions stay, so that there is something to check. */
const KEPT = { idleTimeoutMs: 300_000, healthCheck: true, healthCheckIntervalMs: 60_000 };

async function withIdle(smtp: Parameters<typeof openBench>[0] = KEPT) {
  const told: string[] = [];
  const bench = openBench(smtp, { observer: { health: (_group, outcome) => told.push(outcome) } });
  void bench.pool.acquire(TARGET);
  const session = await bench.connect();
  bench.pool.release(session);
  return { ...bench, session, told };
}

describe('the health manager', () => {
  it('asks what was unused for 30 s, and keeps what answers', async () => {
    const { clock, session, told, pool } = await withIdle();
    clock.advance(60_000);
    expect(session.answerCheck).not.toBeNull();
    // While it is asked, nobody gets it.
    expect(pool.tryAcquire(TARGET)).toBeNull();
    session.answerCheck?.(true);
    await settled();
    expect([told, pool.tryAcquire(TARGET)]).toEqual([['alive'], session]);
  });

  it('leaves what does not answer', async () => {
    const { clock, session, told, pool } = await withIdle();
    clock.advance(60_000);
    session.answerCheck?.(false);
    await settled();
    expect([told, pool.size, pool.stats().failures]).toEqual([['dead'], 0, { HealthCheckFailed: 1 }]);
  });

  it('asks nothing that was used within 30 s, and does not even look at what was used within 100 ms', async () => {
    const { clock, session, told, pool } = await withIdle();
    const useAfter = (ms: number): void => {
      clock.advance(ms);
      expect(pool.tryAcquire(TARGET)).toBe(session);
      pool.release(session);
    };
    for (const unusedMs of [99, 100, 29_999]) {
      useAfter(29_000);
      useAfter(31_000 - Math.max(unusedMs, 1_001));
      useAfter(Math.max(0, 1_001 - unusedMs));
      clock.advance(unusedMs);
    }
    expect(session.answerCheck).toBeNull();
    expect(told).toEqual(['skipped', 'alive', 'alive']);
  });

  it('asks nothing at all by default, and finds what is spent without asking', async () => {
    const { clock, session, told, pool } = await withIdle({ idleTimeoutMs: 300_000, healthCheckIntervalMs: 60_000 });
    clock.advance(60_000);
    expect([session.answerCheck, told]).toEqual([null, ['alive']]);
    session.tooOld = true;
    clock.advance(60_000);
    expect([told, pool.size]).toEqual([['alive', 'dead'], 0]);
  });

  it('sets no timer while nothing is idle', async () => {
    const { clock, pool, session } = await withIdle();
    pool.tryAcquire(TARGET);
    clock.advance(400_000);
    expect(clock.timers).toBe(0);
    pool.release(session);
    expect(clock.timers).toBe(3);
  });
});

describe('a session unused for 30 s', () => {
  it('is asked before it is given out', async () => {
    const { clock, session, pool, opener } = await withIdle();
    clock.advance(30_000);
    expect(pool.tryAcquire(TARGET)).toBeNull();
    const waiting = watch(pool.acquire(TARGET));
    await settled();
    expect([waiting.session, opener.dials.length]).toEqual([null, 0]);
    session.answerCheck?.(true);
    await settled();
    expect(waiting.session).toBe(session);
  });

  it('is asked alone, however many others were unused as long', async () => {
    const { clock, session, pool, connect, opener } = await withIdle();
    pool.tryAcquire(TARGET);
    void pool.acquire(TARGET);
    const other = await connect();
    pool.release(session);
    pool.release(other);
    clock.advance(30_000);
    const waiting = watch(pool.acquire(TARGET));
    expect([session.answerCheck, opener.dials.length]).toEqual([null, 0]);
    other.answerCheck?.(true);
    await settled();
    expect(waiting.session).toBe(other);
  });

  it('is waited for where it is being asked already', async () => {
    const { clock, session, pool, opener } = await withIdle();
    clock.advance(60_000);
    const waiting = watch(pool.acquire(TARGET));
    expect(opener.dials).toHaveLength(0);
    session.answerCheck?.(true);
    await settled();
    expect(waiting.session).toBe(session);
  });

  it('is replaced where it does not answer, and the waiter keeps its place', async () => {
    const { clock, session, pool, connect } = await withIdle({ ...KEPT, maxConnectionsPerDestination: 1 });
    clock.advance(30_000);
    const [first, second] = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))];
    session.answerCheck?.(false);
    await settled();
    const next = await connect();
    expect([first.session, second.session, first.code, second.code]).toEqual([next, null, null, null]);
  });
});
