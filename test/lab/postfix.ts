// A real Postfix from Debian's packages on a loopback port, with its default limits: what Winnow must get on with.
// Own configuration, queue and data folders in a temporary folder; the system's instance and port 25 are never touched.
// Started and stopped by the test, and stopped too where the test's process dies. It never skips: a missing Postfix fails with the command that installs it.
import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';

const run = promisify(execFile);

const POSTFIX = '/usr/sbin/postfix';
const INSTALL = 'DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postfix';
const HOST = '127.0.25.1';

export interface PostfixOptions {
  /** Addresses that exist, as `local@domain`. */
  readonly users: readonly string[];
  /** Domains that are served. */
  readonly domains: readonly string[];
  /** Further lines of main.cf, e.g. `smtpd_recipient_limit = 5`. */
  readonly settings?: readonly string[];
}

export interface LabPostfix {
  readonly host: string;
  readonly port: number;
  /** The whole mail log so far. */
  log(): string;
  /** Resolves when the log tells of that many clients that have left. */
  disconnected(clients: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startPostfix(options: PostfixOptions): Promise<LabPostfix> {
  if (!existsSync(POSTFIX)) throw new Error(`Postfix is not installed. As root: ${INSTALL}`);
  if (process.getuid?.() !== 0) throw new Error('Postfix can only be started by root.');
  const folder = await mkdtemp(join(tmpdir(), 'winnow-postfix-'));
  // Postfix' own user must be able to pass through.
  await chmod(folder, 0o755);
  const etc = join(folder, 'etc');
  const logFile = join(folder, 'mail.log');
  const port = await freePort();
  await Promise.all([etc, join(folder, 'queue'), join(folder, 'data')].map(async (path) => mkdir(path)));
  await run('/bin/chown', ['postfix', join(folder, 'data')]);
  await writeFile(join(etc, 'users'), options.users.map((user) => `${user} x/\n`).join(''));
  await writeFile(join(etc, 'main.cf'), mainCf(folder, options));
  await writeFile(join(etc, 'master.cf'), masterCf(port));
  try {
    await run(POSTFIX, ['-c', etc, 'start']);
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw new Error('Postfix did not start', { cause });
  }
  const keeper = startKeeper(folder);
  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  return {
    host: HOST,
    port,
    log,
    disconnected: async (clients) =>
      new Promise((resolve) => {
        const watcher = watch(folder, { persistent: true });
        const look = (): void => {
          if ([...log().matchAll(/smtpd\[\d+\]: disconnect from/g)].length < clients) return;
          watcher.close();
          resolve();
        };
        watcher.on('change', look);
        look();
      }),
    stop: async () => {
      const gone = once(keeper, 'exit');
      keeper.stdin.end();
      await gone;
    },
  };
}

/**
 * A shell that waits until our end of its input is closed, by us or because this process is gone for whatever reason;
 * then it stops the master of this folder (by the process id in its own pid file, waiting for it) and removes the folder.
 */
function startKeeper(folder: string): ChildProcessByStdio<Writable, null, null> {
  const script = `read _; ${POSTFIX} -c "$1/etc" stop; rm -rf "$1"`;
  return spawn('/bin/sh', ['-c', script, 'postfix-keeper', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function mainCf(folder: string, { domains, settings = [] }: PostfixOptions): string {
  return [
    'compatibility_level = 3.6',
    `queue_directory = ${join(folder, 'queue')}`,
    `data_directory = ${join(folder, 'data')}`,
    'daemon_directory = /usr/lib/postfix/sbin',
    'mail_owner = postfix',
    'myhostname = mx.lab.test',
    'mydestination =',
    // The client is a stranger: default limits hold for it.
    'mynetworks = 127.255.255.0/24',
    'inet_protocols = ipv4',
    `virtual_mailbox_domains = ${domains.join(' ')}`,
    `virtual_mailbox_maps = texthash:${join(folder, 'etc', 'users')}`,
    'virtual_transport = discard:',
    'default_transport = error:5.0.0 no outbound mail',
    'relay_transport = error:5.0.0 no outbound mail',
    'local_transport = error:5.0.0 no local mail',
    'smtpd_relay_restrictions = reject_unauth_destination',
    'alias_maps =',
    'alias_database =',
    // No question leaves this machine.
    'disable_dns_lookups = yes',
    'smtpd_peername_lookup = no',
    `maillog_file = ${join(folder, 'mail.log')}`,
    `maillog_file_prefixes = ${tmpdir()}`,
    ...settings,
    '',
  ].join('\n');
}

/** Nothing is chrooted, and only what smtpd needs is there. */
function masterCf(port: number): string {
  return [
    `${HOST}:${String(port)} inet n - n - 200 smtpd`,
    'postlog unix-dgram n - n - 1 postlogd',
    'cleanup unix n - n - 0 cleanup',
    // It hands out the tokens without which every transaction waits a second (in_flow_delay), as in any real Postfix.
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'error unix - - n - - error',
    'discard unix - - n - - discard',
    'anvil unix - - n - 1 anvil',
    'proxymap unix - - n - - proxymap',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    '',
  ].join('\n');
}
