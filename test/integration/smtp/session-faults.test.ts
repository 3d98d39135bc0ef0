// Faults in a session that is open (faults rows 5, 9-24, 33): what was answered in step stands, the rest is null, the
// failure says why, the session is over, and how replies are cut into packets changes nothing.
import { afterEach, describe, expect, it } from 'vitest';
import { startSmtpServer, type LabServer, type ScriptedReply, type SmtpScript } from '../../lab/smtp-server.ts';
import { ask, closeClean, codesOf, COMMAND_MS, cutBy, openPool, sessionOf, targetOf } from './harness.ts';

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

const THREE = ['a@x.test', 'b@x.test', 'c@x.test'];
const CUTS = [
  ['whole', undefined],
  ['a byte a packet', cutBy(1, 1)],
  ['seed 2', cutBy(2, 5)],
  ['seed 3', cutBy(3, 30)],
] as const;

/** Answers RCPT by recipient; everything else as by default. */
const rcpt = (answers: Readonly<Record<string, ScriptedReply>>) => (command: string): ScriptedReply => {
  const recipient = /^RCPT TO:<(.*)>$/.exec(command)?.[1];
  return recipient === undefined ? undefined : answers[recipient];
};

/** One flight to THREE on a fresh session. */
async function fly(script: SmtpScript, recipients: readonly string[] = THREE) {
  const bench = openPool();
  const lab = await server(script);
  const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
  const result = await ask(session, recipients);
  const { usable } = session;
  bench.pool.release(session);
  await closeClean(bench);
  return { result, lab, usable, stats: bench.pool.stats() };
}

describe.each(CUTS)('replies sent %s', (_name, cut) => {
  const cutting = cut === undefined ? {} : { cut };

  it('row 5: each recipient gets its own reply, of one line or of many', async () => {
    const answers = { 'a@x.test': '550-5.1.1 no such\r\n550-5.1.1 user\r\n550 5.1.1 here\r\n', 'b@x.test': '250\r\n' };
    const { result, lab, usable } = await fly({ ...cutting, answer: rcpt(answers) });
    expect(codesOf(result)).toEqual([550, 250, 250]);
    expect(result.replies[0]).toEqual({ code: 550, enhanced: '5.1.1', text: 'no such user here' });
    expect(result.failure).toBeNull();
    expect(usable).toBe(true);
    expect(lab.violations).toEqual([]);
  });

  it('row 20: 421 in mid-flight', async () => {
    const { result, usable, stats } = await fly({ ...cutting, answer: rcpt({ 'a@x.test': '550 5.1.1 no\r\n', 'b@x.test': '421 4.7.0 later\r\n' }) });
    expect(codesOf(result)).toEqual([550, null, null]);
    expect(result.failure).toMatchObject({ code: 'SessionClosed', stage: 'RCPT', reply: { code: 421, text: 'later' } });
    expect(usable).toBe(false);
    expect(stats.closedWith421).toBe(1);
  });

  it.each([
    ['5yz', '550 5.7.1 sender refused\r\n'],
    ['4yz', '451 4.7.1 slow down\r\n'],
  ])('row 32: MAIL refused with %s says nothing of the recipients, whatever follows', async (_class, reply) => {
    const { result, usable } = await fly({
      ...cutting,
      answer: (command) => (command.startsWith('MAIL') ? reply : command.startsWith('RCPT') ? '503 5.5.1 need MAIL\r\n' : undefined),
    });
    expect(codesOf(result)).toEqual([null, null, null]);
    expect(result.failure).toMatchObject({ code: 'SessionClosed', stage: 'MAIL' });
    expect(result.mail?.code).toBe(Number(reply.slice(0, 3)));
    expect(usable).toBe(false);
  });

  it('row 24: too many recipients is a reply like any other', async () => {
    const full = '452 4.5.3 Error: too many recipients\r\n';
    const { result, usable } = await fly({ ...cutting, answer: rcpt({ 'b@x.test': full, 'c@x.test': full }) });
    expect(codesOf(result)).toEqual([250, 452, 452]);
    expect(result.failure).toBeNull();
    expect(usable).toBe(true);
  });

  it.each([
    ['row 11: a line over 4 KiB', `250 ${'x'.repeat(5_000)}\r\n`],
    ['row 13: codes that differ', '550-no\r\n250 yes\r\n'],
    ['row 14: words only', 'what?\r\n'],
    ['row 14: 600', '600 what?\r\n'],
    ['354', '354 go ahead\r\n'],
  ])('%s', async (_row, reply) => {
    const { result, usable } = await fly({ ...cutting, answer: rcpt({ 'a@x.test': '550 5.1.1 no\r\n', 'b@x.test': reply }) });
    expect(codesOf(result)).toEqual([550, null, null]);
    expect(result.failure).toMatchObject({ code: 'ProtocolError', stage: 'RCPT' });
    expect(usable).toBe(false);
  });

  it('row 10: an endless reply', async () => {
    const { result } = await fly({ ...cutting, answer: rcpt({ 'a@x.test': '250-x\r\n'.repeat(200) }) });
    expect(codesOf(result)).toEqual([null, null, null]);
    expect(result.failure).toMatchObject({ code: 'ProtocolError' });
  });

  it('rows 14, 15: an unfamiliar code counts, an enhanced code of another class does not', async () => {
    const { result } = await fly({ ...cutting, answer: rcpt({ 'a@x.test': '599 odd\r\n', 'b@x.test': '550 2.1.5 odd\r\n' }) });
    expect(codesOf(result)).toEqual([599, 550, 250]);
    expect(result.replies[1]?.enhanced).toBeNull();
  });

  it('row 16: NUL, ESC and 8-bit text are escaped, and the session goes on', async () => {
    const bytes = Buffer.concat([Buffer.from('550 5.1.1 \0\x1b[2J \u00fc '), Buffer.from([0xe9, 0x0d, 0x0a])]);
    const { result, usable } = await fly({ ...cutting, answer: rcpt({ 'a@x.test': bytes }) });
    expect(result.replies[0]?.text).toBe('\\x00\\x1B[2J \u00fc \\xE9');
    expect(codesOf(result)).toEqual([550, 250, 250]);
    expect(usable).toBe(true);
  });
});

