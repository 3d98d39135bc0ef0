// The whole chain against Exim and OpenSMTPD from Debian's packages, each with its defaults: every verdict is right in one
// pass, and neither ever had to drop a session.
import { afterEach, describe, expect, it } from 'vitest';
import { startExim } from '../../lab/exim.ts';
import { startOpenSmtpd } from '../../lab/opensmtpd.ts';
import { openChain, people, usersOf } from './chain.ts';

const DOMAINS = ['one.test', 'two.test', 'three.test', 'four.test', 'five.test'];
const ASKED = people(200, DOMAINS);

let stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.reverse()) await stop();
  stopping = [];
});

describe('winnow verify', { timeout: 180_000 }, () => {
  it('is right about 200 addresses at an Exim', async () => {
    const exim = await startExim({ domains: DOMAINS, users: usersOf(ASKED) });
    stopping.push(() => exim.stop());
    const chain = await openChain({ server: exim, domains: DOMAINS, asked: ASKED });
    stopping.push(() => chain.close());
    const { wrong, undecided, summary } = await chain.verify();
    expect({ wrong, undecided, cutOff: summary.smtp.closedWith421 }).toEqual({ wrong: [], undecided: {}, cutOff: 0 });
    // It writes here what it refuses: the unknown and a random one a domain, and nothing else.
    const refused = [...exim.rejectLog().matchAll(/ rejected RCPT <([^>]+)>: Unrouteable address/g)].map(([, address]) => address);
    const random = refused.filter((address) => !ASKED.some((person) => person.address === address));
    expect(random).toHaveLength(DOMAINS.length);
    expect(refused).toHaveLength(ASKED.filter(({ exists }) => !exists).length + DOMAINS.length);
    expect(exim.mainLog()).not.toMatch(/too many nonmail|SMTP (?:protocol )?(?:syntax|synchronization) error|unexpected disconnection/);
  });

  it('is right about 200 addresses at an OpenSMTPD, one command at a time', async () => {
    const smtpd = await startOpenSmtpd({ domains: DOMAINS, users: usersOf(ASKED) });
    stopping.push(() => smtpd.stop());
    const chain = await openChain({ server: smtpd, domains: DOMAINS, asked: ASKED });
    stopping.push(() => chain.close());
    const { wrong, undecided, summary } = await chain.verify();
    expect({ wrong, undecided, cutOff: summary.smtp.closedWith421 }).toEqual({ wrong: [], undecided: {}, cutOff: 0 });
    expect(smtpd.log()).not.toContain('Pipelining not supported');
    expect(smtpd.log()).toContain('Mailing list expansion problem');
  });
});
