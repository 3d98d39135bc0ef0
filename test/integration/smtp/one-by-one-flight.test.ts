// A flight that its caller wants asked one command at a time, on a session that could be sent it at once.
import { expect, it } from 'vitest';
import { startSmtpServer } from '../../lab/smtp-server.ts';
import { ask, closeClean, codesOf, FROM, openPool, sessionOf, targetOf } from './harness.ts';

it('waits for each reply before the next command, and pipelines the flight after it', async () => {
  const together: boolean[] = [];
  const lab = await startSmtpServer({ 
    answer: (command, session) => {
      if (command.startsWith('RCPT')) together.push(session.pipelined);
      return undefined;
    },
  });
  const bench = openPool();
  const session = sessionOf(await bench.pool.acquire(targetOf(lab)));
  const recipients = ['a@x.test', 'nobody@x.test', 'c@x.test'];
  expect(codesOf(await session.flight({ from: FROM, recipients, newTransaction: true, oneByOne: true }))).toEqual([250, 550, 250]);
  expect(codesOf(await ask(session, recipients, false))).toEqual([250, 550, 250]);
  expect(together).toEqual([false, false, false, true, true, true]);
  bench.pool.release(session);
  await closeClean(bench);
  await lab.stop();
});
