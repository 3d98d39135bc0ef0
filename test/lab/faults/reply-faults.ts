// Faults in the form of replies: rows 10 to 16. What is no SMTP reply, or over the bounds, ends the session and says
// nothing of anybody; what is merely unusual is read as it is meant.
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Draw } from './draw.ts';
import type { Fault } from './fault.ts';
import { drawPeople } from './people.ts';
import { isRandom, smtpFault, type SmtpRow } from './smtp-scenario.ts';

/** The nonsense in answer to EHLO (then nobody is asked) or to one recipient (then the others are). */
function malformed(bytesOf: (draw: Draw) => string): SmtpRow {
  return (draw) => {
    const people = drawPeople(draw);
    const bytes = bytesOf(draw);
    const atEhlo = draw.next() < 0.4;
    return {
      hosts: [{ answer: (command) => ((atEhlo ? /^(?:EHLO|HELO)/.test(command) : people.isHit(command)) ? bytes : undefined) }],
      expected: atEhlo ? people.everybody('protocol_error') : people.hitAndOthers(['protocol_error'], ['accepted']),
    };
  };
}

/** One reply to one recipient, and what it means. */
function odd(row: number, name: string, reply: string, reason: Reason): Fault {
  return smtpFault(row, name, (draw) => {
    const people = drawPeople(draw);
    return {
      hosts: [{ answer: (command) => (people.isHit(command) ? reply : undefined) }],
      expected: people.hitAndOthers([reason], ['accepted']),
      inspect: ({ run }) => unescaped(run.store.verdictOf(`${people.hit}@faulty.example`)?.reply ?? ''),
    };
  });
}

function unescaped(reply: string): string[] {
  return /[\u0000-\u001f\u007f-\u009f]/.test(reply) ? [`a control character in evidence: ${JSON.stringify(reply)}`] : [];
}

export const REPLY_FAULTS: readonly Fault[] = [
  smtpFault(10, 'endless lines', malformed((draw) => '250-x\r\n'.repeat(draw.between(129, 3_000)))),
  smtpFault(11, 'a 64 KiB line', malformed((draw) => `250 ${'x'.repeat(65_536)}${draw.pick(['\r\n', ''])}`)),
  smtpFault(12, 'bare LF, and codes without text', (draw) => ({
    hosts: [
      {
        greeting: '220\n',
        answer: (command) => {
          if (command.startsWith('EHLO')) return '250-x\n250-PIPELINING\n250\n';
          return isRandom(command) ? '550\n' : command.startsWith('RCPT') || command.startsWith('MAIL') ? '250\n' : undefined;
        },
        ehlo: ['PIPELINING'],
      },
    ],
    expected: drawPeople(draw).everybody('accepted'),
  })),
  smtpFault(13, 'codes that differ within a reply', malformed((draw) => draw.pick(['250-a\r\n550 5.1.1 no such user\r\n', '550-5.1.1 no such user\r\n250 ok\r\n', '250-a\r\n421 b\r\n']))),
  smtpFault(14, 'codes that are none', malformed((draw) => draw.pick(['099 odd\r\n', '600 odd\r\n', 'no such user\r\n', '55 no\r\n', '5501 no such user\r\n']))),
  odd(14, 'an unfamiliar 2yz', '299 odd\r\n', 'accepted'),
  odd(14, 'an unfamiliar 4yz', '459 odd\r\n', 'server_error'),
  odd(15, 'an enhanced code against an acceptance', '250 5.1.1 ok\r\n', 'accepted'),
  odd(15, 'an enhanced code against a deferral', '450 5.1.1 later\r\n', 'server_error'),
  odd(16, 'control characters in a text', '250 2.1.5 \u0000\u001b[31mred\u0007 \u00e9\r\n', 'accepted'),
];
