// What a session may send, in what order and how much: one write a flight where PIPELINING is offered and one command at
// a time where not, transactions and SMTPUTF8 as the RFCs want, and never beyond its budget.
import { afterEach, describe, expect, it } from 'vitest';
import { startSmtpServer, type LabServer, type SmtpScript } from '../../lab/smtp-server.ts';
import { ask, closeClean, codesOf, FROM, openPool, sessionOf, targetOf } from './harness.ts';

let stopping: LabServer[] = [];
afterEach(async () => {
  await Promise.all(stopping.map(async (server) => server.stop()));
  stopping = [];
});

async function setUp(script: SmtpScript = {}, ...settings: Parameters<typeof openPool>) {
  const bench = openPool(...settings);
  const lab = await startSmtpServer(script);
  stopping.push(lab);
  const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
  return { bench, lab, session };
}

const users = (n: number, prefix = 'u'): string[] => Array.from({ length: n }, (_, i) => `${prefix}${String(i)}@x.test`);

describe('commands', () => {
  it('sends nothing but what belongs to a probe, and QUIT at the end', async () => {
    const { bench, lab, session } = await setUp();
    await ask(session, ['a@x.test', 'random1@x.test']);
    await ask(session, ['b@x.test'], false);
    await ask(session, ['c@y.test'], true);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands()).toEqual([
      'EHLO me.test',
      `MAIL FROM:<${FROM}>`,
      'RCPT TO:<a@x.test>',
      'RCPT TO:<random1@x.test>',
      'RCPT TO:<b@x.test>',
      'RSET',
      `MAIL FROM:<${FROM}>`,
      'RCPT TO:<c@y.test>',
      'QUIT',
    ]);
    expect(lab.violations).toEqual([]);
  });

  it('carries several small domains in one flight, within the transactions that are left', async () => {
    const { bench, lab, session } = await setUp();
    expect(session.transactionsLeft).toBe(10);
    const recipients = ['a@x.test', 'random1@x.test', 'b@y.test', 'nobody@z.test'];
    const result = await session.flight({ from: FROM, recipients, newTransaction: true, breaks: [2, 3] });
    expect(codesOf(result)).toEqual([250, 550, 250, 550]);
    expect(session.transactionsLeft).toBe(7);
    bench.pool.release(session);
    await closeClean(bench);
    const mail = `MAIL FROM:<${FROM}>`;
    expect(lab.commands()).toEqual([
      'EHLO me.test', mail, 'RCPT TO:<a@x.test>', 'RCPT TO:<random1@x.test>', 'RSET', mail, 'RCPT TO:<b@y.test>', 'RSET', mail, 'RCPT TO:<nobody@z.test>', 'QUIT',
    ]);
  });

  it('throws for a flight of more transactions than are left, and writes nothing of it', async () => {
    const { bench, lab, session } = await setUp({}, { maxTransactionsPerSession: 2 });
    const flight = session.flight({ from: FROM, recipients: ['a@x.test', 'b@y.test', 'c@z.test'], newTransaction: true, breaks: [1, 2] });
    await expect(flight).rejects.toThrow(RangeError);
    expect(codesOf(await session.flight({ from: FROM, recipients: ['a@x.test', 'b@y.test'], newTransaction: true, breaks: [1] }))).toEqual([250, 250]);
    expect(session.usable).toBe(false);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands()).not.toContain('RCPT TO:<c@z.test>');
  });

  it('keeps what was answered before a MAIL that is refused in mid-flight', async () => {
    let mails = 0;
    const { bench, session } = await setUp({
      answer: (command) => {
        if (!command.startsWith('MAIL')) return mails > 1 && command.startsWith('RCPT') ? '503 5.5.1 need MAIL\r\n' : undefined;
        mails += 1;
        return mails === 2 ? '450 4.7.1 too fast\r\n' : undefined;
      },
    });
    const result = await session.flight({ from: FROM, recipients: ['a@x.test', 'nobody@x.test', 'c@y.test'], newTransaction: true, breaks: [2] });
    expect(codesOf(result)).toEqual([250, 550, null]);
    expect(result.failure).toMatchObject({ code: 'SessionClosed', stage: 'MAIL', reply: { code: 450 } });
    await closeClean(bench);
  });

  it('gives equal replies of a host as one object, on all its sessions', async () => {
    const { bench, lab, session } = await setUp();
    const other = sessionOf(await bench.pool.acquire(targetOf(lab)));
    const first = await ask(session, ['a@x.test', 'b@x.test', 'nobody@x.test']);
    const second = await ask(other, ['nobody@y.test', 'c@y.test']);
    expect(first.replies[1]).toBe(first.replies[0]);
    expect(second.replies).toEqual([first.replies[2], first.replies[0]]);
    expect(second.replies[0]).toBe(first.replies[2]);
    expect(second.replies[1]).toBe(first.replies[0]);
    session.quit();
    other.quit();
    await closeClean(bench);
  });

  it('sends one command at a time where PIPELINING is not offered', async () => {
    const { bench, lab, session } = await setUp({ ehlo: ['8BITMIME'] });
    expect(session.pipelining).toBe(false);
    expect(codesOf(await ask(session, ['a@x.test', 'nobody@x.test', 'c@x.test']))).toEqual([250, 550, 250]);
    expect(codesOf(await ask(session, ['d@x.test'], true))).toEqual([250]);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.violations).toEqual([]);
  });

  it('ends a flight at a refused MAIL where PIPELINING is not offered, without asking further', async () => {
    const { bench, lab, session } = await setUp({ ehlo: [], answer: (command) => (command.startsWith('MAIL') ? '550 5.7.1 no\r\n' : undefined) });
    expect((await ask(session, ['a@x.test'])).failure).toMatchObject({ code: 'SessionClosed', stage: 'MAIL' });
    await closeClean(bench);
    expect(lab.commands()).toEqual(['EHLO me.test', `MAIL FROM:<${FROM}>`, 'QUIT']);
  });

  it('says SMTPUTF8 only where a recipient needs it', async () => {
    const { bench, lab, session } = await setUp();
    expect(session.smtputf8).toBe(true);
    await ask(session, ['a@x.test']);
    expect(codesOf(await ask(session, ['ü@x.test', 'b@x.test'], false))).toEqual([250, 250]);
    await ask(session, ['c@x.test'], false);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands().filter((line) => line.startsWith('MAIL'))).toEqual([`MAIL FROM:<${FROM}>`, `MAIL FROM:<${FROM}> SMTPUTF8`]);
    expect(lab.commands()).toContain('RCPT TO:<ü@x.test>');
  });

  it('row 33: throws rather than send UTF-8 where it is not offered, and goes on', async () => {
    const { bench, lab, session } = await setUp({ ehlo: ['PIPELINING'] });
    await expect(ask(session, ['ü@x.test'])).rejects.toThrow(TypeError);
    expect(codesOf(await ask(session, ['a@x.test']))).toEqual([250]);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands().filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<a@x.test>']);
  });

  it.each(['a@x.test\r\nDATA', 'a@x.test\0', 'a@x.test> SIZE=1', '\u0085@x.test', ''])('row 71: throws for %j and writes nothing of its flight', async (recipient) => {
    const { bench, lab, session } = await setUp();
    await expect(ask(session, ['b@x.test', recipient])).rejects.toThrow(TypeError);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands()).toEqual(['EHLO me.test', 'QUIT']);
    expect(lab.violations).toEqual([]);
  });

  it('throws for an empty flight, for a second one at a time, and for one over its room', async () => {
    const { bench, session } = await setUp();
    await expect(ask(session, [])).rejects.toThrow(RangeError);
    const first = ask(session, ['a@x.test']);
    await expect(ask(session, ['b@x.test'])).rejects.toThrow('under way');
    expect(codesOf(await first)).toEqual([250]);
    await expect(ask(session, users(session.maxFlight + 1))).rejects.toThrow(RangeError);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('answers a flight on a session that is over with data', async () => {
    const { bench, session } = await setUp();
    session.destroy();
    expect(await ask(session, ['a@x.test'])).toMatchObject({ replies: [null], failure: { code: 'Dropped' } });
    await closeClean(bench);
  });
});

