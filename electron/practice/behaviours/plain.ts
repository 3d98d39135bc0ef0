// Servers of an older or other school: one without PIPELINING, one whose refusals are bare, and an Exim with its bound
// on commands that carry no mail (seen with 4.96: "Too many nonmail commands" and a drop on the twelfth RSET).
import { reply, type Behaviour } from '../behaviour.ts';
import { postfixRcpt } from './postfix.ts';

const MAX_NONMAIL_RSET = 11;

/** OpenSMTPD offers no PIPELINING; the session hangs up on whoever pipelines all the same. */
export function withoutPipelining(): Behaviour {
  return {
    greeting: (view) => reply(220, `${view.mxHost} ESMTP OpenSMTPD`),
    extensions: ['8BITMIME', 'ENHANCEDSTATUSCODES', 'SIZE 36700160', 'DSN'],
    mail: () => reply(250, '2.0.0 Ok'),
    rset: () => reply(250, '2.0.0 Reset state'),
    rcpt: (recipient) =>
      recipient.mailbox === 'active'
        ? reply(250, '2.1.5 Destination address valid: Recipient ok')
        : recipient.mailbox === 'absent'
          ? reply(550, `5.1.1 Destination mailbox address invalid: <${recipient.address}>: No such user`)
          : postfixRcpt(recipient),
  };
}

/** No enhanced codes and no words: what it means shows only beside an acceptance (faults row 28). */
export function bareRefuser(): Behaviour {
  return {
    greeting: (view) => reply(220, `${view.mxHost} ready`),
    extensions: ['PIPELINING', '8BITMIME'],
    mail: () => reply(250, 'OK'),
    rset: () => reply(250, 'OK'),
    rcpt: (recipient) => (recipient.mailbox === 'active' ? reply(250, 'OK') : reply(550, 'Requested action not taken')),
  };
}

export function exim(): Behaviour {
  return {
    greeting: (view) => reply(220, `${view.mxHost} ESMTP Exim 4.96 Wed, 01 Jan 2025 00:00:00 +0000`),
    extensions: ['SIZE 52428800', '8BITMIME', 'PIPELINING', 'CHUNKING', 'PRDR'],
    mail: () => reply(250, 'OK'),
    rset: (view) => (view.resets > MAX_NONMAIL_RSET ? { code: 554, lines: ['Too many nonmail commands'], hangUp: true } : reply(250, 'Reset OK')),
    rcpt: ({ mailbox }) => {
      switch (mailbox) {
        case 'active':
          return reply(250, 'Accepted');
        case 'absent':
          return reply(550, 'No such user here');
        case 'full':
          return reply(452, 'mailbox is full: quota exceeded');
        case 'disabled':
          return reply(550, 'Account disabled');
      }
    },
  };
}
