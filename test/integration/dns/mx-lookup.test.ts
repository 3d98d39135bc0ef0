// Each state of an MX look-up, over real messages from a scripted server.
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from 'dns-packet';
import { systemClock } from '../../../electron/engine/clock.ts';
import { createMxResolver, type MxResolverOptions, type MxResolverWithStats } from '../../../electron/engine/dns/create-mx-resolver.ts';
import type { MxLookup } from '../../../electron/engine/dns/types.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { a, aaaa, cname, mx, startLabDns, zoneScript, type LabDnsServer, type LabScript } from '../../lab/dns-server.ts';

const PUBLIC = '93.184.216.34';
const PUBLIC_V6 = '2606:2800:220:1::1';
const open: { lab: LabDnsServer; resolver: MxResolverWithStats }[] = [];

async function world(script: LabScript, options: Partial<MxResolverOptions> = {}) {
  const lab = await startLabDns(script);
  const resolver = createMxResolver({ servers: [lab.server], settings: DEFAULT_SETTINGS.dns, clock: systemClock, ipv6: true, allowLoopback: false, ...options });
  open.push({ lab, resolver });
  return { lab, resolver };
}

async function lookup(records: readonly Answer[], options: Partial<MxResolverOptions> = {}): Promise<MxLookup> {
  const { resolver } = await world(zoneScript(records), options);
  return resolver.lookup('firm.test');
}

afterEach(async () => {
  const used = open.splice(0);
  for (const { resolver } of used) resolver.close();
  await Promise.all([...new Set(used.map(({ lab }) => lab))].map((lab) => lab.stop()));
});

function namesAndIps(result: MxLookup): readonly (readonly [string, readonly string[]])[] {
  if (result.kind !== 'hosts') throw new Error(`No hosts but ${JSON.stringify(result)}`);
  return result.hosts.map((host) => [host.name, host.addresses.map(({ ip }) => ip)]);
}

