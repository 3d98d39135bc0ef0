// How the pool gets over trouble on real sockets: a connect that is tried again, a host that is left alone and tried once,
// a drain that waits, and a connection's longest life. The mechanics are tested without a network in test/unit/smtp/pool.
import { afterEach, describe, expect, it } from 'vitest';
import { startSmtpServer, type LabServer, type SmtpScript } from '../../lab/smtp-server.ts';
import { ask, closeClean, codesOf, failureOf, openPool, sessionOf, targetOf } from './harness.ts';

let stopping: LabServer[] = [];
afterEach(async () => {
  await Promise.all(stopping.map(async (server) => server.stop()));
  stopping = [];
});

async function server(script: SmtpScript = {}): Promise<LabServer> {
  const started = await startSmtpServer(script);
  stopping.push(started);
  return started;
}

describe('a connect', () => {
  it('that is cut off before the greeting is tried again, and its waiter keeps its place', async () => {
    const bench = openPool({ maxRetries: 3, retryBackoffMs: 800, maxConnectionsPerDestination: 1 }, { random: () => 1 });
    const lab = await server({ greeting: null });
    const first = bench.pool.acquire(targetOf(lab));
    const second = bench.pool.acquire(targetOf(lab));
    (await lab.session(0)).reset();
    await bench.clock.armed(800);
    bench.clock.advance(800);
    (await lab.session(1)).end();
    await bench.clock.armed(1_600);
    bench.clock.advance(1_600);
    (await lab.session(2)).write('220 welcome\r\n');
    const session = sessionOf(await first);
    bench.pool.release(session);
    expect(sessionOf(await second)).toBe(session);
    expect(bench.pool.stats()).toMatchObject({ connects: 3, greeted: 1, failures: { ConnectFailed: 2 } });
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('from an address that this machine does not have is not', async () => {
    const bench = openPool({ maxRetries: 3, localAddress: '192.0.2.1' });
    expect(failureOf(await bench.pool.acquire(targetOf(await server()))).code).toBe('ConnectFailed');
    expect(bench.pool.stats().connects).toBe(1);
    await closeClean(bench);
  });
});

describe('a host that refuses every greeting', () => {
  it('is left alone with its own words, and then tried once', async () => {
    let greets = false;
    const bench = openPool({ breakerFailures: 2 }, { random: () => 1 });
    const lab = await server({ greeting: null });
    const target = targetOf(lab);
    const refuse = async (n: number): Promise<void> => {
      (await lab.session(n)).write(greets ? '220 welcome\r\n' : '554 5.7.1 not you\r\n');
    };
    for (const n of [0, 1]) {
      const pending = bench.pool.acquire(target);
      await refuse(n);
      expect(failureOf(await pending).code).toBe('SessionRefused');
    }
    expect(failureOf(await bench.pool.acquire(target))).toMatchObject({ code: 'BreakerOpen', stage: 'CONNECT', reply: { code: 554, text: 'not you' } });
    expect(lab.sessions).toHaveLength(2);
    bench.clock.advance(30_000);
    greets = true;
    const trial = bench.pool.acquire(target);
    await refuse(2);
    const session = sessionOf(await trial);
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    bench.pool.release(session);
    await closeClean(bench);
  });
});

describe('a session', () => {
  it('is left at the end of the connection’s longest life, were it polite or not', async () => {
    const bench = openPool({ maxLifetimeMs: 5_000, idleTimeoutMs: 100_000 });
    const lab = await server();
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    bench.clock.advance(4_999);
    expect(session.usable).toBe(true);
    bench.clock.advance(1);
    expect(session.usable).toBe(false);
    bench.pool.release(session);
    expect(bench.pool.tryAcquire(targetOf(lab))).toBeNull();
    await closeClean(bench);
  });

  it('is waited for by a drain', async () => {
    const bench = openPool();
    const lab = await server();
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    const drained = bench.pool.drain();
    expect(failureOf(await bench.pool.acquire(targetOf(lab))).code).toBe('PoolClosed');
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    bench.pool.release(session);
    await drained;
    expect([bench.pool.size, bench.clock.pending, lab.commands().at(-1)]).toEqual([0, 0, 'QUIT']);
    await closeClean(bench);
  });

  it('that was unused for long is asked by RSET before it is given out, and replaced where it does not answer', async () => {
    let silent = false;
    const bench = openPool({ healthCheck: true, idleTimeoutMs: 300_000 });
    const lab = await server({ answer: (command) => (silent && command === 'RSET' ? null : undefined) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    await ask(session, ['a@x.test']);
    bench.pool.release(session);
    bench.clock.advance(30_000);
    expect(sessionOf(await bench.pool.acquire(targetOf(lab)))).toBe(session);
    expect(codesOf(await ask(session, ['b@x.test'], false))).toEqual([250]);
    bench.pool.release(session);
    bench.clock.advance(30_000);
    silent = true;
    const waiting = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(20_000);
    bench.clock.advance(20_000);
    const next = sessionOf(await waiting);
    expect(next).not.toBe(session);
    expect(bench.pool.stats()).toMatchObject({ connects: 2, failures: { HealthCheckFailed: 1 } });
    expect(lab.sessions[0]?.commands).toEqual(['EHLO me.test', 'MAIL FROM:<verify@me.test>', 'RCPT TO:<a@x.test>', 'RSET', 'MAIL FROM:<verify@me.test>', 'RCPT TO:<b@x.test>', 'RSET']);
    expect(lab.violations).toEqual([]);
    bench.pool.release(next);
    await closeClean(bench);
  });
});
