// Which failed connects count against the host, and which are worth another try at once.
import { expect, it } from 'vitest';
import { isOfHost, mayPassSoon } from '../../../electron/engine/smtp/connect-failures.ts';
import { failure } from '../../../electron/engine/smtp/failure.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';

const words = replyFromText('421 4.7.0 too many connections');

it.each([
  ['a refused connection', failure('ConnectFailed', 'CONNECT', 'no connection: ECONNREFUSED'), true, true],
  ['closed before the greeting', failure('ConnectFailed', 'CONNECT', 'no greeting: closed by the peer'), true, true],
  ['hung up on EHLO', failure('Dropped', 'EHLO', 'no reply to EHLO: ECONNRESET'), true, true],
  ['no route', failure('ConnectFailed', 'CONNECT', 'no connection: ENETUNREACH'), true, false],
  ['no such local address', failure('ConnectFailed', 'CONNECT', 'no connection: EADDRNOTAVAIL'), true, false],
  ['silence', failure('ConnectTimeout', 'CONNECT', 'no TCP connection in time'), true, false],
  ['a silent greeting', failure('Timeout', 'CONNECT', 'no complete greeting in time'), true, false],
  ['a greeting that says no', failure('SessionRefused', 'CONNECT', 'refused', words), true, false],
  ['a drop with words', failure('Dropped', 'HELO', 'no reply', words), true, false],
  ['not SMTP', failure('ProtocolError', 'CONNECT', 'not SMTP'), true, false],
  ['no file descriptor left', failure('LocalFailure', 'CONNECT', 'EMFILE'), false, true],
  ['never dialled', failure('BlockedTarget', 'CONNECT', 'reserved'), false, false],
  ['the pool was closed', failure('PoolClosed', 'CONNECT', 'closed'), false, false],
])('%s', (_name, failed, ofHost, soon) => {
  expect([isOfHost(failed), mayPassSoon(failed)]).toEqual([ofHost, soon]);
});
