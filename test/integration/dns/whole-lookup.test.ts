// A look-up as a whole: eight seconds for everything that it needs (faults row 47), memory without a promise, warm-up.
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import { createMxResolver, type MxResolverWithStats } from '../../../electron/engine/dns/create-mx-resolver.ts';
import type { MxLookup } from '../../../electron/engine/dns/types.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { a, cname, mx, startLabDns, zoneScript, type LabDnsServer, type LabScript } from '../../lab/dns-server.ts';
import { createDrivenClock, type DrivenClock } from './driven-clock.ts';

const PUBLIC = '93.184.216.34';
const open: { close(): unknown }[] = [];

async function world(script: LabScript, clock = createDrivenClock()): Promise<{ server: LabDnsServer; resolver: MxResolverWithStats; clock: DrivenClock; observed: string[] }> {
  const server = await startLabDns(script);
  open.push({ close: () => server.stop() });
  const observed: string[] = [];
  const observer = { lookup: (tookMs: number, outcome: string) => observed.push(`${outcome} ${Math.round(tookMs)}`), question: () => undefined };
  const resolver = createMxResolver({ servers: [server.server], settings: DEFAULT_SETTINGS.dns, clock, ipv6: false, allowLoopback: false, observer });
  open.push(resolver);
  return { server, resolver, clock, observed };
}

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Silent to the first tries of a name and type. */
const after = (tries: number, script: LabScript): LabScript => (query) => (query.times <= tries ? [] : script(query));

describe('eight seconds are for all of', () => {
  it.each<readonly [string, LabScript, MxLookup['kind']]>([
    ['the MX and the addresses of its hosts', (query) => (query.type === 'MX' ? after(2, zoneScript([mx('firm.test', 'mx.test')]))(query) : []), 'dns_temporary'],
    ['NXDOMAIN and its confirmation', (query) => (query.type === 'MX' ? after(2, zoneScript([]))(query) : []), 'dns_temporary'],
    ['the steps of an alias', (query) => (query.name === 'firm.test' ? after(2, zoneScript([cname('firm.test', 'x.test')]))(query) : []), 'dns_temporary'],
    ['an implicit MX', (query) => (query.type === 'MX' ? after(2, zoneScript([a('firm.test', PUBLIC)]))(query) : []), 'dns_temporary'],
  ])('%s', async (_, script, kind) => {
    const { server, resolver, clock, observed } = await world(script);
    let result: MxLookup | null = null;
    const done = resolver.lookup('firm.test').then((answer) => (result = answer));
    // Three questions until the first answer, at 3 s; then three that nobody answers, at 3, 4 and 6 s.
    for (const [received, waitMs] of [[1, 1000], [2, 2000], [4, 1000], [5, 2000], [6, 1999]] as const) {
      await server.received(received);
      clock.advance(waitMs);
    }
    await settled();
    expect(result).toBeNull();
    clock.advance(1);
    expect((await done).kind).toBe(kind);
    expect([clock.monotonicMs(), server.queries.length]).toEqual([8000, 6]);
    expect(observed).toEqual([`${kind} 8000`]);
  });

  it('the TCP that follows a cut answer', async () => {
    const { server, resolver, clock } = await world((query) => (query.transport === 'tcp' ? [] : after(2, () => ({ truncated: true }))(query)));
    const done = resolver.lookup('firm.test');
    for (const [received, waitMs] of [[1, 1000], [2, 2000], [4, 5000]] as const) {
      await server.received(received);
      clock.advance(waitMs);
    }
    expect((await done).kind).toBe('dns_temporary');
    expect(clock.timers).toBe(0);
  });

  it('the hosts, and those that are known by then count', async () => {
    const zone = zoneScript([mx('firm.test', 'good.test', 10), mx('firm.test', 'silent.test', 5), a('good.test', PUBLIC)]);
    const { server, resolver, clock } = await world((query) => (query.name === 'silent.test' ? [] : zone(query)));
    const done = resolver.lookup('firm.test');
    // MX, good and silent; then silent again, over and over.
    for (const [received, waitMs] of [[3, 1000], [4, 2000], [5, 4000], [6, 1000]] as const) {
      await server.received(received);
      await settled();
      clock.advance(waitMs);
    }
    expect(await done).toMatchObject({ kind: 'hosts', hosts: [{ name: 'good.test' }] });
    expect(clock.monotonicMs()).toBe(8000);
  });
});

describe('lookupNow', () => {
  const zone = [cname('firm.test', 'real.test'), mx('real.test', 'mx.test'), a('mx.test', PUBLIC), mx('null.test', '.', 0), a('plain.test', PUBLIC)];

  it.each(['firm.test', 'null.test', 'plain.test', 'gone.test'])('says at once what was found out about %s, and nothing before', async (domain) => {
    const { server, resolver, observed } = await world(zoneScript(zone));
    expect(resolver.lookupNow(domain)).toBeNull();
    const found = await resolver.lookup(domain);
    const { length } = server.queries;
    expect(resolver.lookupNow(domain)).toEqual(found);
    expect(resolver.lookupNow(`${domain.toUpperCase()}.`)).toEqual(found);
    expect(await resolver.lookup(domain)).toEqual(found);
    expect(server.queries).toHaveLength(length);
    expect(observed).toEqual(Array.from({ length: 4 }, () => `${found.kind} 0`));
  });

  it('says nothing once an answer that it needs has expired', async () => {
    const { resolver, clock } = await world(zoneScript([mx('firm.test', 'mx.test', 1, 600), a('mx.test', PUBLIC, 60)]));
    await resolver.lookup('firm.test');
    clock.advance(59_999);
    expect(resolver.lookupNow('firm.test')?.kind).toBe('hosts');
    clock.advance(1);
    expect(resolver.lookupNow('firm.test')).toBeNull();
  });
});

describe('warmUp', () => {
  it('makes the look-ups that follow cost nothing', async () => {
    const domains = Array.from({ length: 300 }, (_, index) => `n${index}.test`);
    const { server, resolver } = await world(({ name, type }) => (type === 'A' ? { answers: [a(name, PUBLIC)] } : {}));
    await resolver.warmUp([...domains, ...domains]);
    expect(server.queries).toHaveLength(600);
    for (const domain of domains) expect(resolver.lookupNow(domain)?.kind).toBe('hosts');
  });

  it('ends where the network does not answer', async () => {
    const server = await startLabDns(() => ({ rcode: 'SERVFAIL' }));
    open.push({ close: () => server.stop() });
    const resolver = createMxResolver({ servers: [server.server], settings: DEFAULT_SETTINGS.dns, clock: systemClock, ipv6: false, allowLoopback: false });
    open.push(resolver);
    await resolver.warmUp(['a.test', 'b.test', 'not a name']);
    expect(resolver.lookupNow('a.test')).toBeNull();
  });
});
