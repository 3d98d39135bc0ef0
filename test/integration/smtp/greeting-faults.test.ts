// Faults from the dial to the end of EHLO (faults rows 1, 3-8, 10-14, 31, 55): each comes back as data, nothing throws,
// nothing stays open, and no command is ever sent before the greeting.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startSmtpServer, type LabServer, type SmtpScript } from '../../lab/smtp-server.ts';
import { closeClean, COMMAND_MS, CONNECT_MS, cutBy, failureOf, GREETING_MS, openPool, sessionOf, targetOf } from './harness.ts';

let stopping: LabServer[] = [];
afterEach(async () => {
  await Promise.all(stopping.map(async (server) => server.stop()));
  stopping = [];
});

async function server(script: SmtpScript): Promise<LabServer> {
  const started = await startSmtpServer(script);
  stopping.push(started);
  return started;
}

/** The failure of the only connection, with the pool closed clean. */
async function refusalOf(script: SmtpScript) {
  const bench = openPool();
  const lab = await server(script);
  const failure = failureOf(await bench.pool.acquire(targetOf(lab)));
  await closeClean(bench);
  return { failure, lab };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

describe('dialling', () => {
  it('row 1: a refused connection', async () => {
    const bench = openPool();
    const failure = failureOf(await bench.pool.acquire({ ip: '127.0.0.1', port: await freePort(), mxHost: 'mx.test' }));
    expect(failure).toMatchObject({ code: 'ConnectFailed', stage: 'CONNECT', reply: null });
    expect(failure.detail).toContain('ECONNREFUSED');
    await closeClean(bench);
  });

  it('row 55: an IP that the run does not allow is never dialled', async () => {
    const lab = await server({});
    const asked: string[] = [];
    const bench = openPool({}, { isAllowed: (ip) => (asked.push(ip), false) });
    expect(failureOf(await bench.pool.acquire(targetOf(lab)))).toMatchObject({ code: 'BlockedTarget', reply: null });
    expect(asked).toEqual([lab.ip]);
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(0);
  });

  it('dials from the local address that is set, and fails as data from one that cannot be', async () => {
    const lab = await server({});
    const bench = openPool({ localAddress: '127.0.0.9' });
    sessionOf(await bench.pool.acquire(targetOf(lab))).quit();
    await closeClean(bench);
    const wrong = openPool({ localAddress: '192.0.2.1' });
    expect(failureOf(await wrong.pool.acquire(targetOf(lab))).code).toBe('ConnectFailed');
    await closeClean(wrong);
    const nonsense = openPool({ localAddress: 'nonsense' });
    expect(failureOf(await nonsense.pool.acquire(targetOf(lab))).code).toBe('ConnectFailed');
    await closeClean(nonsense);
  });
});

describe('IPv6', () => {
  it('is dialled like IPv4, also where a local IPv4 address is set', async () => {
    const lab = await server({ ip: '::1' });
    const bench = openPool({ localAddress: '127.0.0.9' });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect((await session.flight({ from: 'v@me.test', recipients: ['a@x.test'], newTransaction: true })).replies[0]?.code).toBe(250);
    session.quit();
    await closeClean(bench);
  });

  it('leaves by its own local address', async () => {
    const lab = await server({ ip: '::1' });
    const bench = openPool({ localAddress: '192.0.2.1', localAddressIpv6: '::1' });
    sessionOf(await bench.pool.acquire(targetOf(lab))).quit();
    await closeClean(bench);
    const wrong = openPool({ localAddress: '127.0.0.1', localAddressIpv6: '2001:db8::1' });
    expect(failureOf(await wrong.pool.acquire(targetOf(lab)))).toMatchObject({ code: 'ConnectFailed', detail: 'no connection: EADDRNOTAVAIL' });
    await closeClean(wrong);
  });
});

describe('the greeting', () => {
  it('row 3: silence ends at the deadline, and nothing was said by us', async () => {
    const bench = openPool();
    const lab = await server({ greeting: null });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(GREETING_MS);
    bench.clock.advance(GREETING_MS);
    expect(failureOf(await pending)).toMatchObject({ code: 'Timeout', stage: 'CONNECT', reply: null });
    await closeClean(bench);
    expect(lab.commands()).toEqual([]);
  });

  it('row 4: a late greeting is waited for in silence', async () => {
    const bench = openPool();
    const lab = await server({ greeting: null });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(GREETING_MS);
    bench.clock.advance(GREETING_MS - 5_000);
    const [session] = lab.sessions;
    expect(session?.commands).toEqual([]);
    session?.write('220 at last\r\n');
    sessionOf(await pending).quit();
    await closeClean(bench);
    expect(lab.commands()[0]).toBe('EHLO me.test');
  });

  it('row 6: a teaser is not the greeting', async () => {
    const bench = openPool();
    const lab = await server({ greeting: '220-wait for it\r\n' });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(GREETING_MS);
    const session = await lab.session(0);
    session.write('220 now\r\n');
    sessionOf(await pending).quit();
    await closeClean(bench);
    expect(lab.violations).toEqual([]);
  });

  it('row 9: a byte now and then does not move the deadline', async () => {
    const bench = openPool();
    const lab = await server({ greeting: null });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(GREETING_MS);
    const session = await lab.session(0);
    for (const byte of '220-drip, drip') {
      bench.clock.advance(2_000);
      session.write(byte);
    }
    bench.clock.advance(2_000);
    expect(failureOf(await pending)).toMatchObject({ code: 'Timeout', stage: 'CONNECT' });
    await closeClean(bench);
  });

  it.each([
    ['421 4.7.0 Too many connections\r\n', 421, '4.7.0'],
    ['521 does not accept mail\r\n', 521, null],
    ['554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org\r\n', 554, '5.7.1'],
    ['554-line one\r\n554 5.7.1 line two\r\n', 554, '5.7.1'],
  ])('row 7: refused with %j', async (greeting, code, enhanced) => {
    const { failure, lab } = await refusalOf({ greeting });
    expect(failure).toMatchObject({ code: 'SessionRefused', stage: 'CONNECT', reply: { code, enhanced } });
    expect(lab.commands()).toEqual([]);
  });

  it('row 7: refused, and closed or reset in the same breath', async () => {
    const bench = openPool();
    const lab = await server({ greeting: null });
    for (const how of ['end', 'reset'] as const) {
      const pending = bench.pool.acquire(targetOf(lab));
      const session = await lab.session(how === 'end' ? 0 : 1);
      session.write('554 5.7.1 go away\r\n');
      session[how]();
      const failure = failureOf(await pending);
      // A reset may overtake the words on some systems; it is never anything but about us.
      expect(['SessionRefused', 'ConnectFailed']).toContain(failure.code);
      if (how === 'end') expect(failure.reply?.code).toBe(554);
    }
    await closeClean(bench);
  });

  it.each([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['SSH', 'SSH-2.0-OpenSSH_9.2p1\r\n'],
    ['TLS', Buffer.from('15030100020233', 'hex')],
    ['words', 'hello\r\n'],
    ['099', '099 odd\r\n'],
    ['600', '600 odd\r\n'],
    ['codes that differ', '220-a\r\n554 b\r\n'],
    ['a 64 KiB line', `220 ${'x'.repeat(65_536)}\r\n`],
    ['an endless reply', '220-x\r\n'.repeat(500)],
    ['an empty line', '\r\n220 x\r\n'],
  ])('rows 8, 10, 11, 13, 14: %s is not SMTP', async (_name, greeting) => {
    const { failure, lab } = await refusalOf({ greeting });
    expect(failure).toMatchObject({ code: 'ProtocolError', stage: 'CONNECT', reply: null });
    expect(lab.commands()).toEqual([]);
  });

  it.each(['end', 'reset'] as const)('a connection that is closed before the greeting (%s)', async (how) => {
    const bench = openPool();
    const lab = await server({ greeting: null });
    const pending = bench.pool.acquire(targetOf(lab));
    (await lab.session(0))[how]();
    expect(failureOf(await pending)).toMatchObject({ code: 'ConnectFailed', stage: 'CONNECT' });
    await closeClean(bench);
  });
});

describe('EHLO', () => {
  it.each(['500 5.5.1 unrecognized\r\n', '502 5.5.1 not implemented\r\n'])('row 31: HELO after %j, without pipelining', async (refusal) => {
    const bench = openPool();
    const lab = await server({ answer: (command) => (command.startsWith('EHLO') ? refusal : undefined) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session).toMatchObject({ pipelining: false, smtputf8: false, errors: 1, maxFlight: 8 });
    session.quit();
    await closeClean(bench);
    expect(lab.commands()).toEqual(['EHLO me.test', 'HELO me.test', 'QUIT']);
  });

  it.each([
    ['EHLO', '421 4.3.2 closing\r\n', 'EHLO'],
    ['HELO', '550 5.7.1 HELO refused\r\n', 'HELO'],
  ])('tells a refusal of %s', async (_verb, refusal, stage) => {
    const { failure } = await refusalOf({
      answer: (command) => (command.startsWith('QUIT') ? undefined : stage === 'EHLO' || command.startsWith('HELO') ? refusal : '502 no\r\n'),
    });
    expect(failure).toMatchObject({ code: 'SessionRefused', stage });
  });

  it('tells the words of a refused EHLO where the server hangs up on HELO', async () => {
    const { failure } = await refusalOf({
      answer: (command, session) => {
        if (command.startsWith('EHLO')) return '550 5.7.1 your PTR is missing\r\n';
        session.end();
        return null;
      },
    });
    expect(failure).toMatchObject({ code: 'SessionRefused', stage: 'EHLO', reply: { code: 550, text: 'your PTR is missing' } });
  });

  it.each([
    ['silence', 'Timeout'],
    ['hang-up', 'Dropped'],
  ])('%s', async (how, code) => {
    const bench = openPool();
    const lab = await server({
      answer: (_command, session) => {
        if (how === 'hang-up') session.end();
        return null;
      },
    });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(COMMAND_MS);
    if (how === 'silence') bench.clock.advance(COMMAND_MS);
    expect(failureOf(await pending)).toMatchObject({ code, stage: 'EHLO', reply: null });
    await closeClean(bench);
  });

  it('row 10: an endless reply', async () => {
    const { failure } = await refusalOf({ answer: () => '250-x\r\n'.repeat(10_000) });
    expect(failure).toMatchObject({ code: 'ProtocolError', stage: 'EHLO' });
  });

  it('row 12: bare LF and codes without text', async () => {
    const bench = openPool();
    const lab = await server({ greeting: '220\n', answer: (command) => (command.startsWith('EHLO') ? '250-x\n250-PIPELINING\n250\n' : '250\n') });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session.pipelining).toBe(true);
    const result = await session.flight({ from: '', recipients: ['a@x.test'], newTransaction: true });
    expect(result).toMatchObject({ failure: null, replies: [{ code: 250, enhanced: null, text: '' }] });
    bench.pool.release(session);
    await closeClean(bench);
  });

  it.each([1, 2, 3])('row 5: the same in small packets (seed %i)', async (seed) => {
    const bench = openPool();
    const lab = await server({ cut: cutBy(seed, 1 + seed) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session).toMatchObject({ pipelining: true, smtputf8: true, tls: 'none', errors: 0 });
    session.quit();
    await closeClean(bench);
  });

  it('leaves the connect deadline behind once the connection is there', async () => {
    const bench = openPool();
    const lab = await server({});
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(bench.clock.pending).toBe(0);
    bench.clock.advance(CONNECT_MS * 2);
    expect(session.usable).toBe(true);
    session.quit();
    await closeClean(bench);
  });
});
