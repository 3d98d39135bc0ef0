// A real postgrey from Debian's packages: the greylisting policy server that Postfix asks (check_policy_service). Its
// white lists are empty, and its delay is told in seconds. Databases lie in the root folder of its own.
import { startUnpackedServer, type UnpackedServer } from './unpacked-server.ts';

export interface LabPostgrey extends UnpackedServer {
  /** For main.cf. */
  readonly postfixSetting: string;
}

export async function startPostgrey({ delaySeconds }: { readonly delaySeconds: number }): Promise<LabPostgrey> {
  const host = '127.0.25.3';
  const server = await startUnpackedServer({
    name: 'postgrey',
    host,
    command: (port) => [
      '/usr/sbin/postgrey',
      '--user=postgrey',
      '--group=postgrey',
      '--dbdir=/lab/postgrey',
      `--inet=${host}:${String(port)}`,
      `--delay=${String(delaySeconds)}`,
      // After some passes a client is let through at once; here each recipient is to be greylisted.
      '--auto-whitelist-clients=1000000',
      '--whitelist-clients=/dev/null',
      '--whitelist-recipients=/dev/null',
    ],
    files: () => ({}),
    folders: { '/lab/postgrey': 'postgrey' },
  });
  return { ...server, postfixSetting: `smtpd_recipient_restrictions = check_policy_service inet:${host}:${String(server.port)}` };
}
