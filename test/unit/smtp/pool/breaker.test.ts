// The breaker at work in the pool: an open one answers at once and dials nothing, and one trial decides.
import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/engine/smtp/failure.ts';
import { at, openBench, settled, TIMED_OUT, watch, type BenchOptions } from './fake-opener.ts';

const [TARGET, OTHER] = [at('127.0.0.1'), at('127.0.0.2')];

async function opened(failures = 5, options: BenchOptions = {}) {
  const bench = openBench({ breakerFailures: failures }, options);
  for (let i = 0; i < failures; i += 1) {
    void bench.pool.acquire(TARGET);
    await bench.refuse(TIMED_OUT);
  }
  return bench;
}

describe('an open breaker', () => {
  it('answers at once with what opened it, dials nothing, and concerns nobody else', async () => {
    const { pool, opener } = await opened();
    const seen = watch(pool.acquire(TARGET));
    await settled();
    expect(seen.failure).toMatchObject({ code: 'BreakerOpen', stage: 'CONNECT', reply: null, cause: TIMED_OUT });
    expect(seen.failure?.detail).toContain('no TCP connection in time');
    expect(opener.dialled).toBe(5);
    void pool.acquire(OTHER);
    expect(opener.dialled).toBe(6);
  });

  it('tells the words with which the host refused', async () => {
    const { pool, refuse } = openBench({ breakerFailures: 1 });
    void pool.acquire(TARGET);
    const reply = { code: 554, enhanced: '5.7.1', text: 'blocked' };
    await refuse(failure('SessionRefused', 'EHLO', 'refused', reply));
    const seen = watch(pool.acquire(TARGET));
    await settled();
    expect(seen.failure).toMatchObject({ code: 'BreakerOpen', stage: 'EHLO', reply });
    expect(pool.stats()).toMatchObject({ failures: { BreakerOpen: 1 }, groups: [{ breakersOpen: 1 }] });
  });

  it('answers those who wait when it opens', async () => {
    const { pool, refuse } = openBench({ breakerFailures: 2, maxConnectionsPerDestination: 1 });
    const seen = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))];
    await refuse(TIMED_OUT);
    await refuse(TIMED_OUT);
    expect(seen.map(({ code }) => code)).toEqual(['ConnectTimeout', 'ConnectTimeout', 'BreakerOpen']);
    expect(pool.stats().waiting).toBe(0);
  });

  it('leaves those whose own connections are on their way to what comes of them', async () => {
    const { pool, refuse, connect } = openBench({ breakerFailures: 1, maxConnectionsPerDestination: 2 });
    const seen = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))];
    await refuse(TIMED_OUT);
    expect(seen.map(({ code }) => code)).toEqual(['ConnectTimeout', null, 'BreakerOpen']);
    const session = await connect();
    expect(seen[1]?.session).toBe(session);
    expect(pool.stats().groups[0]?.breakersOpen).toBe(0);
  });

  it('gives up the retries of the one who opened it', async () => {
    const { pool, refuse, clock } = openBench({ breakerFailures: 2 });
    const waiting = watch(pool.acquire(TARGET));
    await refuse();
    clock.advance(500);
    await refuse();
    expect(waiting.code).toBe('ConnectFailed');
  });
});

describe('a half open breaker', () => {
  it('lets one through; those beside it are answered at once, and a success closes it', async () => {
    const states: string[] = [];
    const { pool, clock, connect, opener } = await opened(5, { observer: { breaker: (_group, state) => states.push(state) } });
    clock.advance(30_000);
    const [trial, beside] = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))];
    await settled();
    expect([trial.code, beside.code, opener.dials.length]).toEqual([null, 'BreakerOpen', 1]);
    const session = await connect();
    expect(trial.session).toBe(session);
    expect(states).toEqual(['open', 'half_open', 'closed']);
    void pool.acquire(TARGET);
    expect(opener.dials).toHaveLength(1);
  });

  it('opens for twice as long where the trial fails, without a retry', async () => {
    const { pool, clock, refuse, opener } = await opened();
    clock.advance(30_000);
    const trial = watch(pool.acquire(TARGET));
    await refuse();
    expect([trial.code, opener.dials.length]).toEqual(['ConnectFailed', 0]);
    clock.advance(59_999);
    const early = watch(pool.acquire(TARGET));
    await settled();
    expect(early.code).toBe('BreakerOpen');
    clock.advance(1);
    void pool.acquire(TARGET);
    expect(opener.dials).toHaveLength(1);
  });

  it('is a first opening again once somebody was accepted', async () => {
    const { pool, clock, connect, refuse, opener } = await opened(1);
    clock.advance(30_000);
    void pool.acquire(TARGET);
    const session = await connect();
    session.recipients = 1;
    session.destroy();
    void pool.acquire(TARGET);
    await refuse(TIMED_OUT);
    clock.advance(30_000);
    void pool.acquire(TARGET);
    expect(opener.dials).toHaveLength(1);
  });

  it('learns nothing from a trial for which this machine had no socket', async () => {
    const { pool, clock, refuse, opener } = await opened(5);
    clock.advance(30_000);
    const trial = watch(pool.acquire(TARGET));
    await refuse(failure('LocalFailure', 'CONNECT', 'EMFILE'));
    expect([trial.code, pool.stats().groups[0]?.breakersHalfOpen]).toEqual(['LocalFailure', 1]);
    clock.advance(500);
    void pool.acquire(TARGET);
    expect(opener.dials).toHaveLength(1);
  });
});

describe('what never opens a breaker', () => {
  it('is one connection too many while others are served there', async () => {
    const { pool, connect, refuse, opener } = openBench({ breakerFailures: 2 });
    void pool.acquire(TARGET);
    const session = await connect();
    for (let i = 0; i < 5; i += 1) {
      void pool.acquire(TARGET);
      await refuse(failure('SessionRefused', 'CONNECT', 'too many', { code: 421, enhanced: '4.7.0', text: 'too many connections' }));
    }
    expect([opener.dialled, pool.stats().groups[0]?.breakersOpen]).toEqual([6, 0]);
    pool.release(session);
    expect(pool.tryAcquire(TARGET)).toBe(session);
  });

  it('is a target that is never dialled', async () => {
    const { pool, refuse } = openBench({ breakerFailures: 1 });
    void pool.acquire(TARGET);
    await refuse(failure('BlockedTarget', 'CONNECT', 'reserved'));
    expect(pool.stats().groups[0]?.breakersOpen).toBe(0);
  });
});
