// A connection that dies costs nobody its place: whoever waits is served by the next one, in the same order.
import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/engine/smtp/failure.ts';
import { at, NO_GREETING, openBench, settled, TIMED_OUT, watch } from './fake-opener.ts';

const TARGET = at('127.0.0.1');
const DROPPED = failure('Dropped', 'RSET', 'closed');

describe('replacement', () => {
  it('follows at once where a session in use dies', async () => {
    const { pool, connect, opener } = openBench({ maxConnectionsPerDestination: 1 });
    void pool.acquire(TARGET);
    const session = await connect();
    const seen = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))] as const;
    session.die(DROPPED);
    expect(opener.dials).toHaveLength(1);
    const next = await connect();
    expect([seen[0].session, seen[1].session]).toEqual([next, null]);
    expect(pool.stats().failures).toEqual({ Dropped: 1 });
  });

  it('follows where the session handed on is spent', async () => {
    const { pool, connect } = openBench({ maxConnectionsPerDestination: 1 });
    void pool.acquire(TARGET);
    const session = await connect();
    const waiting = watch(pool.acquire(TARGET));
    session.used = true;
    pool.release(session);
    expect(session.over).toBe(true);
    const next = await connect();
    expect(waiting.session).toBe(next);
  });

  it('gives the place of one whose connect fails for good to the next, who gets a try of its own', async () => {
    const { pool, connect, refuse, opener } = openBench({ maxConnectionsPerDestination: 1 });
    const [first, second] = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))];
    await refuse(TIMED_OUT);
    expect([first.code, second.code, opener.dials.length]).toEqual(['ConnectTimeout', null, 1]);
    const session = await connect();
    expect(second.session).toBe(session);
  });

  it('tells a session that died in its greeting from one that can be used', async () => {
    const { pool, opener, counters } = openBench({ maxConnectionsPerDestination: 1 });
    const waiting = watch(pool.acquire(TARGET));
    opener.dials[0]?.succeed().die(DROPPED);
    await settled();
    expect([waiting.code, pool.size]).toEqual(['SessionClosed', 0]);
    expect(counters.failures).toEqual({ SessionClosed: 1 });
  });

  it('never blames one who was served meanwhile', async () => {
    const { pool, connect, refuse, opener } = openBench({ maxConnectionsPerDestination: 2 });
    void pool.acquire(TARGET);
    const session = await connect();
    const [first, second] = [watch(pool.acquire(TARGET)), watch(pool.acquire(TARGET))];
    pool.release(session);
    await settled();
    expect(first.session).toBe(session);
    // The dial that fails was caused by the first: the second did not get its own try yet, and gets it now.
    await refuse(NO_GREETING);
    expect([second.code, opener.dials.length]).toEqual([null, 1]);
  });
});