describe('hosts', () => {
  it('come by preference, with their addresses of both families, IPv4 first', async () => {
    const result = await lookup([mx('firm.test', 'mx2.firm.test', 20), mx('firm.test', 'MX1.firm.test', 10), a('mx1.firm.test', PUBLIC), aaaa('mx1.firm.test', PUBLIC_V6), a('mx2.firm.test', '1.1.1.1')]);
    expect(result).toEqual({
      kind: 'hosts',
      implicit: false,
      hosts: [
        { name: 'mx1.firm.test', preference: 10, addresses: [{ ip: PUBLIC, family: 4 }, { ip: PUBLIC_V6, family: 6 }] },
        { name: 'mx2.firm.test', preference: 20, addresses: [{ ip: '1.1.1.1', family: 4 }] },
      ],
    });
  });

  it('are the domain itself where there is no MX', async () => {
    expect(await lookup([a('firm.test', PUBLIC)])).toEqual({ kind: 'hosts', implicit: true, hosts: [{ name: 'firm.test', preference: 0, addresses: [{ ip: PUBLIC, family: 4 }] }] });
    expect(await lookup([aaaa('firm.test', PUBLIC_V6)])).toMatchObject({ kind: 'hosts', implicit: true });
  });

  it('are asked for IPv6 only where the run has it, or where there is nothing else', async () => {
    const records = [mx('firm.test', 'mx.firm.test'), a('mx.firm.test', PUBLIC), aaaa('mx.firm.test', PUBLIC_V6)];
    const { lab, resolver } = await world(zoneScript(records), { ipv6: false });
    expect(namesAndIps(await resolver.lookup('firm.test'))).toEqual([['mx.firm.test', [PUBLIC]]]);
    expect(lab.asked('mx.firm.test', 'AAAA')).toBe(0);
    // Handed out all the same: that nothing connects is for the dial to find out (faults row 54: no_connect).
    expect(namesAndIps(await lookup([mx('firm.test', 'mx.firm.test'), aaaa('mx.firm.test', PUBLIC_V6)], { ipv6: false }))).toEqual([['mx.firm.test', [PUBLIC_V6]]]);
  });

  it('are found through CNAMEs of the domain and of the MX host, up to eight steps', async () => {
    const chain = Array.from({ length: 8 }, (_, step) => cname(step === 0 ? 'mx.firm.test' : `step${step}.test`, step === 7 ? 'end.test' : `step${step + 1}.test`));
    const records = [cname('firm.test', 'real.test'), mx('real.test', 'mx.firm.test'), ...chain, a('end.test', PUBLIC)];
    expect(namesAndIps(await lookup(records))).toEqual([['mx.firm.test', [PUBLIC]]]);
  });

  it('are at most five addresses in all, by preference, and each name and address once', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `mx${index}.firm.test`);
    const records = [...many.flatMap((name, index) => [mx('firm.test', name, index), mx('firm.test', name, index), a(name, `1.0.0.${index >> 1}`)])];
    const { lab, resolver } = await world(zoneScript(records), { ipv6: false });
    expect(namesAndIps(await resolver.lookup('firm.test'))).toEqual([0, 2, 4, 6, 8].map((index) => [`mx${index}.firm.test`, [`1.0.0.${index >> 1}`]]));
    expect(lab.queries.length).toBeLessThanOrEqual(11);
  });

  it('of equal preference are shuffled', async () => {
    const records = ['a', 'b', 'c'].flatMap((name, index) => [mx('firm.test', `${name}.test`), a(`${name}.test`, `1.0.0.${index + 1}`)]);
    const { resolver } = await world(zoneScript(records));
    const firsts = new Set<string | undefined>();
    for (let round = 0; round < 100; round += 1) firsts.add(namesAndIps(await resolver.lookup('firm.test'))[0]?.[0]);
    expect([...firsts].sort()).toEqual(['a.test', 'b.test', 'c.test']);
  });

  it('that may not be dialled are left out where others may', async () => {
    const records = [mx('firm.test', 'inside.test', 1), a('inside.test', '10.0.0.1'), mx('firm.test', 'mx.test', 2), a('mx.test', PUBLIC), a('mx.test', '127.0.0.1'), mx('firm.test', '192.0.2.1', 0)];
    expect(namesAndIps(await lookup(records))).toEqual([['mx.test', [PUBLIC]]]);
  });

  it('on loopback are handed out to runs that may dial it, and to no others', async () => {
    const records = [mx('firm.test', 'mx.test'), a('mx.test', '127.77.0.10')];
    expect(namesAndIps(await lookup(records, { allowLoopback: true }))).toEqual([['mx.test', ['127.77.0.10']]]);
    expect(await lookup(records)).toEqual({ kind: 'unroutable_mx' });
  });
});

describe('certain answers that nobody takes mail', () => {
  it('domain_not_found: NXDOMAIN, asked twice', async () => {
    const { lab, resolver } = await world(zoneScript([]));
    expect(await resolver.lookup('firm.test')).toEqual({ kind: 'domain_not_found' });
    expect(lab.asked('firm.test')).toBe(2);
    // Kept as confirmed: not asked again.
    expect(await resolver.lookup('firm.test')).toEqual({ kind: 'domain_not_found' });
    expect(lab.asked('firm.test')).toBe(2);
  });

  it('domain_not_found: the second query goes to another server', async () => {
    const other = await world(zoneScript([mx('firm.test', 'mx.test'), a('mx.test', PUBLIC)]));
    const { lab, resolver } = await world(zoneScript([]));
    resolver.close();
    const both = createMxResolver({ servers: [lab.server, other.lab.server], settings: DEFAULT_SETTINGS.dns, clock: systemClock, ipv6: true, allowLoopback: false });
    open.push({ lab, resolver: both });
    expect((await both.lookup('firm.test')).kind).toBe('hosts');
    expect((await both.lookup('gone.test')).kind).toBe('domain_not_found');
    expect([lab.asked('gone.test'), other.lab.asked('gone.test')]).toEqual([1, 1]);
  });

  it('no_mail_server: the name exists, with no MX, no A and no AAAA', async () => {
    const { lab, resolver } = await world(zoneScript([{ type: 'TXT', name: 'firm.test', ttl: 300, data: 'x' }]));
    expect(await resolver.lookup('firm.test')).toEqual({ kind: 'no_mail_server' });
    expect(['MX', 'A', 'AAAA'].map((type) => lab.asked('firm.test', type))).toEqual([1, 1, 1]);
  });

  it('null_mx: RFC 7505, whatever the addresses are', async () => {
    expect(await lookup([mx('firm.test', '.', 0), a('firm.test', PUBLIC)])).toEqual({ kind: 'null_mx' });
  });

  it.each([
    ['an IP literal', [mx('firm.test', '93.184.216.34')]],
    ['loopback', [mx('firm.test', 'mx.test'), a('mx.test', '127.0.0.1')]],
    ['0.0.0.0', [mx('firm.test', 'mx.test'), a('mx.test', '0.0.0.0')]],
    ['::1', [mx('firm.test', 'mx.test'), aaaa('mx.test', '::1')]],
    ['mapped loopback', [mx('firm.test', 'mx.test'), aaaa('mx.test', '::ffff:127.0.0.1')]],
    ['a name that does not exist', [mx('firm.test', 'gone.test')]],
    ['a name without addresses', [mx('firm.test', 'mx.test'), mx('mx.test', 'x.test')]],
    ['itself on loopback, implicitly', [a('firm.test', '127.0.0.1')]],
  ])('unroutable_mx: the only MX is %s', async (_, records) => {
    expect(await lookup(records)).toEqual({ kind: 'unroutable_mx' });
  });
});

