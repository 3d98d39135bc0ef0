// The lab's delay proxy: what goes through it comes out whole and in order, both ways, and its end is passed on.
import { afterEach, describe, expect, it } from 'vitest';
import { startDelayProxy } from '../../lab/delay-proxy.ts';
import { startSmtpServer } from '../../lab/smtp-server.ts';
import { ask, closeClean, codesOf, openPool, sessionOf, targetOf } from './harness.ts';

let stopping: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of stopping) await each.stop();
  stopping = [];
});

describe('the delay proxy', () => {
  it('carries a session', async () => {
    const lab = await startSmtpServer();
    const proxy = await startDelayProxy({ target: lab, roundTripMs: 2 });
    stopping = [proxy, lab];
    const bench = openPool();
    const session = sessionOf(await bench.pool.acquire(targetOf(proxy)));
    expect(codesOf(await ask(session, ['a@x.test', 'nobody@x.test', 'c@x.test']))).toEqual([250, 550, 250]);
    bench.pool.release(session);
    await closeClean(bench);
    await lab.sessions[0]?.closed;
    expect(lab.commands().at(-1)).toBe('QUIT');
    expect(lab.violations).toEqual([]);
  });
});
