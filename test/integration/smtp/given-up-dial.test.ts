// A caller that gives up what is dialled for him: the connection is closed at once, he is answered, the host is charged
// with nothing, and the place is free for the next.
import { afterEach, expect, it } from 'vitest';
import { startSmtpServer, type LabServer } from '../../lab/smtp-server.ts';
import { closeClean, openPool, sessionOf, targetOf } from './harness.ts';

let lab: LabServer | null = null;
afterEach(async () => lab?.stop());

it('a dial that its caller gives up is closed at once, and nothing is held against the host', async () => {
  let silent = true;
  const server = (lab = await startSmtpServer({ greeting: null, connected: (session) => { if (!silent) session.write('220 lab.test ESMTP\r\n'); } }));
  const bench = openPool();
  // More often than the circuit breaker lets a host fail.
  for (let times = 0; times < 8; times += 1) {
    const givenUp = new AbortController();
    const answer = bench.pool.acquire(targetOf(server), { signal: givenUp.signal });
    const waiting = await server.session(times);
    givenUp.abort();
    expect(await answer).toMatchObject({ ok: false, failure: { code: 'PoolClosed' } });
    await waiting.closed;
    expect(bench.pool.size).toBe(0);
  }
  silent = false;
  const late = new AbortController();
  const session = sessionOf(await bench.pool.acquire(targetOf(server), { signal: late.signal }));
  // Once it is his, giving up is of no effect.
  late.abort();
  expect(session.usable).toBe(true);
  bench.pool.release(session);
  await closeClean(bench);
});
