// A connect whose failure may pass is tried again, after a wait with full jitter; the waiter keeps its place meanwhile.
import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/engine/smtp/failure.ts';
import { at, NO_GREETING, openBench, TIMED_OUT, watch } from './fake-opener.ts';

const TARGET = at('127.0.0.1');
const NO_SOCKET = failure('LocalFailure', 'CONNECT', 'EMFILE');

describe('connect retries', () => {
  it('come three times, after twice the wait each time, and then the failure is told', async () => {
    const { pool, refuse, clock, opener } = openBench({ retryBackoffMs: 500, breakerFailures: 100 });
    const waiting = watch(pool.acquire(TARGET));
    for (const waitMs of [500, 1_000, 2_000]) {
      await refuse();
      expect([waiting.code, opener.dials.length, pool.size]).toEqual([null, 0, 0]);
      clock.advance(waitMs - 1);
      expect(opener.dials).toHaveLength(0);
      clock.advance(1);
      expect(opener.dials).toHaveLength(1);
    }
    await refuse();
    expect(waiting.failure).toEqual(NO_GREETING);
    expect([opener.dialled, clock.timers]).toEqual([4, 0]);
  });

  it('wait for any part of it', async () => {
    const { pool, refuse, clock, opener } = openBench({ retryBackoffMs: 500 }, { random: () => 0.25 });
    void pool.acquire(TARGET);
    await refuse();
    clock.advance(124);
    expect(opener.dials).toHaveLength(0);
    clock.advance(1);
    expect(opener.dials).toHaveLength(1);
  });

  it('keep the place: who came later is served later', async () => {
    const { pool, refuse, connect, clock, opener } = openBench({ maxConnectionsPerDestination: 1 });
    const first = watch(pool.acquire(TARGET));
    await refuse();
    const second = watch(pool.acquire(TARGET));
    // Nobody dials that host while it is left in peace.
    expect(opener.dials).toHaveLength(0);
    clock.advance(500);
    const session = await connect();
    expect([first.session, second.session]).toEqual([session, null]);
  });

  it.each([
    ['after a long silence', TIMED_OUT],
    ['after words', failure('SessionRefused', 'CONNECT', 'refused', { code: 421, enhanced: null, text: 'busy' })],
    ['where nothing was dialled', failure('BlockedTarget', 'CONNECT', 'reserved')],
  ])('do not come %s', async (_name, failed) => {
    const { pool, refuse, opener } = openBench();
    const waiting = watch(pool.acquire(TARGET));
    await refuse(failed);
    expect([waiting.code, opener.dials.length]).toEqual([failed.code, 0]);
  });

  it('do not come while others are served there: it was one connection too many', async () => {
    const { pool, refuse, connect, opener } = openBench();
    void pool.acquire(TARGET);
    await connect();
    const waiting = watch(pool.acquire(TARGET));
    await refuse();
    expect([waiting.code, opener.dials.length]).toEqual(['ConnectFailed', 0]);
  });

  it('can be switched off', async () => {
    const { pool, refuse } = openBench({ maxRetries: 0 });
    const waiting = watch(pool.acquire(TARGET));
    await refuse();
    expect(waiting.code).toBe('ConnectFailed');
  });

  it('come also while others are served where this machine has no socket left (faults row 59)', async () => {
    const { pool, refuse, connect, clock, opener } = openBench({ maxRetries: 1, breakerFailures: 1 });
    void pool.acquire(TARGET);
    await connect();
    const waiting = watch(pool.acquire(TARGET));
    await refuse(NO_SOCKET);
    clock.advance(500);
    await refuse(NO_SOCKET);
    expect(waiting.code).toBe('LocalFailure');
    // Whoever asks next does not ask the machine at once again; and the host is blamed for nothing.
    const next = watch(pool.acquire(TARGET));
    expect([opener.dials.length, pool.stats().groups[0]?.breakersOpen]).toEqual([0, 0]);
    clock.advance(1_000);
    const session = await connect();
    expect(next.session).toBe(session);
  });
});
