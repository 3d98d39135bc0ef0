// Microsoft's two front doors. 365 says "Access denied" for an unknown user (directory based edge blocking); the consumer
// service takes one recipient a transaction (452 4.5.3, "multiple regions") and says "mailbox unavailable".
import { reply, type Behaviour, type PracticeReply, type Recipient, type SessionView } from '../behaviour.ts';

const EXTENSIONS = ['SIZE 49283072', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES', '8BITMIME', 'BINARYMIME', 'CHUNKING', 'SMTPUTF8'];
const SITE_365 = '[AM4PEPF00027A62.eurprd04.prod.outlook.com 2025-01-01T00:00:00.000Z 08DD000000000000]';
const SITE_CONSUMER = '[AMS0EPF000001B1.eurprd05.prod.outlook.com 2025-01-01T00:00:00.000Z 08DD000000000000]';

export function microsoft365(): Behaviour {
  return {
    greeting: () => reply(220, 'AM4PEPF00027A62.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready at Wed, 1 Jan 2025 00:00:00 +0000'),
    extensions: EXTENSIONS,
    mail: () => reply(250, '2.1.0 Sender OK'),
    rset: () => reply(250, '2.0.0 Resetting'),
    rcpt: ({ address, mailbox }) => {
      switch (mailbox) {
        case 'active':
          return reply(250, '2.1.5 Recipient OK');
        case 'absent':
          return reply(550, `5.4.1 Recipient address rejected: Access denied. For more information see https://aka.ms/EXOSmtpErrors ${SITE_365}`);
        case 'full':
          return reply(552, `5.2.2 <${address}>: mailbox full ${SITE_365}`);
        case 'disabled':
          return reply(550, `5.2.1 <${address}>: mailbox disabled, not accepting messages ${SITE_365}`);
      }
    },
  };
}

export function microsoftConsumer(): Behaviour {
  return {
    greeting: () => reply(220, 'AMS0EPF000001B1.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready at Wed, 1 Jan 2025 00:00:00 +0000'),
    extensions: EXTENSIONS,
    mail: () => reply(250, '2.1.0 Sender OK'),
    rset: () => reply(250, '2.0.0 Resetting'),
    rcpt: consumerRcpt,
  };
}

function consumerRcpt({ mailbox }: Recipient, view: SessionView): PracticeReply {
  if (view.recipients.length > 0) {
    return reply(452, `4.5.3 Recipients belong to multiple regions ATTR38 ${SITE_CONSUMER}`);
  }
  switch (mailbox) {
    case 'active':
      return reply(250, '2.1.5 Recipient OK');
    case 'absent':
      return reply(550, `5.5.0 Requested action not taken: mailbox unavailable (S2017062302). ${SITE_CONSUMER}`);
    case 'full':
      return reply(552, `5.2.2 The recipient's mailbox is over its storage quota. ${SITE_CONSUMER}`);
    case 'disabled':
      return reply(550, `5.2.1 The recipient's account is disabled. ${SITE_CONSUMER}`);
  }
}
