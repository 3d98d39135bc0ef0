// The pool: who gets which session, when, and what happens to those who cannot. Over real sockets, on a still clock.
import { afterEach, describe, expect, it } from 'vitest';
import type { AcquireResult } from '../../../electron/engine/smtp/types.ts';
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

/** Notes in which order these are answered. */
function inOrder(pending: readonly (readonly [string, Promise<AcquireResult>])[]): string[] {
  const order: string[] = [];
  for (const [name, promise] of pending) void promise.then(() => order.push(name));
  return order;
}

describe('idle sessions', () => {
  it('are used again, and then left with QUIT after the idle time', async () => {
    const bench = openPool({ idleTimeoutMs: 10_000 });
    const lab = await server();
    const target = targetOf(lab);
    expect(bench.pool.tryAcquire(target)).toBeNull();
    const session = sessionOf(await bench.pool.acquire(target));
    await ask(session, ['a@x.test']);
    bench.pool.release(session);
    expect(bench.pool.stats()).toMatchObject({ open: 1, idle: 1, waiting: 0, connects: 1 });
    expect(bench.pool.tryAcquire(target)).toBe(session);
    bench.pool.release(session);
    bench.clock.advance(9_999);
    expect(bench.pool.size).toBe(1);
    bench.clock.advance(1);
    expect(bench.pool.size).toBe(0);
    expect(session.usable).toBe(false);
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(1);
    expect(lab.commands().at(-1)).toBe('QUIT');
  });

  it('belong to an IP and port, whatever the MX is called', async () => {
    const bench = openPool();
    const [lab, other] = [await server(), await server()];
    const session = sessionOf(await bench.pool.acquire(targetOf(lab, 'mx1.lab.test')));
    bench.pool.release(session);
    expect(bench.pool.tryAcquire(targetOf(other))).toBeNull();
    expect(bench.pool.tryAcquire(targetOf(lab, 'mx2.lab.test'))).toBe(session);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('that are too old are not given out', async () => {
    const bench = openPool({ maxSessionMs: 60_000, idleTimeoutMs: 100_000 });
    const lab = await server();
    bench.pool.release(sessionOf(await bench.pool.acquire(targetOf(lab))));
    bench.clock.advance(60_000);
    expect(bench.pool.tryAcquire(targetOf(lab))).toBeNull();
    expect(bench.pool.size).toBe(0);
    await closeClean(bench);
  });

  it('that the peer closes are forgotten at once', async () => {
    const bench = openPool();
    const lab = await server();
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    bench.pool.release(session);
    lab.sessions[0]?.end();
    await lab.sessions[0]?.closed;
    expect(bench.pool.tryAcquire(targetOf(lab))).toBeNull();
    expect(bench.pool.stats()).toMatchObject({ open: 0, idle: 0, failures: { Dropped: 1 } });
    await closeClean(bench);
  });

  it('given back twice, or after their end, do no harm', async () => {
    const bench = openPool();
    const lab = await server();
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    bench.pool.release(session);
    session.destroy();
    bench.pool.release(session);
    expect(bench.pool.stats()).toMatchObject({ open: 0, idle: 0 });
    await closeClean(bench);
  });
});

describe('limits', () => {
  it('holds to the connections of a target, and hands sessions on in the order of asking', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 2 });
    const lab = await server();
    const target = targetOf(lab);
    const [a, b] = [sessionOf(await bench.pool.acquire(target)), sessionOf(await bench.pool.acquire(target))];
    const waiting = [bench.pool.acquire(target), bench.pool.acquire(target), bench.pool.acquire(target)] as const;
    const order = inOrder([['first', waiting[0]], ['second', waiting[1]], ['third', waiting[2]]]);
    expect(bench.pool.stats()).toMatchObject({ open: 2, waiting: 3 });
    bench.pool.release(b);
    expect(sessionOf(await waiting[0])).toBe(b);
    bench.pool.release(a);
    expect(sessionOf(await waiting[1])).toBe(a);
    bench.pool.release(b);
    expect(sessionOf(await waiting[2])).toBe(b);
    expect(order).toEqual(['first', 'second', 'third']);
    bench.pool.release(a);
    bench.pool.release(b);
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(2);
  });

  it('holds to a narrower limit of a target, never to a wider one', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 2 }, { perTargetLimit: ({ mxHost }) => (mxHost === 'narrow.test' ? 1 : 99) });
    const [narrow, wide] = [await server(), await server()];
    const pending = [narrow, narrow, narrow].map(async () => bench.pool.acquire(targetOf(narrow, 'narrow.test')));
    const more = [wide, wide, wide].map(async () => bench.pool.acquire(targetOf(wide, 'wide.test')));
    const opened = [sessionOf(await (pending[0] ?? Promise.reject(new Error()))), ...(await Promise.all(more.slice(0, 2))).map(sessionOf)];
    expect(bench.pool.stats()).toMatchObject({ open: 3, waiting: 3 });
    for (const session of opened) session.destroy();
    await bench.pool.close(0);
    await Promise.all([...pending, ...more]);
  });

  it('holds to the total, and lets the one who has waited longest go first, whatever the target', async () => {
    const bench = openPool({ maxConnections: 2 });
    const [busy, quiet] = [await server({ ip: '127.0.0.2' }), await server({ ip: '127.0.0.3' })];
    const held = [sessionOf(await bench.pool.acquire(targetOf(busy))), sessionOf(await bench.pool.acquire(targetOf(busy)))] as const;
    const forQuiet = bench.pool.acquire(targetOf(quiet));
    const forBusy = bench.pool.acquire(targetOf(busy));
    const order = inOrder([['quiet', forQuiet], ['busy', forBusy]]);
    bench.pool.release(held[0]);
    const session = sessionOf(await forQuiet);
    expect(session.target.ip).toBe(quiet.ip);
    bench.pool.release(held[1]);
    expect(sessionOf(await forBusy)).toBe(held[1]);
    expect(order).toEqual(['quiet', 'busy']);
    expect(bench.pool.size).toBe(2);
    bench.pool.release(session);
    bench.pool.release(held[1]);
    await closeClean(bench);
  });

  it('makes room by leaving the session that has been idle longest', async () => {
    const bench = openPool({ maxConnections: 2 });
    const labs = [await server(), await server(), await server()] as const;
    const sessions = [sessionOf(await bench.pool.acquire(targetOf(labs[0]))), sessionOf(await bench.pool.acquire(targetOf(labs[1])))] as const;
    bench.pool.release(sessions[1]);
    bench.pool.release(sessions[0]);
    const third = sessionOf(await bench.pool.acquire(targetOf(labs[2])));
    expect(bench.pool.size).toBe(2);
    expect(sessions[1].usable).toBe(false);
    expect(sessions[0].usable).toBe(true);
    bench.pool.release(third);
    await closeClean(bench);
  });
});

