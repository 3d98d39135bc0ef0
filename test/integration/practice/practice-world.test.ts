// The practice world as a client meets it: each kind of host by what it says on the wire, and what the world notes.
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import { createMxResolver, type MxResolverWithStats } from '../../../electron/engine/dns/create-mx-resolver.ts';
import { PERSONALITIES, type PersonalityId } from '../../../electron/practice/personalities.ts';
import { startPracticeWorld } from '../../../electron/practice/start-practice-world.ts';
import type { PracticeWorld } from '../../../electron/practice/types.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { rawClient, type RawClient } from './raw-client.ts';

const TIME_SCALE = 0.001;

let world: PracticeWorld;
let resolver: MxResolverWithStats;
const clients: RawClient[] = [];

function resolverOf(ofWorld: PracticeWorld): MxResolverWithStats {
  return createMxResolver({ servers: [ofWorld.dns], settings: DEFAULT_SETTINGS.dns, clock: systemClock, ipv6: true, allowLoopback: true });
}

async function start(): Promise<void> {
  world = await startPracticeWorld({ timeScale: TIME_SCALE });
  resolver = resolverOf(world);
}

async function stop(): Promise<void> {
  for (const client of clients.splice(0)) client.end();
  resolver.close();
  await world.stop();
}

async function ipOf(domain: string): Promise<string> {
  const found = await resolver.lookup(domain);
  const ip = found.kind === 'hosts' ? found.hosts[0]?.addresses[0]?.ip : undefined;
  if (ip === undefined) throw new Error(`${domain}: ${JSON.stringify(found)}`);
  return ip;
}

async function dial(domain: string): Promise<RawClient> {
  const client = await rawClient(await ipOf(domain), world.smtpPort);
  clients.push(client);
  return client;
}

/** Past the greeting, EHLO and MAIL. */
async function inTransaction(domain: string): Promise<RawClient> {
  const client = await dial(domain);
  expect(await client.reply()).toMatch(/^220 /);
  expect(await client.command('EHLO client.test')).toMatch(/^250-/);
  expect(await client.command('MAIL FROM:<me@client.test>')).toMatch(/^250 /);
  return client;
}

const rcpt = (client: RawClient, address: string): Promise<string | null> => client.command(`RCPT TO:<${address}>`);

beforeEach(start);
afterEach(stop);

describe('what each host says to RCPT', () => {
  const TABLE: readonly (readonly [PersonalityId, string, string, RegExp])[] = [
    ['google', 'brightmail.test', 'alice.baker', /^250 2\.1\.5 OK .*gsmtp$/],
    ['google', 'brightmail.test', 'alice.leaver', /^550-5\.1\.1 The email account that you tried to reach does not exist\.[^]*\n550 5\.1\.1 .*NoSuchUser/],
    ['google', 'brightmail.test', 'alice.fullerton', /^452-4\.2\.2 [^]*over quota[^]*\n452 4\.2\.2 .*OverQuotaTemp/],
    ['google', 'brightmail.test', 'alice.dormer', /^550-5\.2\.1 [^]*is disabled[^]*\n550 5\.2\.1 .*DisabledUser/],
    ['microsoft-365', 'northwind-trading.test', 'alice.baker', /^250 2\.1\.5 Recipient OK$/],
    ['microsoft-365', 'fabrikam-tools.test', 'alice.leaver', /^550 5\.4\.1 Recipient address rejected: Access denied/],
    ['microsoft-365', 'northwind-trading.test', 'alice.hoarder', /^552 5\.2\.2 .*mailbox full/],
    ['microsoft-consumer', 'hotpost.test', 'alice.baker', /^250 /],
    ['microsoft-consumer', 'hotpost.test', 'alice.leaver', /^550 5\.5\.0 Requested action not taken: mailbox unavailable/],
    ['yahoo', 'yoodle.test', 'alice.baker', /^250 /],
    ['yahoo', 'yoodle.test', 'no.such.person', /^250 /],
    ['postfix', 'cedar-works.test', 'alice.baker', /^250 2\.1\.5 Ok$/],
    ['postfix', 'cedar-works.test', 'ALICE.baker+tag', /^250 2\.1\.5 Ok$/],
    ['postfix', 'cedar-works.test', 'alice.leaver', /^550 5\.1\.1 <alice\.leaver@cedar-works\.test>: Recipient address rejected: User unknown in virtual mailbox table$/],
    ['postfix', 'cedar-works.test', 'alice.frost', /^550 5\.2\.1 .*disabled/],
    ['postfix-hosted', 'mailinator.com', 'crash.test.dummy', /^250 /],
    ['exim', 'eximius.test', 'alice.baker', /^250 Accepted$/],
    ['exim', 'eximius.test', 'alice.leaver', /^550 No such user here$/],
    ['no-pipelining', 'steady-post.test', 'alice.leaver', /^550 5\.1\.1 Destination mailbox address invalid/],
    ['greylister', 'greyhound.test', 'alice.baker', /^450 4\.7\.1 .*Greylisted/],
    ['greylister', 'greyhound.test', 'alice.leaver', /^550 5\.1\.1 /],
    ['tarpit', 'molasses.test', 'alice.baker', /^250 /],
    ['catch-all', 'open-door.test', 'no.such.person', /^250 /],
    ['bare-refuser', 'terse.test', 'alice.baker', /^250 /],
    ['bare-refuser', 'terse.test', 'alice.leaver', /^550 Requested action not taken$/],
    ['blanket-refuser', 'closed-shop.test', 'alice.baker', /^550 Requested action not taken$/],
    ['blocker-at-rcpt', 'fortress.test', 'alice.baker', /^554 5\.7\.1 .*blocked using zen\.spamhaus\.org/],
    ['implicit-mx', 'corner-shop.test', 'alice.baker', /^250 /],
  ];

  it.each(TABLE)('%s: %s, %s', async (id, domain, local, expected) => {
    expect(PERSONALITIES.find((personality) => personality.domains.includes(domain))?.id).toBe(id);
    expect(await rcpt(await inTransaction(domain), `${local}@${domain}`)).toMatch(expected);
    expect(world.record().violations).toEqual([]);
  });
});

