// A session for tests of the pool's parts, which never speak: only its identity matters.
import type { SmtpSession, SmtpTarget } from '../../../electron/engine/smtp/types.ts';

export const target = (ip = '127.0.0.1', mxHost = 'mx.test'): SmtpTarget => ({ ip, port: 25, mxHost });

export function fakeSession(name = 'session'): SmtpSession & { readonly name: string; left: number } {
  return {
    name,
    left: 0,
    target: target(),
    tls: 'none',
    pipelining: true,
    smtputf8: false,
    usable: true,
    errors: 0,
    maxFlight: 9,
    flight: () => Promise.reject(new Error('never asked')),
    quit() {
      this.left += 1;
    },
    destroy() {
      this.left += 1;
    },
  };
}