describe('waiting', () => {
  it('ends at its deadline, and costs the others nothing', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 1 });
    const lab = await server();
    const target = targetOf(lab);
    const held = sessionOf(await bench.pool.acquire(target));
    const late = bench.pool.acquire(target, { deadlineMs: 500 });
    const patient = bench.pool.acquire(target, { deadlineMs: 5_000 });
    bench.clock.advance(500);
    expect(failureOf(await late)).toMatchObject({ code: 'PoolExhausted', reply: null });
    bench.pool.release(held);
    expect(sessionOf(await patient)).toBe(held);
    bench.pool.release(held);
    await closeClean(bench);
  });

  it('is not for ever even where no deadline is given', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 1 });
    const lab = await server();
    const held = sessionOf(await bench.pool.acquire(targetOf(lab)));
    const waiting = bench.pool.acquire(targetOf(lab));
    bench.clock.advance(300_000);
    expect(failureOf(await waiting).code).toBe('PoolExhausted');
    held.quit();
    await closeClean(bench);
  });

  it('keeps its place where the session handed on is spent: it is replaced by a new one', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 1, errorBudget: 2 });
    const lab = await server();
    const target = targetOf(lab);
    const spent = sessionOf(await bench.pool.acquire(target));
    const first = bench.pool.acquire(target);
    const second = bench.pool.acquire(target);
    await ask(spent, ['nobody1@x.test', 'nobody2@x.test']);
    expect(spent.usable).toBe(false);
    bench.pool.release(spent);
    const fresh = sessionOf(await first);
    expect(fresh).not.toBe(spent);
    expect(fresh.errors).toBe(0);
    bench.pool.release(fresh);
    expect(sessionOf(await second)).toBe(fresh);
    bench.pool.release(fresh);
    await closeClean(bench);
    expect(bench.pool.stats().connects).toBe(2);
    expect(lab.commands().filter((line) => line === 'QUIT')).toHaveLength(2);
  });

  it('is not disturbed by a session that ended in its flight: its place is free at once', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 1 });
    const lab = await server({ answer: (command) => (command.includes('<last@x.test>') ? '421 4.7.0 bye\r\n' : undefined) });
    const target = targetOf(lab);
    const session = sessionOf(await bench.pool.acquire(target));
    const waiting = bench.pool.acquire(target);
    expect((await ask(session, ['last@x.test'])).failure?.reply?.code).toBe(421);
    const next = sessionOf(await waiting);
    expect(codesOf(await ask(next, ['a@x.test']))).toEqual([250]);
    bench.pool.release(session);
    bench.pool.release(next);
    await closeClean(bench);
  });

  it('a failed connection answers the one who caused it, and the next one gets its own try', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 1 });
    let greeted = 0;
    const lab = await startSmtpServer({
      greeting: null,
      answer: () => undefined,
    });
    stopping.push(lab);
    const target = targetOf(lab);
    const first = bench.pool.acquire(target);
    const second = bench.pool.acquire(target);
    (await lab.session(greeted++)).write('554 5.7.1 not you\r\n');
    expect(failureOf(await first)).toMatchObject({ code: 'SessionRefused', reply: { code: 554 } });
    (await lab.session(greeted++)).write('220 welcome\r\n');
    const session = sessionOf(await second);
    bench.pool.release(session);
    expect(bench.pool.stats()).toMatchObject({ connects: 2, greeted: 1, failures: { SessionRefused: 1 } });
    await closeClean(bench);
  });
});