describe('what they do besides', () => {
  it('blocker-at-greeting: refuses and hangs up before anything is said', async () => {
    const client = await dial('bastion.test');
    expect(await client.reply()).toMatch(/^554 5\.7\.1 .*Spamhaus/);
    await client.closed;
  });

  it('dead: nobody listens', async () => {
    const ip = await ipOf('lights-out.test');
    const code = await new Promise((resolve) => {
      connect({ host: ip, port: world.smtpPort }).on('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code);
      });
    });
    expect(code).toBe('ECONNREFUSED');
  });

  it('google: one destination domain a transaction', async () => {
    const client = await inTransaction('brightmail.test');
    expect(await rcpt(client, 'alice.baker@brightmail.test')).toMatch(/^250/);
    expect(await rcpt(client, 'alice.baker@harbour-books.test')).toMatch(/^451-4\.3\.0 Multiple destination domains/);
    expect(await client.command('RSET')).toMatch(/^250/);
    await client.command('MAIL FROM:<me@client.test>');
    expect(await rcpt(client, 'alice.baker@harbour-books.test')).toMatch(/^250/);
  });

  it('microsoft-consumer: a second recipient in a transaction gets 452 4.5.3', async () => {
    const client = await inTransaction('hotpost.test');
    expect(await rcpt(client, 'alice.baker@hotpost.test')).toMatch(/^250/);
    expect(await rcpt(client, 'bruno.baker@hotpost.test')).toMatch(/^452 4\.5\.3 Recipients belong to multiple regions/);
    await client.command('RSET');
    await client.command('MAIL FROM:<me@client.test>');
    expect(await rcpt(client, 'bruno.baker@hotpost.test')).toMatch(/^250/);
  });

  it('greylister: remembers over sessions, and accepts once its time is over', async () => {
    await stop();
    world = await startPracticeWorld({ timeScale: 0 });
    resolver = resolverOf(world);
    expect(await rcpt(await inTransaction('greyhound.test'), 'alice.baker@greyhound.test')).toMatch(/^450 4\.7\.1 .*Greylisted/);
    expect(await rcpt(await inTransaction('greyhound.test'), 'alice.baker@greyhound.test')).toMatch(/^250/);
    expect(await rcpt(await inTransaction('greyhound.test'), 'bruno.baker@greyhound.test')).toMatch(/^450/);
  });

  it('rate-limiter: refuses what comes above its rate, over all sessions of the client', async () => {
    await stop();
    world = await startPracticeWorld({ timeScale: 1 });
    resolver = resolverOf(world);
    const clients = [await inTransaction('slow-lane.test'), await inTransaction('slow-lane.test')] as const;
    for (let index = 0; index < 12; index += 1) expect(await rcpt(clients[index % 2 === 0 ? 0 : 1], 'alice.baker@slow-lane.test')).toMatch(/^250/);
    for (const client of clients) expect(await rcpt(client, 'alice.baker@slow-lane.test')).toMatch(/^450 4\.7\.1 Error: too many recipients from 127\./);
  });

  it('exim: "Too many nonmail commands" and a drop on the twelfth RSET', async () => {
    const client = await inTransaction('eximius.test');
    for (let count = 1; count <= 11; count += 1) expect(await client.command('RSET')).toMatch(/^250/);
    expect(await client.command('RSET')).toBe('554 Too many nonmail commands');
    await client.closed;
  });

  it('no-pipelining: answers one by one, and drops whoever pipelines', async () => {
    const client = await inTransaction('steady-post.test');
    client.write('RCPT TO:<alice.baker@steady-post.test>\r\nRCPT TO:<bruno.baker@steady-post.test>\r\n');
    expect(await client.reply()).toMatch(/^500 /);
    await client.closed;
    expect(world.record().violations).toEqual(['mx.steady-post.test: pipelined where PIPELINING is not offered']);
  });

  it('postfix: slow from the tenth error on, RSET too, and gone after the twentieth', async () => {
    await stop();
    // A second of the world is a tenth of a second here: far more than a reply needs.
    world = await startPracticeWorld({ timeScale: 0.1 });
    resolver = resolverOf(world);
    const client = await inTransaction('cedar-works.test');
    const refuse = (): Promise<string | null> => rcpt(client, 'no.body@cedar-works.test');
    for (let error = 1; error <= 10; error += 1) await refuse();
    const startedMs = performance.now();
    expect(await client.command('RSET')).toMatch(/^250/);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(90);
    await client.command('MAIL FROM:<me@client.test>');
    for (let error = 11; error <= 20; error += 1) expect(await refuse()).toMatch(/^550/);
    expect(await refuse()).toMatch(/^421 4\.7\.0 .*Error: too many errors/);
    await client.closed;
    expect(world.record()).toMatchObject({ closedWith421: 1, refused: 20, violations: ['mx1.cedar-hosting.test: a tenth refused recipient in one session'] });
  });

  it('answers a pipelined flight in order', async () => {
    const client = await dial('cedar-works.test');
    await client.reply();
    await client.command('EHLO client.test');
    const locals = ['alice.baker', 'no.body', 'bruno.dahl', 'alice.hoarder'];
    client.write(`MAIL FROM:<>\r\n${locals.map((local) => `RCPT TO:<${local}@cedar-works.test>\r\n`).join('')}RSET\r\nQUIT\r\n`);
    const codes: (string | undefined)[] = [];
    for (let reply = 0; reply < 7; reply += 1) codes.push((await client.reply())?.slice(0, 3));
    expect(codes).toEqual(['250', '250', '550', '250', '452', '250', '221']);
    await client.closed;
  });

  it('reads commands that come byte by byte, and needs its order kept', async () => {
    const client = await dial('cedar-works.test');
    await client.reply();
    for (const byte of 'EHLO client.test\r\n') client.write(byte);
    expect(await client.reply()).toMatch(/^250-/);
    expect(await rcpt(client, 'alice.baker@cedar-works.test')).toMatch(/^503 /);
    expect(await client.command('MAIL FROM: me')).toMatch(/^501 /);
    expect(await client.command('MAIL FROM:<me@client.test>')).toMatch(/^250/);
    expect(await client.command('MAIL FROM:<me@client.test>')).toMatch(/^503 /);
    expect(await rcpt(client, 'alice.baker@elsewhere.test')).toMatch(/^554 5\.7\.1 .*Relay access denied/);
    expect(await client.command('NOOP')).toMatch(/^250/);
    expect(await client.command('XYZZY')).toMatch(/^502/);
    expect(await client.command('QUIT')).toMatch(/^221/);
    await client.closed;
  });

  it('takes UTF-8 local parts only where SMTPUTF8 is offered', async () => {
    const google = await inTransaction('brightmail.test');
    expect(await rcpt(google, 'jörg.müller@brightmail.test')).toMatch(/^250/);
    const postfix = await inTransaction('cedar-works.test');
    expect(await rcpt(postfix, 'jörg.müller@cedar-works.test')).toMatch(/^553 5\.6\.7/);
  });
});