describe('answers that prove nothing', () => {
  it.each([
    ['10.0.0.1', a('mx.test', '10.0.0.1')],
    ['169.254.169.254', a('mx.test', '169.254.169.254')],
    ['100.64.0.1', a('mx.test', '100.64.0.1')],
    ['192.0.2.1', a('mx.test', '192.0.2.1')],
    ['fc00::1', aaaa('mx.test', 'fc00::1')],
    ['::ffff:10.0.0.1', aaaa('mx.test', '::ffff:10.0.0.1')],
    ['64:ff9b::a00:1', aaaa('mx.test', '64:ff9b::a00:1')],
    ['2002:a00:1::1', aaaa('mx.test', '2002:a00:1::1')],
  ])('blocked_target: %s may be split-horizon DNS', async (_ip, address) => {
    expect(await lookup([mx('firm.test', 'mx.test'), address])).toMatchObject({ kind: 'blocked_target', detail: expect.stringContaining('not public') as string });
  });

  it('blocked_target wins over unroutable_mx: one MX might be reached from elsewhere', async () => {
    expect((await lookup([mx('firm.test', 'a.test'), a('a.test', '127.0.0.1'), mx('firm.test', 'b.test'), a('b.test', '10.0.0.1')])).kind).toBe('blocked_target');
  });

  it('dns_temporary: SERVFAIL for the MX, kept by nobody', async () => {
    const { lab, resolver } = await world(() => ({ rcode: 'SERVFAIL' }));
    expect(await resolver.lookup('firm.test')).toMatchObject({ kind: 'dns_temporary', detail: expect.stringContaining('SERVFAIL') as string });
    await resolver.lookup('firm.test');
    expect(lab.asked('firm.test', 'MX')).toBe(2);
  });

  it('dns_temporary: no MX, but the addresses could not be asked for', async () => {
    const { resolver } = await world((query) => (query.type === 'AAAA' ? { rcode: 'SERVFAIL' } : {}));
    expect((await resolver.lookup('firm.test')).kind).toBe('dns_temporary');
  });

  it('dns_temporary: a name that exists when its MX is asked for and does not when its address is', async () => {
    const { resolver } = await world((query) => (query.type === 'MX' ? {} : { rcode: 'NXDOMAIN' }));
    expect(await resolver.lookup('firm.test')).toMatchObject({ kind: 'dns_temporary', detail: expect.stringContaining('contradictory') as string });
  });

  it('dns_temporary: one MX host is unroutable and the other could not be resolved', async () => {
    const { resolver } = await world((query) => (query.name === 'b.test' ? { rcode: 'SERVFAIL' } : zoneScript([mx('firm.test', 'a.test'), mx('firm.test', 'b.test'), a('a.test', '127.0.0.1')])(query)));
    expect((await resolver.lookup('firm.test')).kind).toBe('dns_temporary');
  });

  it('dns_temporary: NXDOMAIN that the second query does not confirm', async () => {
    const { resolver } = await world((query) => (query.type === 'MX' ? { rcode: 'NXDOMAIN' } : { rcode: 'SERVFAIL' }));
    expect(await resolver.lookup('firm.test')).toMatchObject({ kind: 'dns_temporary', detail: expect.stringContaining('not confirmed') as string });
  });

  it('implicit MX: a server that answers NXDOMAIN for the MX of a name that has an address', async () => {
    const { resolver } = await world((query) => (query.type === 'A' ? { answers: [a('firm.test', PUBLIC)] } : { rcode: 'NXDOMAIN' }));
    expect(await resolver.lookup('firm.test')).toMatchObject({ kind: 'hosts', implicit: true });
  });

  it.each([
    ['of the domain', [cname('firm.test', 'x.test'), cname('x.test', 'firm.test')]],
    ['of the MX host', [mx('firm.test', 'mx.test'), cname('mx.test', 'y.test'), cname('y.test', 'mx.test')]],
  ])('dns_temporary: a CNAME loop %s, never an implicit MX', async (_, records) => {
    expect(await lookup(records)).toMatchObject({ kind: 'dns_temporary', detail: expect.stringContaining('CNAME loop') as string });
  });

  it('dns_temporary: a CNAME chain of nine', async () => {
    const chain = Array.from({ length: 9 }, (_, step) => cname(step === 0 ? 'mx.test' : `s${step}.test`, `s${step + 1}.test`));
    expect(await lookup([mx('firm.test', 'mx.test'), ...chain, a('s9.test', PUBLIC)])).toMatchObject({ kind: 'dns_temporary', detail: expect.stringContaining('too long') as string });
  });

  it('dns_temporary: names that cannot be asked for, of MX and of domain', async () => {
    expect((await lookup([mx('firm.test', 'mail server.test')])).kind).toBe('dns_temporary');
    const { lab, resolver } = await world(() => []);
    for (const domain of ['', 'a b.test', 'x\0.test', `${'a'.repeat(64)}.test`]) expect((await resolver.lookup(domain)).kind).toBe('dns_temporary');
    expect(lab.queries).toHaveLength(0);
  });

  it('dns_temporary: more MX hosts than are resolved, and none of the first can be dialled', async () => {
    const records = Array.from({ length: 21 }, (_, index) => [mx('firm.test', `mx${index}.test`, index), a(`mx${index}.test`, '127.0.0.1')]).flat();
    expect((await lookup(records)).kind).toBe('dns_temporary');
    expect((await lookup(records.slice(0, 40))).kind).toBe('unroutable_mx');
  });
});

