// Work with a session that is given back whatever happens.
import { describe, expect, it } from 'vitest';
import { at, openBench, TIMED_OUT } from './fake-opener.ts';

const TARGET = at('127.0.0.1');

describe('withConnection', () => {
  it('gives the session back after the work, and what the work gave', async () => {
    const { pool, connect } = openBench();
    const done = pool.withConnection(TARGET, (session) => Promise.resolve(session.maxFlight));
    await connect();
    expect(await done).toEqual({ ok: true, value: 9 });
    expect(pool.stats()).toMatchObject({ idle: 1, inUse: 0 });
  });

  it('gives it back where the work throws, and throws that', async () => {
    const { pool, connect } = openBench();
    const done = expect(pool.withConnection(TARGET, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    await connect();
    await done;
    expect(pool.stats()).toMatchObject({ idle: 1, inUse: 0 });
  });

  it('does no work where there is no session', async () => {
    const { pool, refuse } = openBench();
    const done = pool.withConnection(TARGET, () => Promise.reject(new Error('never')), { deadlineMs: 100 });
    await refuse(TIMED_OUT);
    expect(await done).toEqual({ ok: false, failure: TIMED_OUT });
  });
});
