// Everything through the user's SOCKS5 proxy, or not at all; and what is told when the proxy fails.
import { afterEach, describe, expect, it } from 'vitest';
import { reasonOfFailure } from '../../../electron/engine/classify/reason-of-failure.ts';
import { startSmtpServer, type LabServer, type SmtpScript } from '../../lab/smtp-server.ts';
import { startSocksServer, type SocksScript, type SocksServer } from '../../lab/socks-server.ts';
import { ask, closeClean, codesOf, CONNECT_MS, failureOf, GREETING_MS, openPool, sessionOf, targetOf } from './harness.ts';
import { selfSignedCertificate } from '../../lab/self-signed-certificate.ts';

let stopping: (LabServer | SocksServer)[] = [];
afterEach(async () => {
  await Promise.all(stopping.map(async (server) => server.stop()));
  stopping = [];
});

async function setUp(socksScript: SocksScript = {}, script: SmtpScript = {}, login = '', settings: Parameters<typeof openPool>[0] = {}) {
  const socks = await startSocksServer(socksScript);
  const lab = await startSmtpServer(script);
  stopping.push(socks, lab);
  const bench = openPool({ proxy: `socks5://${login}127.0.0.1:${String(socks.port)}`, ...settings });
  return { bench, lab, socks };
}

describe('through a SOCKS5 proxy', () => {
  it.each([
    ['in packets of their own', false],
    ['in one packet with the first words of the target', true],
  ])('a session is like any other: the proxy’s words come %s', async (_name, glue) => {
    const { bench, lab, socks } = await setUp({ glue });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(codesOf(await ask(session, ['a@x.test', 'nobody@x.test']))).toEqual([250, 550]);
    bench.pool.release(session);
    await closeClean(bench);
    expect(socks.requests).toEqual([`127.0.0.1:${String(lab.port)}`]);
    expect(lab.commands().at(-1)).toBe('QUIT');
    expect(lab.violations).toEqual([]);
  });

  it('logs in, with characters that have a meaning in a URL', async () => {
    const login = { user: 'us:er', password: 'p@ss/wörd' };
    const { bench, lab, socks } = await setUp({ login }, {}, 'us%3Aer:p%40ss%2Fw%C3%B6rd@');
    sessionOf(await bench.pool.acquire(targetOf(lab))).quit();
    await closeClean(bench);
    expect(socks.logins).toEqual(['us:er:p@ss/wörd']);
  });

  it('takes IPv6 targets, and TLS', async () => {
    const certificate = selfSignedCertificate(['mx.lab.test'], new Date(Date.now() + 86_400_000));
    const { bench, lab, socks } = await setUp({}, { ip: '::1', certificate }, '', { tls: 'offered', localAddress: '127.0.0.1' });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session.tls).toBe('unverified');
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    session.quit();
    await closeClean(bench);
    expect(socks.requests).toEqual([`0:0:0:0:0:0:0:1:${String(lab.port)}`]);
  });

  it('asks it for no target that the run does not allow', async () => {
    const socks = await startSocksServer();
    const lab = await startSmtpServer();
    stopping.push(socks, lab);
    const bench = openPool({ proxy: `socks5://127.0.0.1:${String(socks.port)}` }, { isAllowed: () => false });
    expect(failureOf(await bench.pool.acquire(targetOf(lab))).code).toBe('BlockedTarget');
    await closeClean(bench);
    expect(socks.requests).toEqual([]);
  });

  it('waits for the greeting as long as without one', async () => {
    const { bench, lab } = await setUp({}, { greeting: null });
    const pending = bench.pool.acquire(targetOf(lab));
    await lab.session(0);
    await bench.clock.armed(GREETING_MS);
    bench.clock.advance(GREETING_MS);
    expect(failureOf(await pending)).toMatchObject({ code: 'Timeout', stage: 'CONNECT' });
    await closeClean(bench);
  });
});

describe('where the proxy fails, nothing is dialled directly', () => {
  it.each<[string, SocksScript, string]>([
    ['the target refuses it', { refuseWith: 5 }, 'the proxy could not connect: ECONNREFUSED'],
    ['its rules forbid it', { refuseWith: 2 }, 'the proxy could not connect: not allowed by its rules'],
    ['it tells no reason that is known', { refuseWith: 99 }, 'the proxy could not connect: no known reason'],
    ['it wants a login', { login: { user: 'a', password: 'b' } }, 'the proxy refused our login, or wants one'],
    ['it is something else', { nonsense: 'HTTP/1.1 400 Bad Request\r\n\r\n' }, 'the proxy does not speak SOCKS5'],
    ['it hangs up', { nonsense: '' }, 'the proxy left us: closed'],
  ])('%s', async (_name, script, detail) => {
    const { bench, lab } = await setUp(script);
    const failed = failureOf(await bench.pool.acquire(targetOf(lab)));
    expect(failed).toMatchObject({ code: 'ConnectFailed', stage: 'CONNECT', reply: null, detail });
    expect(reasonOfFailure(failed)).toBe('no_connect');
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(0);
  });

  it('its login is wrong, and is told to nobody', async () => {
    const { bench, lab } = await setUp({ login: { user: 'someone', password: 'right-secret' } }, {}, 'someone:wrong-secret@');
    const failed = failureOf(await bench.pool.acquire(targetOf(lab)));
    expect(failed).toMatchObject({ code: 'ConnectFailed', detail: 'the proxy refused our login, or wants one' });
    expect(JSON.stringify([failed, bench.pool.stats()])).not.toMatch(/secret|someone/);
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(0);
  });

  it('it is not there', async () => {
    const { bench, lab, socks } = await setUp();
    await socks.stop();
    stopping = stopping.filter((server) => server !== socks);
    expect(failureOf(await bench.pool.acquire(targetOf(lab)))).toMatchObject({ code: 'ConnectFailed', detail: 'no connection to the proxy: ECONNREFUSED' });
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(0);
  });

  it.each(['method', 'connect'] as const)('it is silent at %s: the connect deadline holds for all of it', async (silentAt) => {
    const { bench, lab } = await setUp({ silentAt });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(CONNECT_MS);
    bench.clock.advance(CONNECT_MS);
    expect(failureOf(await pending)).toMatchObject({ code: 'ConnectTimeout', stage: 'CONNECT' });
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(0);
  });

  it('the pool is closed meanwhile', async () => {
    const { bench, lab } = await setUp({ silentAt: 'connect' });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(CONNECT_MS);
    await closeClean(bench);
    expect(failureOf(await pending).code).toBe('PoolClosed');
  });

  it.each(['http://127.0.0.1:1', 'socks5://127.0.0.1', '127.0.0.1:1080'])('the settings name none: %s', async (proxy) => {
    const lab = await startSmtpServer();
    stopping.push(lab);
    expect(() => openPool({ proxy })).toThrow('a proxy such as');
    const bench = openPool({}, {}, { proxy });
    expect(failureOf(await bench.pool.acquire(targetOf(lab)))).toMatchObject({ code: 'ConnectFailed', detail: 'the proxy of the settings is none' });
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(0);
  });

  it('the local address is none', async () => {
    const { bench, lab } = await setUp({}, {}, '', { localAddress: 'nonsense' });
    expect(failureOf(await bench.pool.acquire(targetOf(lab))).code).toBe('ConnectFailed');
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(0);
  });
});
