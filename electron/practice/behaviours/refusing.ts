// Servers that refuse us, whoever is asked for: a block list at RCPT, one at the greeting, and one that refuses every
// recipient in the same bare words. Nothing that they say is about a mailbox.
import { reply, type Behaviour } from '../behaviour.ts';
import { postfix } from './postfix.ts';

export function blockerAtRcpt(): Behaviour {
  return {
    ...postfix(),
    rcpt: (_recipient, view) =>
      reply(554, `5.7.1 Service unavailable; Client host [${view.clientIp}] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/${view.clientIp}`),
  };
}

export function blockerAtGreeting(): Behaviour {
  return {
    ...postfix(),
    greeting: (view) => ({
      code: 554,
      lines: [`5.7.1 ${view.mxHost} Your IP ${view.clientIp} is listed in the Spamhaus block list; see https://www.spamhaus.org/query/ip/${view.clientIp}`],
      hangUp: true,
    }),
  };
}

export function blanketRefuser(): Behaviour {
  return { ...postfix(), extensions: ['PIPELINING', 'SIZE 20971520', '8BITMIME'], rcpt: () => reply(550, 'Requested action not taken') };
}
