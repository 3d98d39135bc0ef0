// Hosts that fail, each in its own way, over and over: the ways of the fault tables that cost a client most. They listen
// at the farm's port on addresses of their own. Ends when its parent does.
import { startBlackHole } from '../../lab/faults/black-hole.ts';
import { startSmtpServer, type LabSession, type SmtpScript } from '../../lab/smtp-server.ts';
import type { FaultyHostsOptions } from './faulty-hosts.ts';

const WAYS: readonly (SmtpScript | 'black_hole' | 'closed')[] = [
  { greeting: null },
  'black_hole',
  { answer: (command) => (command.startsWith('RCPT') ? null : undefined) },
  'closed',
  { greeting: '421 4.7.0 Too many concurrent SMTP connections from your address\r\n', connected: (session) => { session.end(); } },
  { greeting: null, connected: drip },
  { answer: (command, session) => (command.startsWith('RCPT') ? (session.reset(), null) : undefined) },
  { greeting: '554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org\r\n' },
  { answer: (command) => (command.startsWith('RCPT') ? '450 4.7.1 Recipient address rejected: Greylisted, try again later\r\n' : undefined) },
  { greeting: 'SSH-2.0-OpenSSH_9.2p1\r\n' },
  { answer: (command) => (command.startsWith('MAIL') ? '550 5.1.8 Sender address rejected: Domain not found\r\n' : undefined) },
  { answer: (command) => (command.startsWith('EHLO') ? '250-x\r\n'.repeat(1_000) : undefined) },
  { answer: (command) => (command.startsWith('RCPT') ? '550 Requested action not taken\r\n' : undefined) },
];

/** One octet a second, for ever. */
function drip(session: LabSession): void {
  session.write('220-');
  const dripping = setInterval(() => { session.write('x'); }, 1_000);
  void session.closed.then(() => { clearInterval(dripping); });
}

const { addresses, port } = JSON.parse(process.argv[2] ?? '{}') as FaultyHostsOptions;
const wayOf = (at: number) => WAYS[at % WAYS.length];

await Promise.all(
  addresses.map(async (ip, at) => {
    const way = wayOf(at);
    if (typeof way === 'object') await startSmtpServer({ ...way, ip, port });
  }),
);
const [hole, ...holes] = addresses.filter((_, at) => wayOf(at) === 'black_hole');
if (hole !== undefined) await startBlackHole([hole, ...holes], port);
process.on('disconnect', () => process.exit());
process.send?.('listening');