describe('what the world notes', () => {
  it.each(['DATA', 'BDAT 5 LAST', 'VRFY alice', 'EXPN staff', 'AUTH PLAIN AGEAYg=='])('%s as a violation', async (command) => {
    const client = await inTransaction('cedar-works.test');
    await rcpt(client, 'alice.baker@cedar-works.test');
    expect(await client.command(command)).toMatch(/^502/);
    expect(world.record().violations).toEqual([`mx1.cedar-hosting.test: ${command.split(' ')[0]}`]);
  });

  it.each(['RCPT TO:<alice\0baker@cedar-works.test>\r\n', 'RCPT TO:<alice\x1bbaker@cedar-works.test>\r\n', 'RCPT TO:<alice.baker@cedar-works.test>\n', 'NOOP\rNOOP\r\n'])(
    'a control character (%j)',
    async (bytes) => {
      const client = await inTransaction('cedar-works.test');
      client.write(bytes);
      await client.reply();
      expect(world.record().violations).toEqual(['mx1.cedar-hosting.test: control character in a command']);
    },
  );

  it('the tenth refused recipient, not the ninth, and deferrals count too', async () => {
    const client = await inTransaction('cedar-works.test');
    for (let count = 1; count <= 9; count += 1) await rcpt(client, count % 2 === 0 ? 'no.body@cedar-works.test' : 'alice.fullerton@cedar-works.test');
    expect(world.record().violations).toEqual([]);
    await rcpt(client, 'no.body@cedar-works.test');
    expect(world.record().violations).toEqual(['mx1.cedar-hosting.test: a tenth refused recipient in one session']);
  });

  it('sessions, their peak by host, recipients and queries', async () => {
    const [first, second] = [await inTransaction('cedar-works.test'), await inTransaction('cedar-works.test')];
    await rcpt(first, 'alice.baker@cedar-works.test');
    await rcpt(second, 'alice.baker@cedar-works.test');
    await rcpt(second, 'no.body@cedar-works.test');
    await first.command('QUIT');
    await second.command('QUIT');
    await (await inTransaction('cedar-works.test')).command('QUIT');
    expect(world.record()).toMatchObject({
      violations: [],
      sessions: 3,
      recipients: 3,
      refused: 1,
      closedWith421: 0,
      peakSessions: { 'mx1.cedar-hosting.test': 2 },
      askedByRecipient: { 'alice.baker@cedar-works.test': 2, 'no.body@cedar-works.test': 1 },
    });
    expect(world.record().dnsQueries).toBeGreaterThan(0);
  });
});

