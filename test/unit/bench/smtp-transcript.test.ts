// What the politeness benchmark reads from a session's bytes: errors, refused recipients, random ones, and which late
// replies are held against us.
import { describe, expect, it } from 'vitest';
import { SmtpTranscript } from '../../bench/politeness/smtp-transcript.ts';
import { busiestSecond } from '../../bench/politeness/watched-proxy.ts';
import { readMailLog } from '../../bench/politeness/mail-log.ts';

/** A session in which the clock is moved by hand. */
function session() {
  let nowMs = 0;
  const transcript = new SmtpTranscript({ now: () => nowMs, oneWayMs: 25 });
  return {
    transcript,
    wait: (ms: number) => {
      nowMs += ms;
    },
    client: (...lines: readonly string[]) => {
      transcript.client(Buffer.from(lines.map((line) => `${line}\r\n`).join('')));
    },
    server: (...lines: readonly string[]) => {
      transcript.server(Buffer.from(lines.map((line) => `${line}\r\n`).join('')));
    },
  };
}

const RCPTS = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `RCPT TO:<a${String(i)}@x.test>`);
const REFUSALS = (count: number): readonly string[] => Array.from({ length: count }, () => '550 5.1.1 no');

function greeted() {
  const lab = session();
  lab.server('220 mx');
  lab.client('EHLO me.test');
  lab.wait(25);
  lab.server('250-mx', '250-SIZE 100', '250 PIPELINING');
  return lab;
}

describe('SmtpTranscript', () => {
  it('counts what is refused by what it answers, however the bytes are cut', () => {
    const { transcript, ...lab } = greeted();
    const sent = Buffer.from('MAIL FROM:<v@me.test>\r\nRCPT TO:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nRSET\r\nQUIT\r\n');
    const answer = Buffer.from('250 2.1.0 Ok\r\n550-5.1.1 no\r\n550 5.1.1 user\r\n250 ok\r\n502 no\r\n221 bye\r\n');
    for (let at = 0; at < sent.length; at += 7) transcript.client(sent.subarray(at, at + 7));
    lab.wait(25);
    for (let at = 0; at < answer.length; at += 5) transcript.server(answer.subarray(at, at + 5));
    expect(transcript).toMatchObject({ commands: 6, errors: 2, refusedRecipients: 1, recipients: ['a@x.test', 'b@x.test'], closedWith421: 0, slowed: 0, forbidden: 0 });
  });

  it('holds a second before the first acceptance of a transaction against the flow, and only that', () => {
    const { transcript, ...lab } = greeted();
    lab.client('MAIL FROM:<v@me.test>', ...RCPTS(2));
    lab.wait(1_030);
    lab.server('250 ok', '250 ok', '250 ok');
    expect(transcript).toMatchObject({ flowDelayed: 1, slowed: 0 });
    lab.client(...RCPTS(1));
    lab.wait(1_030);
    lab.server('250 ok');
    expect(transcript).toMatchObject({ flowDelayed: 1, slowed: 1 });
  });

  it('counts a second after ten errors as slowed, whoever is accepted', () => {
    const { transcript, ...lab } = greeted();
    lab.client('MAIL FROM:<v@me.test>', ...RCPTS(10));
    lab.wait(25);
    lab.server('250 ok', ...REFUSALS(10));
    expect(transcript).toMatchObject({ errors: 10, slowed: 0 });
    lab.client(...RCPTS(1));
    lab.wait(1_030);
    lab.server('250 ok');
    expect(transcript).toMatchObject({ slowed: 1, flowDelayed: 0 });
  });

  it('counts two seconds where the flow explains one as slowed', () => {
    const { transcript, ...lab } = greeted();
    lab.client('MAIL FROM:<v@me.test>', ...RCPTS(1));
    lab.wait(2_030);
    lab.server('250 ok', '250 ok');
    expect(transcript).toMatchObject({ slowed: 1, flowDelayed: 0 });
  });

  it('tells of 421 and of commands that a probe must never send', () => {
    const { transcript, ...lab } = greeted();
    lab.client('DATA', 'vrfy joe');
    lab.server('421 4.7.0 too many errors');
    expect(transcript).toMatchObject({ forbidden: 2, closedWith421: 1 });
  });
});

describe('busiestSecond', () => {
  it.each([
    [[], 0],
    [[5], 1],
    [[0, 999, 1_000], 2],
    [[0, 400, 800, 1_200, 1_250], 4],
  ])('of %j is %i', (times, most) => {
    expect(busiestSecond(times)).toBe(most);
  });
});

describe('readMailLog', () => {
  it('reads sessions at a time, errors and complaints', () => {
    const log = [
      'Nov 21 10:00:00 h postfix/smtpd[1]: connect from unknown[127.0.0.1]',
      'Nov 21 10:00:00 h postfix/smtpd[2]: connect from unknown[127.0.0.1]',
      'Nov 21 10:00:01 h postfix/smtpd[1]: disconnect from unknown[127.0.0.1] ehlo=1 mail=1 rcpt=3/7 quit=1 commands=6/10',
      'Nov 21 10:00:01 h postfix/smtpd[3]: connect from unknown[127.0.0.1]',
      'Nov 21 10:00:02 h postfix/smtpd[3]: too many errors after RCPT from unknown[127.0.0.1]',
      'Nov 21 10:00:02 h postfix/smtpd[3]: disconnect from unknown[127.0.0.1] ehlo=1 commands=1',
    ].join('\n');
    expect(readMailLog(log)).toEqual({ sessions: 3, peakSessions: 2, mostErrorsInASession: 4, complaints: 1 });
  });
});
