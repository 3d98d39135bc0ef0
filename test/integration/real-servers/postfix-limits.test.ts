// The whole chain against Postfix with limits that bite: recipients a transaction, connections, messages and recipients in
// a time (anvil), TLS only. The first pass says nothing false of anybody, whatever it was refused; when the limits let
// go, every verdict is right. That each limit did bite is read from Postfix's own log.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startPostfix, type LabPostfix } from '../../lab/postfix.ts';
import { selfSignedCertificate } from '../../lab/self-signed-certificate.ts';
import { openChain, people, usersOf, type Chain } from './chain.ts';

const DOMAINS = ['one.test', 'two.test', 'three.test'];
const ASKED = people(60, DOMAINS);
/** Loopback is a neighbour to Postfix, which it never limits; here it is a stranger. A window is 2 s instead of a minute. */
const ANVIL = ['smtpd_client_event_limit_exceptions =', 'anvil_rate_time_unit = 2s'];
/** Waits beyond anvil's window. */
const SOON = { retry: { maxRetries: 10, backoffMs: 2_200, backoffMaxMs: 2_200 } };

let stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.reverse()) await stop();
  stopping = [];
});

async function open(settings: readonly string[], own = {}): Promise<{ postfix: LabPostfix; chain: Chain }> {
  const postfix = await startPostfix({ domains: DOMAINS, users: usersOf(ASKED), settings });
  stopping.push(() => postfix.stop());
  const chain = await openChain({ server: postfix, domains: DOMAINS, asked: ASKED, settings: own });
  stopping.push(() => chain.close());
  return { postfix, chain };
}

describe('winnow verify at a Postfix', { timeout: 180_000 }, () => {
  it('that takes 5 recipients a transaction: all right in one pass', async () => {
    const { postfix, chain } = await open(['smtpd_recipient_limit = 5', 'smtpd_recipient_overshoot_limit = 5']);
    const { wrong, undecided } = await chain.verify();
    expect({ wrong, undecided }).toEqual({ wrong: [], undecided: {} });
    // It logs no 452, but how many transactions a session had: five of those who exist fit into one.
    const transactions = [...postfix.log().matchAll(/disconnect from .* mail=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(transactions).toBeGreaterThanOrEqual(Math.ceil(usersOf(ASKED).length / 5));
    expect(postfix.log()).not.toMatch(/too many errors/);
  });

  it.each([
    ['connections', 'smtpd_client_connection_rate_limit = 1', /Connection rate limit exceeded/],
    ['messages', 'smtpd_client_message_rate_limit = 1', /Message delivery request rate limit exceeded/],
    ['recipients', 'smtpd_client_recipient_rate_limit = 20', /Recipient address rate limit exceeded/],
  ])('that limits the rate of %s: nobody is blamed, and all are right when it lets go', async (_what, limit, bite) => {
    const { postfix, chain } = await open([...ANVIL, limit], SOON);
    const first = await chain.verify();
    expect(first.wrong).toEqual([]);
    expect(postfix.log()).toMatch(bite);
    expect(Object.keys(first.undecided).filter((reason) => reason !== 'rate_limited')).toEqual([]);
    expect(first.summary.scheduled).toBe(first.undecided['rate_limited'] ?? 0);
    const last = await chain.verify('--resume', '--wait');
    expect({ wrong: last.wrong, undecided: last.undecided, scheduled: last.summary.scheduled }).toEqual({ wrong: [], undecided: {}, scheduled: 0 });
    expect(postfix.log()).not.toMatch(/too many errors/);
  });

  it('that demands TLS and has a certificate of its own making: all right in one pass', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'winnow-tls-'));
    stopping.push(async () => rm(folder, { recursive: true }));
    const { key, cert } = selfSignedCertificate(['mx.lab.test'], new Date(Date.now() + 86_400_000));
    writeFileSync(join(folder, 'both.pem'), `${key}${cert}`);
    const { postfix, chain } = await open(['smtpd_tls_security_level = encrypt', `smtpd_tls_chain_files = ${join(folder, 'both.pem')}`, 'smtpd_tls_loglevel = 1']);
    const { wrong, undecided } = await chain.verify();
    expect({ wrong, undecided }).toEqual({ wrong: [], undecided: {} });
    expect(postfix.log()).toMatch(/Anonymous TLS connection established/);
  });
});
