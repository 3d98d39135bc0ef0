// Gmail and Workspace at RCPT: several lines a refusal, quota as 4.2.2, and one destination domain a transaction.
// Texts as Google publishes them (support.google.com/mail/?p=NoSuchUser, p=OverQuotaTemp, p=DisabledUser).
import { reply, type Behaviour, type PracticeReply, type Recipient, type SessionView } from '../behaviour.ts';

const SIGNATURE = '4fb4d7f45d1cf-5c4b6e8a1d2si1234567a12.345 - gsmtp';

export function google(): Behaviour {
  return {
    greeting: () => reply(220, `mx.google.com ESMTP ${SIGNATURE}`),
    extensions: ['SIZE 157286400', '8BITMIME', 'ENHANCEDSTATUSCODES', 'PIPELINING', 'CHUNKING', 'SMTPUTF8'],
    mail: () => reply(250, `2.1.0 OK ${SIGNATURE}`),
    rset: () => reply(250, `2.1.5 Flushed ${SIGNATURE}`),
    rcpt: googleRcpt,
  };
}

function googleRcpt({ mailbox, domain }: Recipient, view: SessionView): PracticeReply {
  if (view.recipients.some((earlier) => earlier.domain !== domain)) {
    return reply(451, `4.3.0 Multiple destination domains per transaction is unsupported. Please`, `4.3.0 try again. ${SIGNATURE}`);
  }
  switch (mailbox) {
    case 'active':
      return reply(250, `2.1.5 OK ${SIGNATURE}`);
    case 'absent':
      return reply(
        550,
        '5.1.1 The email account that you tried to reach does not exist. Please try',
        "5.1.1 double-checking the recipient's email address for typos or",
        '5.1.1 unnecessary spaces. For more information, go to',
        `5.1.1  https://support.google.com/mail/?p=NoSuchUser ${SIGNATURE}`,
      );
    case 'full':
      return reply(
        452,
        '4.2.2 The email account that you tried to reach is over quota. Please direct',
        '4.2.2 the recipient to',
        `4.2.2  https://support.google.com/mail/?p=OverQuotaTemp ${SIGNATURE}`,
      );
    case 'disabled':
      return reply(
        550,
        '5.2.1 The email account that you tried to reach is disabled. Learn more at',
        `5.2.1  https://support.google.com/mail/?p=DisabledUser ${SIGNATURE}`,
      );
  }
}