describe('the budget', () => {
  it('is never overdrawn, were every recipient refused', async () => {
    const { bench, session } = await setUp();
    expect(session.maxFlight).toBe(9);
    await ask(session, users(4, 'nobody'));
    expect(session).toMatchObject({ errors: 4, maxFlight: 5, usable: true });
    await ask(session, users(5), false);
    expect(session).toMatchObject({ errors: 4, maxFlight: 5 });
    await ask(session, users(5, 'nobody'), false);
    expect(session).toMatchObject({ errors: 9, maxFlight: 0, usable: false });
    bench.pool.release(session);
    expect(bench.pool.size).toBe(0);
    await closeClean(bench);
  });

  it('never lets a flight overdraw the errors that are left, whatever is known of the host', async () => {
    const { bench, session } = await setUp();
    for (let i = 0; i < 11; i += 1) {
      expect(session.maxFlight).toBe(9);
      await ask(session, users(9), false);
    }
    await ask(session, ['nobody@x.test'], false);
    expect(session.maxFlight).toBe(8);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('grows with what is known of a host that the user has ruled to stand more errors, and shrinks where it hangs up over them', async () => {
    let strict = false;
    const answer = (command: string) => (strict && command.includes('<nobody1@') ? '421 4.7.0 too many errors\r\n' : undefined);
    const { bench, lab, session } = await setUp({ answer }, {}, {}, { errorBudget: 10 });
    for (let i = 0; i < 10; i += 1) {
      expect(session.maxFlight).toBe(10);
      await ask(session, users(10), false);
    }
    await ask(session, ['nobody@x.test'], false);
    // 1 of 101 refused; 9 errors are left.
    expect(session.maxFlight).toBe(50);
    const other = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(other.maxFlight).toBe(50);
    expect(codesOf(await ask(other, users(50)))).toEqual(users(50).map(() => 250));
    strict = true;
    expect((await ask(other, users(2, 'nobody'), false)).failure).toMatchObject({ code: 'SessionClosed', reply: { code: 421 } });
    expect(session.maxFlight).toBe(9);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('counts 4yz too, and what was refused while greeting', async () => {
    const { bench, session } = await setUp({
      answer: (command) => (command.startsWith('EHLO') ? '502 no\r\n' : command.startsWith('RCPT') ? '451 4.7.1 greylisted\r\n' : undefined),
    });
    expect(session.errors).toBe(1);
    await ask(session, users(3));
    expect(session.errors).toBe(4);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('opens a new transaction by itself where one is full', async () => {
    const { bench, lab, session } = await setUp({}, { maxRecipientsPerTransaction: 4 });
    await ask(session, users(9));
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands().map((line) => line.split(' ')[0])).toEqual(
      ['EHLO', 'MAIL', 'RCPT', 'RCPT', 'RCPT', 'RCPT', 'RSET', 'MAIL', 'RCPT', 'RCPT', 'RCPT', 'RCPT', 'RSET', 'MAIL', 'RCPT', 'QUIT'],
    );
  });

  it('is spent after its transactions: RSET is never sent more often than Exim bears', async () => {
    const { bench, lab, session } = await setUp();
    let flights = 0;
    while (session.usable) {
      await ask(session, [`u${String(flights)}@d${String(flights)}.test`], true);
      flights += 1;
    }
    expect(flights).toBe(10);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands().filter((line) => line === 'RSET')).toHaveLength(9);
  });

  it('is spent after its recipients', async () => {
    const { bench, session } = await setUp({}, { maxRecipientsPerSession: 12 });
    await ask(session, users(9));
    expect(session.maxFlight).toBe(3);
    await ask(session, users(3), false);
    expect(session.usable).toBe(false);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('is spent with age', async () => {
    const { bench, session } = await setUp({}, { maxSessionMs: 60_000 });
    await ask(session, ['a@x.test']);
    bench.clock.advance(59_999);
    expect(session.usable).toBe(true);
    bench.clock.advance(1);
    expect(session).toMatchObject({ usable: false, maxFlight: 0 });
    // Too old between the look and the flight: asked all the same, never thrown.
    expect(codesOf(await ask(session, ['b@x.test'], false))).toEqual([250]);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('gives the null reverse-path one recipient a transaction, several transactions a flight', async () => {
    const { bench, lab, session } = await setUp({}, {}, { identity: { heloName: 'me.test', mailFrom: '' } });
    expect(session.maxFlight).toBe(9);
    const result = await session.flight({ from: '', recipients: ['a@x.test', 'nobody@x.test', 'c@x.test'], newTransaction: true });
    expect(codesOf(result)).toEqual([250, 550, 250]);
    expect(session.maxFlight).toBe(7);
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.commands()).toEqual([
      'EHLO me.test', 'MAIL FROM:<>', 'RCPT TO:<a@x.test>', 'RSET', 'MAIL FROM:<>', 'RCPT TO:<nobody@x.test>', 'RSET', 'MAIL FROM:<>', 'RCPT TO:<c@x.test>', 'QUIT',
    ]);
  });

  it('may be narrowed for a target, and never widened', async () => {
    const limits = { maxRecipientsPerSession: 5, maxFlight: 100, errorBudget: 100 };
    const { bench, session } = await setUp({}, {}, { sessionLimits: () => limits });
    expect(session.maxFlight).toBe(5);
    bench.pool.release(session);
    await closeClean(bench);
  });
});
