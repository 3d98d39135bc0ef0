// A Postfix with its default limits (smtpd_soft_error_limit 10, smtpd_hard_error_limit 20; seen with 3.7): after the tenth
// error every reply takes a second, RSET's too, and after the twentieth comes 421 and the end. RSET clears nothing.
// The base of every ordinary host of this world.
import { reply, type Behaviour, type PracticeReply, type Recipient, type SessionView } from '../behaviour.ts';

const SOFT_ERROR_LIMIT = 10;
const HARD_ERROR_LIMIT = 20;
const SLOWED_BY_MS = 1000;

export function postfix(): Behaviour {
  return {
    greeting: (view) => reply(220, `${view.mxHost} ESMTP Postfix (Debian/GNU)`),
    extensions: ['PIPELINING', 'SIZE 10240000', 'ETRN', 'ENHANCEDSTATUSCODES', '8BITMIME', 'DSN', 'CHUNKING'],
    rcpt: (recipient) => postfixRcpt(recipient),
    delayMs: (view) => (view.errors >= SOFT_ERROR_LIMIT ? SLOWED_BY_MS : 0),
    giveUp: (view) => tooManyErrors(view),
  };
}

export function postfixRcpt({ address, mailbox }: Recipient): PracticeReply {
  switch (mailbox) {
    case 'active':
      return reply(250, '2.1.5 Ok');
    case 'absent':
      return reply(550, `5.1.1 <${address}>: Recipient address rejected: User unknown in virtual mailbox table`);
    case 'full':
      return reply(452, `4.2.2 <${address}>: Recipient address rejected: Mailbox is full / Quota exceeded`);
    case 'disabled':
      return reply(550, `5.2.1 <${address}>: Recipient address rejected: This account has been disabled`);
  }
}

function tooManyErrors(view: SessionView): PracticeReply | null {
  if (view.errors < HARD_ERROR_LIMIT) return null;
  return { code: 421, lines: [`4.7.0 ${view.mxHost} Error: too many errors`], hangUp: true };
}
