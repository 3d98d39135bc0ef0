// After `close` nothing of a pool is left in this process: no socket, no timer. In a file of its own, so that no other
// test's sockets are in the count.
import { describe, expect, it } from 'vitest';
import { startSmtpServer } from '../../lab/smtp-server.ts';
import { ask, openPool, sessionOf, targetOf } from './harness.ts';

describe('a closed pool', () => {
  it('leaves no socket and no timer of this process behind', async () => {
    const lab = await startSmtpServer({ answer: (command) => (command.includes('<hang@') ? null : undefined) });
    const silent = await startSmtpServer({ greeting: null });
    const count = (kind: string): number => process.getActiveResourcesInfo().filter((name) => name === kind).length;
    const before = { timers: count('Timeout') };
    const bench = openPool({ maxConnectionsPerDestination: 5 });
    const sessions = (await Promise.all([1, 2, 3, 4].map(async () => bench.pool.acquire(targetOf(lab))))).map(sessionOf);
    expect(count('TCPSocketWrap')).toBeGreaterThan(0);
    await Promise.all(sessions.slice(0, 3).map(async (session, i) => ask(session, [`u${String(i)}@x.test`])));
    const [first, second, third, fourth] = sessions;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('Four sessions');
    bench.pool.release(first);
    second.destroy();
    third.quit();
    const hanging = ask(fourth, ['hang@x.test']);
    const connecting = bench.pool.acquire(targetOf(silent));
    await silent.session(0);
    const closing = bench.pool.close(10);
    bench.clock.advance(10);
    await closing;
    await Promise.all([hanging, connecting]);
    await Promise.all([...lab.sessions, ...silent.sessions].map(async (session) => session.closed));
    expect(count('TCPSocketWrap')).toBe(0);
    // The test runner's own timers may end meanwhile; none of ours may be left beside them.
    expect(count('Timeout')).toBeLessThanOrEqual(before.timers);
    expect(bench.clock.pending).toBe(0);
    await Promise.all([lab.stop(), silent.stop()]);
  });
});