describe('a DNS server that answers names that do not exist', () => {
  const ADVERT = '1.2.3.4';
  const hijacking: LabScript = (query) => (query.type === 'A' ? { answers: [a(query.name, ADVERT)] } : query.name.startsWith('nx') ? { rcode: 'NXDOMAIN' } : {});

  it('is found out by a name under .invalid', async () => {
    const { lab, resolver } = await world(hijacking);
    expect(await resolver.checkForHijacking()).toBe('hijacked');
    expect(lab.queries[0]?.name).toMatch(/^[0-9a-f]{16}\.invalid$/);
    expect(await (await world(zoneScript([]))).resolver.checkForHijacking()).toBe('honest');
    expect(await (await world(() => ({ rcode: 'SERVFAIL' }))).resolver.checkForHijacking()).toBe('unknown');
  });

  it('is no witness for domain_not_found, and its own address is no implicit MX', async () => {
    const { resolver } = await world(hijacking);
    expect((await resolver.lookup('some.test')).kind).toBe('hosts');
    await resolver.checkForHijacking();
    expect(await resolver.lookup('some.test')).toMatchObject({ kind: 'dns_temporary', detail: expect.stringContaining('do not exist') as string });
    const honestOnce = await world((query) => (query.name.endsWith('.invalid') ? { answers: [a(query.name, ADVERT)] } : { rcode: 'NXDOMAIN' }));
    await honestOnce.resolver.checkForHijacking();
    expect((await honestOnce.resolver.lookup('gone.test')).kind).toBe('dns_temporary');
  });
});
