import { describe, expect, it } from 'vitest';
import { destinationOf, isSameServer, mailFlagsOf } from '../../../electron/engine/destinations/destination.ts';
import { providerOf } from '../../../electron/engine/destinations/provider-rules.ts';
import type { MxHost } from '../../../electron/engine/dns/types.ts';

const host = (name: string, ...ips: string[]): MxHost => ({ name, preference: 10, addresses: ips.map((ip) => ({ ip, family: 4 })) });

describe('destinationOf', () => {
  it('is the same for two domains with the same MX hosts, in whatever order', () => {
    const one = destinationOf([host('a.mx.test', '127.0.0.1'), host('b.mx.test', '127.0.0.2')]);
    const two = destinationOf([host('b.mx.test', '127.0.0.2'), host('a.mx.test', '127.0.0.1')]);
    expect(two.key).toBe(one.key);
  });

  it('keeps the order of the targets and leaves out repeated addresses', () => {
    const { targets } = destinationOf([host('a.mx.test', '127.0.0.2', '127.0.0.1'), host('b.mx.test', '127.0.0.2')]);
    expect(targets).toEqual([
      { ip: '127.0.0.2', mxHost: 'a.mx.test' },
      { ip: '127.0.0.1', mxHost: 'a.mx.test' },
    ]);
  });

  it('joins tenants of a known provider that are served from the same addresses', () => {
    const one = destinationOf([host('one-com.mail.protection.outlook.com', '127.0.0.1')]);
    const two = destinationOf([host('two-com.mail.protection.outlook.com', '127.0.0.1')]);
    expect(two.key).toBe(one.key);
    expect(one.provider?.id).toBe('microsoft-365');
  });
});

describe('destinationOf, families', () => {
  it('gives no target to a host that has only addresses of another family', () => {
    const six: MxHost = { name: 'six.mx.test', preference: 10, addresses: [{ ip: '::1', family: 6 }] };
    expect(destinationOf([six], [4]).targets).toEqual([]);
    expect(destinationOf([six]).targets).toEqual([{ ip: '::1', mxHost: 'six.mx.test' }]);
  });

  it('is one destination for all that Google serves', () => {
    const gmail = destinationOf([host('gmail-smtp-in.l.google.com', '127.0.0.1')]);
    const workspace = destinationOf([host('aspmx.l.google.com', '127.0.0.2')]);
    expect(workspace.key).toBe(gmail.key);
  });
});

describe('destinationOf, favoured', () => {
  const at = (name: string, preference: number, ip: string): MxHost => ({ name, preference, addresses: [{ ip, family: 4 }] });
  const hosts = [at('a.mx.test', 10, '127.0.0.1'), at('b.mx.test', 10, '127.0.0.2'), at('c.mx.test', 20, '127.0.0.3')];
  const order = (favoured: string | null) => destinationOf(hosts, [4], favoured).targets.map(({ mxHost }) => mxHost.charAt(0)).join('');

  it('tries the host that answered before first among its equals, and never before a better one', () => {
    expect([order(null), order('a.mx.test'), order('b.mx.test'), order('c.mx.test'), order('gone.mx.test')]).toEqual(['abc', 'abc', 'bac', 'abc', 'abc']);
  });
});

describe('who serves a domain', () => {
  it('is told once each, gateway and provider', () => {
    const hosts = [host('d1a.ess.barracudanetworks.com'), host('d1b.ess.barracudanetworks.com'), host('x.mail.protection.outlook.com'), host('mx.own.test')];
    expect(mailFlagsOf(hosts)).toEqual(['gateway:barracuda', 'provider:microsoft-365']);
  });

  it('is the same server by name, by address, or as one cluster of a provider', () => {
    const one = { mxHost: 'mx1.a.test', ip: '127.0.0.1' };
    expect(isSameServer(one, { mxHost: 'mx1.a.test', ip: '127.0.0.2' })).toBe(true);
    expect(isSameServer(one, { mxHost: 'mx2.a.test', ip: '127.0.0.1' })).toBe(true);
    expect(isSameServer(one, { mxHost: 'mx2.a.test', ip: '127.0.0.2' })).toBe(false);
    expect(isSameServer({ mxHost: 'aspmx.l.google.com', ip: '127.0.0.1' }, { mxHost: 'alt1.aspmx.l.google.com', ip: '127.0.0.2' })).toBe(true);
    expect(isSameServer({ mxHost: 'aspmx.l.google.com', ip: '127.0.0.1' }, { mxHost: 'eu-smtp-1.mimecast.com', ip: '127.0.0.2' })).toBe(false);
    expect(isSameServer({ mxHost: 'spool.mail.gandi.net', ip: '127.0.0.1' }, { mxHost: 'fb.mail.gandi.net', ip: '127.0.0.2' })).toBe(false);
  });
});

describe('providerOf', () => {
  const known: readonly [string, string][] = [
    ['aspmx.l.google.com', 'google'],
    ['alt1.gmail-smtp-in.l.google.com', 'google'],
    ['outlook-com.olc.protection.outlook.com', 'microsoft-consumer'],
    ['tenant.mail.protection.outlook.com', 'microsoft-365'],
    ['tenant.k-v1.mx.microsoft', 'microsoft-365'],
    ['mta5.am0.yahoodns.net', 'yahoo'],
    ['mxs.mail.ru', 'mailru'],
    ['mx01.mail.icloud.com', 'icloud'],
    ['eu-smtp-inbound-1.mimecast.com', 'mimecast'],
    ['mx0a-001.pphosted.com', 'proofpoint'],
  ];
  for (const [mxHost, id] of known) {
    it(`knows ${mxHost} as ${id}`, () => {
      expect(providerOf(mxHost)?.id).toBe(id);
    });
  }

  it('is not fooled by a name that only contains a provider', () => {
    expect(providerOf('aspmx.l.google.com.evil.test')).toBeNull();
    expect(providerOf('notgoogle.com')).toBeNull();
  });

  it('asks Microsoft consumer one recipient a transaction and calls Yahoo unverifiable', () => {
    expect(providerOf('x.olc.protection.outlook.com')?.recipientsPerTransaction).toBe(1);
    expect(providerOf('mta5.am0.yahoodns.net')?.unverifiable).toBe(true);
  });
});
