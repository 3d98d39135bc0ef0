// The whole chain against servers that want to be left alone: a provider that refuses this machine, and one for which the
// user has set a limit of the day. Who refuses is told by name and code, nobody is called bad for it, the rest goes on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { a, mx, startLabDns, zoneScript, type LabDnsServer } from '../../lab/dns-server.ts';
import { readCsv } from '../../lab/sample-expectations.ts';
import { startSmtpServer, type LabServer } from '../../lab/smtp-server.ts';
import { runWinnow, temporaryFolder } from '../../lab/winnow.ts';

const S3150 = "550 5.7.1 Unfortunately, messages from [127.0.0.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).";
const CAP = 30;

const recipients = (server: LabServer) => server.commands().filter((command) => command.startsWith('RCPT')).length;

describe('winnow verify', () => {
  const folder = temporaryFolder();
  const servers: LabServer[] = [];
  let dns: LabDnsServer;

  async function serve(ip: string, port: number, rcpt: (command: string) => string): Promise<LabServer> {
    const server = await startSmtpServer({ ip, port, answer: (command) => (command.startsWith('RCPT') ? `${rcpt(command)}\r\n` : undefined) });
    servers.push(server);
    return server;
  }

  const knows = (command: string) => (command.includes('<user') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown');

  beforeAll(async () => {
    const good = await serve('127.0.0.2', 0, knows);
    await serve('127.0.0.3', good.port, () => S3150);
    await serve('127.0.0.4', good.port, knows);
    dns = await startLabDns(zoneScript([
      mx('good.test', 'mx.good.test'), a('mx.good.test', '127.0.0.2'),
      mx('hotpost.test', 'hotpost.olc.protection.outlook.com'), a('hotpost.olc.protection.outlook.com', '127.0.0.3'),
      mx('own.test', 'mx.own.test'), a('mx.own.test', '127.0.0.4'),
    ]));
    const rows = ['good.test', 'hotpost.test', 'own.test'].flatMap((domain) => Array.from({ length: 100 }, (_, i) => `user${String(i)}@${domain}`));
    writeFileSync(join(folder.dir, 'list.csv'), `email\n${rows.join('\n')}\n`);
    writeFileSync(join(folder.dir, 'settings.json'), JSON.stringify({
      identity: { heloName: 'helo.lab.test', mailFrom: 'verify@helo.lab.test' },
      destinations: [{ mxPattern: 'mx.own.test', dailyCap: CAP }],
    }));
  });

  afterAll(async () => {
    await dns.stop();
    for (const server of servers) await server.stop();
    folder.remove();
  });

  interface Summary {
    readonly setAside: readonly { readonly name: string; readonly state: string; readonly code: string | null; readonly waiting: number }[];
    readonly scheduledByReason: readonly { readonly reason: string; readonly count: number; readonly nextRetryAt: string }[];
  }

  async function verify(...more: string[]): Promise<{ summary: Summary; stderr: string }> {
    const { code, stdout, stderr } = await runWinnow([
      'verify', join(folder.dir, 'list.csv'), '--store', join(folder.dir, 'store'), '--settings', join(folder.dir, 'settings.json'), '--out', join(folder.dir, 'out.csv'),
      '--dns', `${dns.server.host}:${String(dns.server.port)}`, '--port', String(servers[0]?.port), '--allow-loopback', '--json', ...more,
    ]);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('defect')]);
    return { summary: JSON.parse(stdout) as Summary, stderr };
  }

  it('leaves who refuses this machine alone, keeps the user’s limit of the day also after a restart, and goes on with the rest', async () => {
    const [good, blocking, own] = servers as [LabServer, LabServer, LabServer];
    const { summary, stderr } = await verify();
    const reasons = readCsv(join(folder.dir, 'out.csv')).map((row) => `${String(row['email']?.split('@')[1])} ${String(row['winnow_reason'])}`);
    const count = (of: string) => reasons.filter((reason) => reason === of).length;
    expect(recipients(good)).toBe(101);
    expect(count('good.test accepted')).toBe(100);
    // Three connections at most before it was known, each with one flight.
    expect(recipients(blocking)).toBeLessThanOrEqual(27);
    expect(count('hotpost.test ip_blocked')).toBe(100);
    expect(recipients(own)).toBe(CAP);
    expect(count('own.test accepted')).toBe(CAP - 1);
    expect(count('own.test rate_limited')).toBe(100 - (CAP - 1));
    expect(summary.setAside).toEqual([
      expect.objectContaining({ name: 'Outlook.com (Hotmail, Live)', state: 'refused', reason: 'ip_blocked', code: 'S3150', reply: S3150 }),
      expect.objectContaining({ name: 'mx.own.test', state: 'capped', waiting: 100 - (CAP - 1) }),
    ]);
    expect(stderr).toContain('Outlook.com (Hotmail, Live) refuses this machine (S3150)');
    expect(summary.scheduledByReason.map(({ reason }) => reason)).toEqual(['ip_blocked', 'rate_limited']);

    // Another list, another process, the same day; addresses that no verdict is known of.
    writeFileSync(join(folder.dir, 'list.csv'), 'email\nuser901@own.test\nuser902@good.test\n');
    await verify();
    expect(recipients(own)).toBe(CAP);
    expect(recipients(good)).toBe(103);
  });
});
