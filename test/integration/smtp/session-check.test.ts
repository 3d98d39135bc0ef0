// What a session tells of itself beside its flights: whether it is alive, what it has asked, and how each flight went.
import { afterEach, describe, expect, it } from 'vitest';
import { NO_POOL_OBSERVER } from '../../../electron/engine/metrics/observers.ts';
import { startSmtpServer, type LabServer, type SmtpScript } from '../../lab/smtp-server.ts';
import { ask, closeClean, COMMAND_MS, FROM, openPool, sessionOf, targetOf } from './harness.ts';

let stopping: LabServer[] = [];
afterEach(async () => {
  await Promise.all(stopping.map(async (server) => server.stop()));
  stopping = [];
});

async function setUp(script: SmtpScript = {}, ...settings: Parameters<typeof openPool>) {
  const bench = openPool(...settings);
  const lab = await startSmtpServer(script);
  stopping.push(lab);
  return { bench, lab, session: sessionOf(await bench.pool.acquire(targetOf(lab))) };
}

const atRset = (reply: string | null): SmtpScript => ({ answer: (command) => (command === 'RSET' ? reply : undefined) });

describe('the health check', () => {
  it('is RSET, counted as a transaction, and closes the one that is open', async () => {
    const { bench, lab, session } = await setUp();
    await ask(session, ['a@x.test']);
    expect(session.transactionsLeft).toBe(9);
    expect(await session.check()).toBe(true);
    expect(session.transactionsLeft).toBe(8);
    await ask(session, ['b@x.test'], false);
    session.quit();
    await closeClean(bench);
    const mail = `MAIL FROM:<${FROM}>`;
    expect(lab.commands()).toEqual(['EHLO me.test', mail, 'RCPT TO:<a@x.test>', 'RSET', mail, 'RCPT TO:<b@x.test>', 'QUIT']);
  });

  it.each([
    ['is refused', '554 5.5.1 Too many nonmail commands\r\n'],
    ['ends the session', '421 4.4.2 timeout\r\n'],
    ['is answered by two replies', '250 ok\r\n250 ok\r\n'],
    ['is answered by nonsense', 'what?\r\n'],
  ])('is false where it %s, and the session is over', async (_name, reply) => {
    const { bench, session } = await setUp(atRset(reply));
    expect(await session.check()).toBe(false);
    expect(session).toMatchObject({ usable: false, spent: true, maxFlight: 0 });
    expect(bench.pool.size).toBe(0);
    expect(bench.pool.stats().failures.HealthCheckFailed).toBe(1);
    expect((await ask(session, ['a@x.test'])).failure?.code).toBe('Dropped');
    await closeClean(bench);
  });

  it('is false at its deadline, and where the peer hangs up', async () => {
    const silent = await setUp(atRset(null));
    const pending = silent.session.check();
    await silent.bench.clock.armed(COMMAND_MS);
    silent.bench.clock.advance(COMMAND_MS);
    expect(await pending).toBe(false);
    await closeClean(silent.bench);
    const gone = await setUp({ answer: (command, session) => (command === 'RSET' ? (session.end(), null) : undefined) });
    expect(await gone.session.check()).toBe(false);
    // Nobody's flight is lost by it, so nothing is dialled again.
    expect(gone.lab.sessions).toHaveLength(1);
    await closeClean(gone.bench);
  });

  it('writes nothing where the session is spent, and throws in mid-flight', async () => {
    const { bench, lab, session } = await setUp({}, { maxRecipientsPerSession: 2 });
    const flight = ask(session, ['a@x.test', 'b@x.test']);
    await expect(session.check()).rejects.toThrow('under way');
    await flight;
    expect(session.spent).toBe(true);
    expect(await session.check()).toBe(false);
    session.quit();
    await closeClean(bench);
    expect(lab.commands()).not.toContain('RSET');
  });
});

describe('what is told', () => {
  it('counts recipients over a connection that was replaced, whose time begins anew', async () => {
    const { bench, session } = await setUp({
      answer: (command, peer) => (command.startsWith('RSET') ? (peer.end(), null) : undefined),
    });
    const openedAtMs = session.openedAtMs;
    await ask(session, ['a@x.test']);
    bench.clock.advance(1_000);
    await ask(session, ['b@x.test', 'c@x.test']);
    // Two were asked twice: the first time nobody heard.
    expect(session.recipients).toBe(5);
    expect(session.openedAtMs).toBe(openedAtMs + 1_000);
    session.quit();
    await closeClean(bench);
  });

  it('tells the observer of each flight once: how long, how many, how it went', async () => {
    const flights: unknown[] = [];
    const observer = { ...NO_POOL_OBSERVER, flight: (...told: unknown[]) => flights.push(told) };
    const { bench, session } = await setUp(
      {
        answer: (command) => {
          if (command.includes('<slow@')) bench.clock.advance(70);
          return command.includes('<last@') ? '421 4.7.0 bye\r\n' : undefined;
        },
      },
      {},
      { observer, groupOf: () => 'some-group' },
    );
    await ask(session, ['slow@x.test']);
    await ask(session, ['b@x.test', 'last@x.test'], false);
    expect(flights).toEqual([
      ['some-group', 70, 1, 'ok'],
      ['some-group', 0, 2, 'SessionClosed'],
    ]);
    await closeClean(bench);
  });
});
