// TLS (faults rows 34-37): plain text unless wanted or demanded, a bad certificate recorded and not refused, a handshake
// that fails or hangs answered with one plain connection, and nothing read that was injected before it.
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { TLS_HANDSHAKE_TIMEOUT_MS } from '../../../electron/engine/smtp/handshake.ts';
import { startSmtpServer, type LabServer, type SmtpScript } from '../../lab/smtp-server.ts';
import { ask, closeClean, codesOf, cutBy, failureOf, openPool, sessionOf, targetOf } from './harness.ts';
import { selfSignedCertificate } from '../../lab/self-signed-certificate.ts';

const NEXT_YEAR = new Date(Date.now() + 365 * 86_400_000);
const YESTERDAY = new Date(Date.now() - 86_400_000);
const certificate = selfSignedCertificate(['mx.lab.test'], NEXT_YEAR);

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

/** Refuses MAIL until STARTTLS was used. */
const demanding: NonNullable<SmtpScript['answer']> = (command, session) =>
  /^(?:MAIL|RCPT)/.test(command) && !session.secure ? '530 5.7.0 Must issue a STARTTLS command first\r\n' : undefined;

const ehlos = (lab: LabServer): string[] => lab.commands().filter((line) => /^(?:EHLO|STARTTLS)/.test(line));