describe('close', () => {
  it('refuses waiters, those who are connecting and those who come later, and leaves the idle with QUIT', async () => {
    const bench = openPool({ maxConnectionsPerDestination: 1 });
    const [lab, silent] = [await server(), await server({ greeting: null })];
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    const waiting = bench.pool.acquire(targetOf(lab));
    const connecting = bench.pool.acquire(targetOf(silent));
    await silent.session(0);
    const idle = sessionOf(await bench.pool.acquire(targetOf(await server(), 'mx3.lab.test')));
    bench.pool.release(idle);
    const closing = bench.pool.close();
    expect(failureOf(await waiting).code).toBe('PoolClosed');
    expect(failureOf(await connecting).code).toBe('PoolClosed');
    expect(failureOf(await bench.pool.acquire(targetOf(lab))).code).toBe('PoolClosed');
    expect(bench.pool.tryAcquire(targetOf(lab))).toBeNull();
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    bench.pool.release(session);
    await closing;
    expect(lab.commands().at(-1)).toBe('QUIT');
    expect(bench.clock.pending).toBe(0);
  });

  it('destroys what is still in use after the grace time', async () => {
    const bench = openPool();
    const lab = await server({ answer: (command) => (command.startsWith('RCPT') ? null : undefined) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    const flight = ask(session, ['a@x.test']);
    const closing = bench.pool.close(5_000);
    bench.clock.advance(5_000);
    await closing;
    expect(await flight).toMatchObject({ replies: [null], failure: { code: 'Dropped' } });
    expect(bench.pool.size).toBe(0);
    expect(bench.clock.pending).toBe(0);
  });

  it('may be asked for twice, and at once on an empty pool', async () => {
    const bench = openPool();
    await Promise.all([bench.pool.close(), bench.pool.close()]);
    expect(bench.clock.pending).toBe(0);
  });
});
