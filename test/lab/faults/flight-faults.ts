// Faults between commands and their replies: rows 17 to 24. What was answered in step stands, nobody is judged by what was
// not, and whoever was not asked properly is asked again.
import type { LabSession } from '../smtp-server.ts';
import type { Fault } from './fault.ts';
import { drawPeople, isPerson, isRecipient } from './people.ts';
import { healthy, smtpFault } from './smtp-scenario.ts';

const COMMAND_MS = 30_000;
const SHORT = { commandTimeoutMs: COMMAND_MS };
/** What comes before the silence takes its time too, each reply up to a deadline of its own. */
const NOT_ANSWERED = { smtp: SHORT, deadlines: { flightMs: 2 * COMMAND_MS } };

export const FLIGHT_FAULTS: readonly Fault[] = [
  smtpFault(17, 'fewer replies than commands', (draw) => {
    const people = drawPeople(draw);
    const mute = new WeakSet<LabSession>();
    return {
      hosts: [
        {
          answer: (command, session) => {
            if (people.isHit(command)) mute.add(session);
            return mute.has(session) ? null : undefined;
          },
        },
      ],
      expected: people.hitAndOthers(['timeout'], ['accepted']),
      ...NOT_ANSWERED,
    };
  }),
  smtpFault(18, 'more replies than commands while pipelined', (draw) => {
    const people = drawPeople(draw);
    return {
      hosts: [{ ehlo: ['PIPELINING'], answer: (command, session) => (people.isHit(command) && !isOneByOne(session) ? '250 ok\r\n250 and one more\r\n' : undefined) }],
      expected: people.everybody('accepted'),
    };
  }),
  smtpFault(18, 'more replies than commands always', (draw) => {
    const people = drawPeople(draw);
    return {
      // In one packet: a second one that comes later looks like the answer to the next command, to anybody.
      hosts: [{ ehlo: [], cut: (bytes) => [bytes], answer: (command) => (isPerson(command) ? '250 ok\r\n550 5.1.1 no such user\r\n' : undefined) }],
      expected: people.everybody('protocol_error'),
    };
  }),
  smtpFault(18, 'the refusal of the random recipient said twice, in packets of their own, while pipelined', (draw) => {
    const people = drawPeople(draw);
    return {
      hosts: [{ ehlo: ['PIPELINING'], cut: linesApart, answer: (command, session) => (isRecipient(command) && !isPerson(command) && !isOneByOne(session) ? '550 5.1.1 unknown user\r\n550 5.1.1 unknown user\r\n' : undefined) }],
      // The second one is waited for: a wait that is cut short would not show what the product does.
      faster: 1,
      expected: people.everybody('accepted'),
    };
  }),
  smtpFault(19, 'replies swapped while pipelined', (draw) => {
    const people = drawPeople(draw);
    // The random recipient's refusal and an acceptance change places.
    const first = new WeakSet<LabSession>();
    let pipelined = 0;
    return {
      hosts: [
        {
          ehlo: ['PIPELINING'],
          answer: (command, session) => {
            if (!isRecipient(command) || isOneByOne(session)) return undefined;
            pipelined += 1;
            if (first.has(session)) return swappedTail(command);
            first.add(session);
            return '250 2.1.5 ok\r\n';
          },
        },
      ],
      expected: people.everybody('accepted'),
      inspect: () => (pipelined === 0 ? ['nothing was pipelined: the row tested nothing'] : []),
    };
  }),
  smtpFault(20, '421 in mid-flight', (draw) => {
    const people = drawPeople(draw);
    let left = draw.between(1, 2);
    const gone = new WeakSet<LabSession>();
    return {
      hosts: [
        {
          answer: (command, session) => {
            if (gone.has(session)) return null;
            if (!people.isHit(command) || left === 0) return undefined;
            left -= 1;
            gone.add(session);
            session.write('421 4.7.0 Too many messages, try again later\r\n');
            session.end();
            return null;
          },
        },
      ],
      // Who was cut off twice is asked again by the schedule, not before.
      expected: people.hitAndOthers(left > 1 ? ['rate_limited'] : ['accepted'], ['accepted']),
    };
  }),
  smtpFault(21, 'reset after RCPT', (draw) => {
    const people = drawPeople(draw);
    return {
      hosts: [{ answer: (command, session) => (people.isHit(command) ? (session.reset(), null) : undefined) }],
      // A reset takes what the kernel still holds with it: those who were pipelined before may share the fate.
      expected: people.hitAndOthers(['dropped'], ['accepted', 'accepted_unproven', 'dropped']),
    };
  }),
  smtpFault(22, 'reset at QUIT', (draw) => ({
    hosts: [{ answer: (command, session) => (command === 'QUIT' ? (session.reset(), null) : undefined) }],
    expected: drawPeople(draw, 30).everybody('accepted'),
  })),
  smtpFault(22, 'silence at QUIT', (draw) => ({
    hosts: [{ answer: (command) => (command === 'QUIT' ? null : undefined) }],
    expected: drawPeople(draw, 30).everybody('accepted'),
  })),
  smtpFault(23, 'frozen peer', (draw) => {
    const people = drawPeople(draw, 4);
    let frozen = false;
    return {
      hosts: [
        {
          greeting: null,
          connected: (session) => { if (!frozen) session.write('220 lab.test ESMTP\r\n'); },
          answer: (command) => ((frozen ||= people.isHit(command)) ? null : undefined),
        },
      ],
      expected: people.hitAndOthers(['timeout'], ['accepted', 'timeout']),
      smtp: { greetingTimeoutMs: COMMAND_MS, ...SHORT },
      deadlines: { dialMs: COMMAND_MS, flightMs: 2 * COMMAND_MS },
    };
  }),
  ...(['452 4.5.3 Too many recipients\r\n', '552 Too many recipients\r\n'] as const).map((words) =>
    smtpFault(24, `${words.slice(0, 3)} too many recipients`, (draw) => {
      const most = draw.between(1, 5);
      const inTransaction = new WeakMap<LabSession, number>();
      return {
        hosts: [
          {
            answer: (command, session) => {
              if (/^(?:MAIL|RSET)/.test(command)) inTransaction.set(session, 0);
              if (!isRecipient(command)) return undefined;
              const before = inTransaction.get(session) ?? 0;
              if (before >= most) return words;
              inTransaction.set(session, before + 1);
              return undefined;
            },
          },
        ],
        expected: drawPeople(draw).everybody('accepted'),
      };
    }),
  ),
];

/** What a server that has changed two replies' places goes on with: the refusal that is left over, once, then in order. */
function swappedTail(command: string): string | undefined {
  return command.includes('<user0@') ? '550 5.1.1 no such user\r\n' : healthy(command);
}

/** Whether the session's client waits for each reply just now. */
function isOneByOne(session: LabSession): boolean {
  return !session.pipelined;
}

/** Each line a packet. */
function linesApart(bytes: Buffer): Buffer[] {
  return bytes.toString('latin1').split(/(?<=\n)/).map((line) => Buffer.from(line, 'latin1'));
}
