// The whole chain against a real Postfix with its default limits: a list in, verdicts right, no 421 met and no session
// that Postfix had to slow down or hang up on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { a, mx, startLabDns, zoneScript, type LabDnsServer } from '../../lab/dns-server.ts';
import { startPostfix, type LabPostfix } from '../../lab/postfix.ts';
import { readCsv } from '../../lab/sample-expectations.ts';
import { runWinnow, temporaryFolder } from '../../lab/winnow.ts';

const DOMAINS = ['one.test', 'two.test', 'three.test', 'four.test', 'five.test'];
const USERS = 500;

/** 30 % of the addresses do not exist, spread over the list. */
const people = Array.from({ length: USERS }, (_, index) => ({
  address: `person${String(index)}@${DOMAINS[index % DOMAINS.length] ?? ''}`,
  exists: (index * 7) % 10 >= 3,
}));

describe('winnow verify against a real Postfix', () => {
  let postfix: LabPostfix;
  let dns: LabDnsServer;
  const folder = temporaryFolder();

  beforeAll(async () => {
    postfix = await startPostfix({ domains: DOMAINS, users: people.filter(({ exists }) => exists).map(({ address }) => address) });
    dns = await startLabDns(zoneScript([...DOMAINS.map((domain) => mx(domain, 'mx.lab.test')), a('mx.lab.test', postfix.host)]));
  });

  afterAll(async () => {
    await dns.stop();
    await postfix.stop();
    folder.remove();
  });

  async function verify(name: string, asked: typeof people, settings: object): Promise<{ summary: { smtp: { closedWith421: number } }; wrong: string[]; stderr: string }> {
    const list = join(folder.dir, `${name}.csv`);
    const out = join(folder.dir, `${name}-out.csv`);
    const settingsPath = join(folder.dir, `${name}.json`);
    writeFileSync(list, `E-Mail,Exists\n${asked.map(({ address, exists }) => `${address},${String(exists)}\n`).join('')}`);
    writeFileSync(settingsPath, JSON.stringify(settings));
    const { code, stdout, stderr } = await runWinnow([
      'verify', list, '--out', out, '--store', join(folder.dir, `${name}-store`), '--settings', settingsPath,
      '--dns', `${dns.server.host}:${String(dns.server.port)}`, '--port', String(postfix.port), '--allow-loopback', '--json',
    ]);
    expect(stderr).not.toContain('defect');
    expect(code).toBe(0);
    const wrong = readCsv(out)
      .filter((row) => row['winnow_reason'] !== (row['Exists'] === 'true' ? 'accepted' : 'mailbox_not_found'))
      .map((row) => `${String(row['E-Mail'])} ${String(row['Exists'])} ${String(row['winnow_reason'])} ${String(row['winnow_reply'])}`);
    return { summary: JSON.parse(stdout) as { smtp: { closedWith421: number } }, wrong, stderr };
  }

  it('is right about 500 addresses, meets no 421 and is never slowed down', async () => {
    const { summary, wrong } = await verify('named', people, { identity: { heloName: 'winnow.lab.test', mailFrom: 'verify@one.test' } });
    expect(wrong).toEqual([]);
    expect(summary.smtp.closedWith421).toBe(0);
    expect(postfix.log()).not.toMatch(/too many errors|421 /);
  });

  it('is right with the null reverse-path too, one recipient a transaction', async () => {
    // Few: Postfix slows each transaction with an accepted recipient and no delivery by a second (in_flow_delay).
    const { summary, wrong } = await verify('null', people.slice(0, 40), { identity: { heloName: 'winnow.lab.test' } });
    expect(wrong).toEqual([]);
    expect(summary.smtp.closedWith421).toBe(0);
    expect(postfix.log()).not.toMatch(/too many errors|421 /);
  });
});
