// Servers that say yes to everybody: Yahoo, which refuses only after DATA, and a plain catch-all.
import { reply, type Behaviour } from '../behaviour.ts';
import { postfix } from './postfix.ts';

export function yahoo(): Behaviour {
  return {
    greeting: (view) => reply(220, `${view.mxHost} ESMTP ready`),
    extensions: ['PIPELINING', 'SIZE 41943040', '8BITMIME'],
    mail: (view) => reply(250, `sender <${view.from}> ok`),
    rset: () => reply(250, 'reset'),
    rcpt: ({ address }) => reply(250, `recipient <${address}> ok`),
  };
}

export function catchAll(): Behaviour {
  return { ...postfix(), rcpt: () => reply(250, '2.1.5 Ok') };
}
