// Faults of the greeting: rows 3 to 9. It is waited for in silence, read whatever its packets, and a refusal there is
// about us. A peer that drips is ended by a deadline that no octet moves.
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { LabServer, LabSession } from '../smtp-server.ts';
import type { Fault } from './fault.ts';
import { drawPeople, isPerson } from './people.ts';
import { scaled, smtpFault } from './smtp-scenario.ts';

const GREETING_MS = 40_000;
const COMMAND_MS = 30_000;
const SHORT = { greetingTimeoutMs: GREETING_MS, commandTimeoutMs: COMMAND_MS };

const REFUSALS: readonly [[string, Reason], ...[string, Reason][]] = [
  ['421 4.7.0 Too many concurrent SMTP connections from your address\r\n', 'rate_limited'],
  ['421-4.7.0 mx.test\r\n421 4.7.0 Rate limit exceeded, try again later\r\n', 'rate_limited'],
  ['521 mx.test does not accept mail from you\r\n', 'policy_rejected'],
  ['554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org\r\n', 'ip_blocked'],
];

export const GREETING_FAULTS: readonly Fault[] = [
  smtpFault(3, 'no greeting', (draw) => ({
    hosts: [{ greeting: null }],
    expected: drawPeople(draw).everybody('timeout'),
    smtp: SHORT,
    deadlines: { dialMs: GREETING_MS },
    inspect: ({ servers }) => neverFirst(servers),
  })),
  smtpFault(4, 'greeting after 25 s', (draw) => {
    const early: string[] = [];
    return {
      hosts: [{ greeting: null, connected: (session) => { later(session, '220 at last\r\n', 25_000, early); } }],
      expected: drawPeople(draw).everybody('accepted'),
      inspect: () => early,
    };
  }),
  smtpFault(5, 'one octet a packet', (draw) => ({
    hosts: [{ cut: (bytes) => Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)) }],
    expected: drawPeople(draw).everybody('accepted'),
  })),
  smtpFault(6, 'teaser before the greeting', (draw) => {
    const early: string[] = [];
    const pauseMs = draw.between(500, 20_000);
    return {
      hosts: [{ greeting: '220-wait for it\r\n', connected: (session) => { later(session, '220 now\r\n', pauseMs, early); } }],
      expected: drawPeople(draw).everybody('accepted'),
      inspect: () => early,
    };
  }),
  ...REFUSALS.map(([greeting, reason]) =>
    smtpFault(7, `greeting ${greeting.slice(0, 4)} ${reason}`, (draw) => ({
      hosts: [{ greeting, connected: draw.next() < 0.5 ? (session) => { session.end(); } : () => undefined }],
      expected: drawPeople(draw).everybody(reason),
      inspect: ({ servers }) => neverFirst(servers),
    })),
  ),
  smtpFault(8, 'greeting that is not SMTP', (draw) => ({
    hosts: [{ greeting: draw.pick<string | Buffer>(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-OpenSSH_9.2p1\r\n', Buffer.from('15030100020233', 'hex')]) }],
    expected: drawPeople(draw).everybody('protocol_error'),
    inspect: ({ servers }) => neverFirst(servers),
  })),
  smtpFault(9, 'dripping greeting', (draw) => ({
    hosts: [{ greeting: null, connected: (session) => { drip(session, '220-'); } }],
    expected: drawPeople(draw).everybody('timeout'),
    smtp: SHORT,
    deadlines: { dialMs: GREETING_MS },
  })),
  smtpFault(9, 'dripping EHLO', (draw) => ({
    hosts: [{ answer: (command, session) => (command.startsWith('EHLO') ? drip(session, '250-') : undefined) }],
    expected: drawPeople(draw).everybody('timeout'),
    smtp: SHORT,
    deadlines: { dialMs: COMMAND_MS },
  })),
  smtpFault(9, 'dripping answer', (draw) => ({
    hosts: [{ answer: (command, session) => (isPerson(command) ? drip(session, '250-') : undefined) }],
    expected: drawPeople(draw, 3).everybody('timeout'),
    smtp: SHORT,
    deadlines: { flightMs: COMMAND_MS },
  })),
];

/** One octet a second for ever. */
function drip(session: LabSession, start: string): null {
  session.write(start);
  const dripping = setInterval(() => { session.write('x'); }, scaled(1_000));
  void session.closed.then(() => { clearInterval(dripping); });
  return null;
}

/** The greeting's end after a while; whatever was said to us before it is too early. */
function later(session: LabSession, words: string, afterMs: number, early: string[]): void {
  setTimeout(() => {
    early.push(...session.commands.map((command) => `spoke before the greeting: ${command}`));
    session.write(words);
  }, scaled(afterMs));
}

function neverFirst(servers: readonly LabServer[]): string[] {
  return servers.flatMap((server) => server.commands().map((command) => `said without a greeting: ${command}`));
}
