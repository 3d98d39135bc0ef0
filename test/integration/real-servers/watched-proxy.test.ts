// What the politeness benchmark measures with, held against a real Postfix and a client that is not polite: its replies
// are seen to be slowed from the tenth error on, and its last one to be a 421.
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startWatchedProxy } from '../../bench/politeness/watched-proxy.ts';
import { readMailLog } from '../../bench/politeness/mail-log.ts';
import { startPostfix } from '../../lab/postfix.ts';

/** `smtpd_hard_error_limit`: Postfix hangs up at the twentieth error. */
const HARD_ERRORS = 20;

let stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.reverse()) await stop();
  stopping = [];
});

/** Says each line when the one before was answered; stops when the server hangs up. */
async function talk(ip: string, port: number, lines: readonly string[]): Promise<void> {
  const socket = connect({ host: ip, port });
  const waiting = [...lines];
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    rest += text;
    if (!/(?:^|\n)\d{3} [^\n]*\n$/.test(rest)) return;
    rest = '';
    const line = waiting.shift();
    if (line !== undefined) socket.write(`${line}\r\n`);
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
}

describe('the watched proxy before a real Postfix', { timeout: 60_000 }, () => {
  it('sees a client that is not polite as Postfix treats it', async () => {
    const postfix = await startPostfix({ domains: ['one.test'], users: ['a@one.test'] });
    stopping.push(() => postfix.stop());
    const proxy = await startWatchedProxy({ ip: postfix.host, port: postfix.port }, 10);
    stopping.push(() => proxy.stop());
    const unknown = Array.from({ length: HARD_ERRORS }, (_, i) => `RCPT TO:<missing${String(i)}@one.test>`);
    await talk(proxy.ip, proxy.port, ['EHLO me.test', 'MAIL FROM:<v@me.test>', 'RCPT TO:<a@one.test>', ...unknown, 'RCPT TO:<a@one.test>']);
    await postfix.disconnected(1);
    const sight = proxy.sight(new Set(['a@one.test']));
    expect(sight).toMatchObject({ sessions: 1, peakConnections: 1, closedWith421: 1, randomRecipients: HARD_ERRORS, mostRandomRecipientsADomain: HARD_ERRORS, forbiddenCommands: 0 });
    expect(sight.mostRefusedInASession).toBeGreaterThanOrEqual(HARD_ERRORS - 1);
    // From the eleventh to the last.
    expect(sight.repliesSlowed).toBeGreaterThanOrEqual(HARD_ERRORS - 12);
    expect(readMailLog(postfix.log())).toMatchObject({ sessions: 1, complaints: 1 });
  });
});
