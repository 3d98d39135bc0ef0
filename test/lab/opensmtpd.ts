// A real OpenSMTPD from Debian's packages on a loopback port, with its default limits. It offers no PIPELINING (what comes
// early gets 500 and a drop) and refuses unknown users with "524 5.2.4 Mailing list expansion problem".
// Never delivers a message.
import { startUnpackedServer, type UnpackedServer } from './unpacked-server.ts';

export interface OpenSmtpdOptions {
  /** Addresses that exist, as `local@domain`. */
  readonly users: readonly string[];
  readonly domains: readonly string[];
}

export async function startOpenSmtpd({ users, domains }: OpenSmtpdOptions): Promise<UnpackedServer> {
  const host = '127.0.25.4';
  return startUnpackedServer({
    name: 'OpenSMTPD',
    host,
    command: () => ['/usr/sbin/smtpd', '-d', '-f', '/lab/smtpd.conf'],
    files: (port) => ({
      '/lab/smtpd.conf': [
        'table users file:/lab/users',
        'table domains file:/lab/domains',
        `listen on ${host} port ${String(port)} hostname opensmtpd.lab.test`,
        'action "keep" maildir "/lab/mail" virtual <users>',
        'match from any for domain <domains> action "keep"',
        '',
      ].join('\n'),
      '/lab/users': users.map((user) => `${user} nobody\n`).join(''),
      '/lab/domains': domains.map((domain) => `${domain}\n`).join(''),
    }),
  });
}