describe('out of step', () => {
  it('row 17: fewer replies than commands', async () => {
    const bench = openPool();
    const lab = await server({ answer: rcpt({ 'a@x.test': '550 5.1.1 no\r\n', 'c@x.test': null }) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    const pending = ask(session, THREE);
    await bench.clock.armed(COMMAND_MS);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        // The two replies that come have been counted: one error, and only the third is waited for.
        if (session.errors === 1) setImmediate(resolve);
        else setImmediate(look);
      };
      look();
    });
    bench.clock.advance(COMMAND_MS);
    const result = await pending;
    expect(codesOf(result).slice(0, 1)).toEqual([550]);
    expect(codesOf(result)[2]).toBeNull();
    expect(result.failure).toMatchObject({ code: 'Timeout', stage: 'RCPT', reply: null });
    await closeClean(bench);
  });

  it('row 18: more replies than commands void the flight, and the host is asked one by one from then on', async () => {
    const bench = openPool();
    let faulty = true;
    const lab = await server({
      answer: (command) => (faulty && command.includes('<c@x.test>') ? '250 ok\r\n250 and one more\r\n' : undefined),
    });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session.pipelining).toBe(true);
    const result = await ask(session, THREE);
    expect(codesOf(result)).toEqual([null, null, null]);
    expect(result.failure).toMatchObject({ code: 'ProtocolError' });
    faulty = false;
    const again = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(again).not.toBe(session);
    expect(again.pipelining).toBe(false);
    expect(codesOf(await ask(again, THREE))).toEqual([250, 250, 250]);
    bench.pool.release(again);
    await closeClean(bench);
  });

  it.each([
    ['voids the flight', '0 one more\r\n', [null, null, null], 'ProtocolError'],
    ['is the end of the session where it is 421', '21 4.7.0 bye\r\n', [250, 250, 250], 'SessionClosed'],
  ])('row 18: a reply too many whose end comes later %s', async (_name, rest, codes, code) => {
    const bench = openPool();
    const begun = code === 'SessionClosed' ? '4' : '25';
    const lab = await server({ answer: (command) => (command.includes('<c@x.test>') ? `250 ok\r\n${begun}` : undefined) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    let settled = false;
    const flight = ask(session, THREE).finally(() => (settled = true));
    await (await lab.session(0)).commandsSeen(5);
    // The last answer and the beginning of one more are on their way in one packet: give them time to be read.
    for (let i = 0; i < 20; i += 1) await new Promise(setImmediate);
    expect(settled).toBe(false);
    lab.sessions[0]?.write(rest);
    const result = await flight;
    expect(codesOf(result)).toEqual(codes);
    expect(result.failure?.code).toBe(code);
    await closeClean(bench);
  });

  it('row 19: a host that is distrusted is asked one by one', async () => {
    const bench = openPool();
    const lab = await server({});
    bench.pool.distrustPipelining(targetOf(lab));
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(session.pipelining).toBe(false);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('a reply to nothing ends an idle session, and with it its place in the pool', async () => {
    const bench = openPool();
    const lab = await server({});
    for (const [words, code] of [['250 by the way\r\n', 'ProtocolError'], ['421 4.4.2 idle\r\n', 'SessionClosed']] as const) {
      const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
      await ask(session, ['a@x.test']);
      bench.pool.release(session);
      const peer = lab.sessions.at(-1);
      peer?.write(words);
      await peer?.closed;
      expect(session.usable).toBe(false);
      expect(bench.pool.size).toBe(0);
      expect(bench.pool.stats().failures[code]).toBe(1);
    }
    await closeClean(bench);
  });
});

describe('the connection', () => {
  it('row 21: a reset after an answer keeps the answer', async () => {
    const { result } = await fly({
      ehlo: [],
      answer: (command, session) => {
        if (!command.includes('<b@x.test>')) return command.includes('<a@') ? '550 5.1.1 no\r\n' : undefined;
        session.reset();
        return null;
      },
    });
    expect(codesOf(result)).toEqual([550, null, null]);
    expect(result.failure).toMatchObject({ code: 'Dropped', stage: 'RCPT', reply: null });
  });

  it('row 21: a close in mid-flight', async () => {
    const { result } = await fly({
      answer: (command, session) => {
        if (!command.includes('<b@x.test>')) return undefined;
        session.end();
        return null;
      },
    });
    expect(codesOf(result)).toEqual([250, null, null]);
    expect(result.failure).toMatchObject({ code: 'Dropped', stage: 'RCPT' });
  });

  it.each(['silence', 'reset'])('row 22: %s at QUIT', async (how) => {
    const { result, lab } = await fly({
      answer: (command, session) => {
        if (command !== 'QUIT') return undefined;
        if (how === 'reset') session.reset();
        return null;
      },
    });
    expect(codesOf(result)).toEqual([250, 250, 250]);
    expect(lab.commands().at(-1)).toBe('QUIT');
  });

  it('row 9: a byte now and then does not move the deadline of a command', async () => {
    const bench = openPool();
    const lab = await server({ answer: (command) => (command.startsWith('MAIL') ? null : undefined) });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    const pending = ask(session, ['a@x.test']);
    await bench.clock.armed(COMMAND_MS);
    const [peer] = lab.sessions;
    for (const byte of '250-drip-drip') {
      bench.clock.advance(1_500);
      peer?.write(byte);
    }
    bench.clock.advance(1_500);
    expect((await pending).failure).toMatchObject({ code: 'Timeout', stage: 'MAIL' });
    await closeClean(bench);
  });

  it('each reply has the whole deadline: a tarpit that answers in time is waited for', async () => {
    const bench = openPool();
    const lab = await server({
      ehlo: [],
      answer: (command) => {
        if (/^(?:MAIL|RCPT)/.test(command)) bench.clock.advance(COMMAND_MS - 2);
        return undefined;
      },
    });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    expect(codesOf(await ask(session, THREE))).toEqual([250, 250, 250]);
    bench.pool.release(session);
    await closeClean(bench);
  });

  it('a connection that died while idle is replaced, and the flight asked again unseen', async () => {
    const bench = openPool();
    const lab = await server({
      answer: (command, session) => {
        if (!command.startsWith('RSET')) return undefined;
        session.end();
        return null;
      },
    });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    await ask(session, ['nobody@x.test']);
    expect(session.errors).toBe(1);
    const result = await ask(session, THREE);
    expect(codesOf(result)).toEqual([250, 250, 250]);
    expect(result.failure).toBeNull();
    expect(session).toMatchObject({ usable: true, errors: 0 });
    expect(bench.pool.size).toBe(1);
    expect(bench.pool.stats()).toMatchObject({ connects: 2, greeted: 2 });
    bench.pool.release(session);
    await closeClean(bench);
    expect(lab.sessions).toHaveLength(2);
  });

  it('is not replaced twice for one flight', async () => {
    const bench = openPool();
    const lab = await server({
      answer: (command, session) => {
        if (!command.includes('<b@x.test>')) return undefined;
        session.end();
        return null;
      },
      ehlo: [],
    });
    const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
    await ask(session, ['a@x.test']);
    const result = await ask(session, ['b@x.test'], false);
    expect(result.failure?.code).toBe('Dropped');
    expect(lab.sessions).toHaveLength(2);
    expect(session.usable).toBe(false);
    await closeClean(bench);
  });
});