describe('TLS', () => {
  it('is not used by default, even where it is offered', async () => {
    const bench = openPool();
    const lab = await server({ certificate });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session.tls).toBe('none');
    bench.pool.release(session);
    await closeClean(bench);
    expect(ehlos(lab)).toEqual(['EHLO me.test']);
  });

  it.each([undefined, cutBy(7, 3)])('is used where it is offered and wanted, and EHLO said again', async (cut) => {
    const bench = openPool({ tls: 'offered' });
    const lab = await server({ certificate, ...(cut === undefined ? {} : { cut }) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session).toMatchObject({ tls: 'unverified', pipelining: true, smtputf8: true });
    expect(codesOf(await ask(session, ['a@x.test', 'nobody@x.test', 'c@x.test']))).toEqual([250, 550, 250]);
    bench.pool.release(session);
    await closeClean(bench);
    expect(ehlos(lab)).toEqual(['EHLO me.test', 'STARTTLS', 'EHLO me.test']);
    expect(lab.violations).toEqual([]);
  });

  it.each([
    ['expired', selfSignedCertificate(['mx.lab.test'], YESTERDAY), 'mx.lab.test', 'unverified'],
    ['of another name', certificate, 'mx.other.test', 'unverified'],
    ['for an MX that is named by its IP', certificate, '127.0.0.1', 'unverified'],
    ['good', certificate, 'mx.lab.test', 'verified'],
  ] as const)('row 35: goes on with a certificate that is %s, and records it', async (_kind, used, mxHost, tls) => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, used.cert]);
    try {
      const bench = openPool({ tls: 'offered' });
      const lab = await server({ certificate: used });
      const session = sessionOf(await bench.pool.acquire(targetOf(lab, mxHost)));
      expect(session.tls).toBe(tls);
      expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
      bench.pool.release(session);
      await closeClean(bench);
    } finally {
      setDefaultCACertificates(before);
    }
  });

  it.each(['454 4.7.0 TLS not available\r\n', '502 5.5.1 no\r\n'])('row 36: plain text where STARTTLS is answered %j', async (refusal) => {
    const bench = openPool({ tls: 'offered' });
    const lab = await server({ certificate, answer: (command) => (command === 'STARTTLS' ? refusal : undefined) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session).toMatchObject({ tls: 'none', pipelining: true, errors: 1 });
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('row 36: plain text where STARTTLS is not offered', async () => {
    const bench = openPool({ tls: 'offered' });
    const lab = await server({});
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session.tls).toBe('none');
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('ends where STARTTLS is answered 421', async () => {
    const bench = openPool({ tls: 'offered' });
    const lab = await server({ certificate, answer: (command) => (command === 'STARTTLS' ? '421 4.3.2 bye\r\n' : undefined) });
    expect(failureOf(await bench.pool.acquire(targetOf(lab)))).toMatchObject({ code: 'SessionRefused', stage: 'STARTTLS', reply: { code: 421 } });
    await closeClean(bench);
  });

  it.each(['220 go\r\n250-injected\r\n250 PIPELINING\r\n', '220 go\r\n2', '220 go\r\n220 again\r\n'])('row 37: bytes after the 220 are refused: %j', async (reply) => {
    const bench = openPool({ tls: 'offered' });
    const lab = await server({ certificate, answer: (command) => (command === 'STARTTLS' ? reply : undefined) });
    const failure = failureOf(await bench.pool.acquire(targetOf(lab)));
    expect(failure).toMatchObject({ code: 'ProtocolError', stage: 'STARTTLS', reply: null });
    expect(failure.detail).toContain('injection');
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(1);
  });

  it('row 34: a handshake that hangs is left after 15 s, and plain text is tried once', async () => {
    const bench = openPool({ tls: 'offered' });
    const lab = await server({ certificate, answer: (command) => (command === 'STARTTLS' ? '220 go\r\n' : undefined) });
    const pending = bench.pool.acquire(targetOf(lab));
    await bench.clock.armed(TLS_HANDSHAKE_TIMEOUT_MS);
    expect(TLS_HANDSHAKE_TIMEOUT_MS).toBe(15_000);
    bench.clock.advance(TLS_HANDSHAKE_TIMEOUT_MS);
    const session = sessionOf(await pending);
    expect(session.tls).toBe('none');
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    // The host's TLS is not tried again.
    session.quit();
    const next = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(next.tls).toBe('none');
    bench.pool.release(next);
    await closeClean(bench);
    expect(ehlos(lab)).toEqual(['EHLO me.test', 'STARTTLS', 'EHLO me.test', 'EHLO me.test']);
  });

  it.each(['garbage', 'close', 'reset'])('row 34: a handshake that fails by %s', async (how) => {
    const bench = openPool({ tls: 'offered' });
    const lab = await server({
      certificate,
      answer: (command, session) => {
        if (command !== 'STARTTLS') return undefined;
        session.write('220 go\r\n');
        void session.closed;
        if (how !== 'garbage') queueMicrotask(() => session[how === 'close' ? 'end' : 'reset']());
        return null;
      },
    });
    if (how === 'garbage') {
      void lab.session(0).then(async (session) => {
        // The ClientHello has come: answer with what is no TLS.
        while (!session.commands.some((line) => line.includes('\u0016') || line === 'STARTTLS')) await new Promise(setImmediate);
        setImmediate(() => {
          session.write('this is no TLS\r\n'.repeat(4));
        });
      });
    }
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)).then((result) => result));
    expect(session.tls).toBe('none');
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(2);
  });

  it('is used where it is demanded: the flight is asked again over TLS, and the host remembered', async () => {
    const bench = openPool();
    const lab = await server({ certificate, answer: demanding });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session.tls).toBe('none');
    const result = await ask(session, ['a@x.test', 'nobody@x.test', 'c@x.test']);
    expect(codesOf(result)).toEqual([250, 550, 250]);
    expect(result.failure).toBeNull();
    expect(session.tls).toBe('unverified');
    session.quit();
    const next = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(next.tls).toBe('unverified');
    bench.pool.release(next);
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(3);
    expect(lab.violations).toEqual([]);
  });

  it.each([
    ['is not offered', undefined],
    ['is refused', '454 4.7.0 not now\r\n'],
  ])('is told as refused where it is demanded and %s, without a loop', async (_how, refusal) => {
    const bench = openPool();
    const lab = await server({
      ...(refusal === undefined ? {} : { certificate }),
      answer: (command, session) => (command === 'STARTTLS' ? refusal : demanding(command, session)),
    });
    for (let i = 0; i < 2; i += 1) {
      const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
      const result = await ask(session, ['a@x.test']);
      expect(result).toMatchObject({ replies: [null], failure: { code: 'SessionClosed', stage: 'MAIL', reply: { code: 530 } } });
      expect(session.usable).toBe(false);
      expect(bench.pool.size).toBe(0);
    }
    await closeClean(bench);
    // In plain text, once more over TLS in vain, and the second time in plain text only.
    expect(lab.sessions).toHaveLength(3);
  });
});
