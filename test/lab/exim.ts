// A real Exim from Debian's packages on a loopback port, with its default limits. It offers PIPELINING, refuses a 12th
// RSET, and refuses unknown users with a bare 550 ("Unrouteable address"), without an enhanced code.
// Never sends or stores a message.
import { startUnpackedServer, type UnpackedServer } from './unpacked-server.ts';

export interface EximOptions {
  /** Addresses that exist, as `local@domain`. */
  readonly users: readonly string[];
  readonly domains: readonly string[];
}

export interface LabExim extends UnpackedServer {
  readonly mainLog: () => string;
  readonly rejectLog: () => string;
}

export async function startExim({ users, domains }: EximOptions): Promise<LabExim> {
  const host = '127.0.25.2';
  const server = await startUnpackedServer({
    name: 'Exim',
    host,
    command: () => ['/usr/sbin/exim4', '-C', '/lab/exim.conf', '-bdf'],
    files: (port) => ({
      '/lab/exim.conf': configuration(host, port, domains),
      '/lab/users': users.map((user) => `${user}\n`).join(''),
    }),
    folders: { '/lab/spool': 'Debian-exim', '/lab/log': 'Debian-exim' },
  });
  return { ...server, mainLog: () => server.log('/lab/log/mainlog'), rejectLog: () => server.log('/lab/log/rejectlog') };
}

function configuration(host: string, port: number, domains: readonly string[]): string {
  return `exim_user = Debian-exim
exim_group = Debian-exim
spool_directory = /lab/spool
log_file_path = /lab/log/%slog
primary_hostname = exim.lab.test
domainlist local_domains = ${domains.join(' : ')}
acl_smtp_rcpt = acl_rcpt
# No question leaves this machine.
host_lookup =
daemon_smtp_ports = ${String(port)}
local_interfaces = ${host}
never_users =
keep_environment =
begin acl
acl_rcpt:
  deny  message = relay not permitted
        !domains = +local_domains
  require verify = recipient
  accept
begin routers
users:
  driver = accept
  domains = +local_domains
  condition = \${lookup{$local_part@$domain}lsearch{/lab/users}{yes}{no}}
  transport = nowhere
begin transports
nowhere:
  driver = appendfile
  file = /dev/null
  user = Debian-exim
`;
}