describe('the world as a whole', () => {
  it('leads no name off loopback, and knows no name of the real world', async () => {
    for (const { domains } of PERSONALITIES) {
      for (const domain of domains) {
        const found = await resolver.lookup(domain);
        const ips = found.kind === 'hosts' ? found.hosts.flatMap((host) => host.addresses.map(({ ip }) => ip)) : [];
        for (const ip of ips) expect(ip).toMatch(/^127\.77\./);
      }
    }
    for (const name of ['gmail.com', 'google.com', 'outlook.com', 'example.com', 'spamhaus.org', 'test']) {
      expect([name, (await resolver.lookup(name)).kind]).toEqual([name, 'domain_not_found']);
    }
  });

  it('may be there twice', async () => {
    const second = await startPracticeWorld({ timeScale: TIME_SCALE });
    expect(second.smtpPort).not.toBe(world.smtpPort);
    await second.stop();
    expect(await rcpt(await inTransaction('cedar-works.test'), 'alice.baker@cedar-works.test')).toMatch(/^250/);
  });
});

describe('stop', () => {
  it('closes every port', async () => {
    const stopped = await startPracticeWorld({ timeScale: TIME_SCALE });
    await stopped.stop();
    for (const { mx } of PERSONALITIES) {
      for (const { ip } of mx) await expect(rawClient(ip, stopped.smtpPort)).rejects.toThrow('ECONNREFUSED');
    }
    await expect(rawClient(stopped.dns.host, stopped.dns.port)).rejects.toThrow('ECONNREFUSED');
  });

  it('leaves nothing that would keep a process alive, also where a session waits for a reply that comes in hours', async () => {
    const script = `
      const { startPracticeWorld } = await import(${JSON.stringify(url('electron/practice/start-practice-world.ts'))});
      const { rawClient } = await import(${JSON.stringify(url('test/integration/practice/raw-client.ts'))});
      const world = await startPracticeWorld({ timeScale: 1000 });
      const tarpit = await rawClient('127.77.0.62', world.smtpPort);
      await tarpit.reply();
      const noted = world.record().sessions;
      tarpit.write('EHLO client.test\\r\\n');
      // The command has come when the delay of its reply has begun.
      while (!process.getActiveResourcesInfo().includes('Timeout')) await new Promise((resolve) => setImmediate(resolve));
      await world.stop();
      await tarpit.closed;
      console.log('stopped', noted);
    `;
    // Ends by itself, or is ended after ten seconds: then `signal` says so.
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 });
    expect(stdout).toBe('stopped 1\n');
  });
});

function url(path: string): string {
  return pathToFileURL(join(import.meta.dirname, '../../..', path)).href;
}
