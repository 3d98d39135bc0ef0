// What servers and networks do to a question on its way (faults rows 47 to 52), over real sockets on loopback.
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../electron/engine/clock.ts';
import { createMxResolver, type MxResolverWithStats } from '../../../electron/engine/dns/create-mx-resolver.ts';
import type { DnsServer, MxLookup } from '../../../electron/engine/dns/types.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings/schema.ts';
import { a, cname, mx, startLabDns, type LabAnswer, type LabDnsServer, type LabQuery, type LabScript } from '../../lab/dns-server.ts';
import { createScaledClock } from '../../lab/scaled-clock.ts';
import { createDrivenClock } from './driven-clock.ts';

const TRUTH = '93.184.216.34';
const LIE = '6.6.6.6';
const open: { close(): unknown }[] = [];

async function lab(script: LabScript, host?: string): Promise<LabDnsServer> {
  const server = await startLabDns(script, host);
  open.push({ close: () => server.stop() });
  return server;
}

function resolverOver(servers: readonly DnsServer[], options: { clock?: Clock; settings?: Partial<Settings['dns']> } = {}): MxResolverWithStats {
  const settings = { ...DEFAULT_SETTINGS.dns, ...options.settings };
  const resolver = createMxResolver({ servers, settings, clock: options.clock ?? systemClock, ipv6: false, allowLoopback: false });
  open.push(resolver);
  return resolver;
}

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** The implicit MX of `firm.test`, told from a forged one by its address. */
const honest: LabScript = ({ name, type }) => (type === 'A' ? { answers: [a(name, TRUTH)] } : {});
const lying = ({ name, type }: LabQuery): LabAnswer => (type === 'A' ? { answers: [a(name, LIE)] } : {});

function ipOf(result: MxLookup): string {
  return result.kind === 'hosts' ? (result.hosts[0]?.addresses[0]?.ip ?? 'none') : result.kind;
}

/** Lets everything that is under way in this process come to rest. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('silence', () => {
  it('ends at the deadline, not before and not after, with the question asked again on the way', async () => {
    const clock = createDrivenClock();
    const server = await lab(() => []);
    const resolver = resolverOver([server.server], { clock });
    let result: MxLookup | null = null;
    const done = resolver.lookup('firm.test').then((answer) => (result = answer));
    for (const [asked, waitMs] of [[1, 1000], [2, 2000], [3, 4000]] as const) {
      await server.received(asked);
      clock.advance(waitMs);
    }
    await server.received(4);
    clock.advance(999);
    await settled();
    expect(result).toBeNull();
    clock.advance(1);
    expect(await done).toMatchObject({ kind: 'dns_temporary', detail: expect.stringContaining('no answer') as string });
    expect(clock.monotonicMs()).toBe(8000);
    expect([server.queries.length, clock.timers]).toEqual([4, 0]);
  });

  it('of one server is made up for by the next', async () => {
    const clock = createDrivenClock();
    const silent = await lab(() => []);
    const other = await lab(honest);
    const resolver = resolverOver([silent.server, other.server], { clock });
    const done = resolver.lookup('firm.test');
    await silent.received(1);
    clock.advance(1000);
    await silent.received(2);
    clock.advance(1000);
    expect(ipOf(await done)).toBe(TRUTH);
  });

  it('gives each try an id of its own, and takes no answer to an earlier one', async () => {
    const clock = createDrivenClock();
    const first: number[] = [];
    const server = await lab((query) => {
      if (query.type !== 'MX') return honest(query);
      first.push(query.id);
      return first.length === 1 ? [] : { answers: [], id: first.length === 2 ? (first[0] ?? 0) : query.id };
    });
    const resolver = resolverOver([server.server], { clock });
    const done = resolver.lookup('firm.test');
    await server.received(1);
    clock.advance(1000);
    await server.received(2);
    clock.advance(2000);
    expect(ipOf(await done)).toBe(TRUTH);
    expect(new Set(first).size).toBe(3);
  });

  it('is not waited for where nobody listens at the server’s port', async () => {
    const unused = createSocket('udp4');
    await new Promise<void>((resolve) => unused.bind(0, '127.0.0.1', resolve));
    const { port } = unused.address();
    await new Promise<void>((resolve) => unused.close(resolve));
    const other = await lab(honest);
    const dead = { host: '127.0.0.1', port };
    // The driven clock never moves: an answer can only come because the refusal was seen.
    expect(ipOf(await resolverOver([dead, other.server], { clock: createDrivenClock() }).lookup('firm.test'))).toBe(TRUTH);
    expect((await resolverOver([dead], { clock: createDrivenClock() }).lookup('firm.test')).kind).toBe('dns_temporary');
  });
});

describe('forged answers', () => {
  const forgeries: readonly (readonly [string, (query: LabQuery) => LabAnswer])[] = [
    ['another id', (query) => ({ ...lying(query), id: query.id ^ 1 })],
    ['another question', (query) => ({ ...lying(query), question: { name: 'other.test', type: 'A' } })],
    ['another owner name', (query) => ({ answers: [a('other.test', LIE)], ...(query.type === 'MX' && { answers: [mx('other.test', 'mx.evil.test')] }) })],
    ['no question', (query) => ({ ...lying(query), question: null })],
    ['a query’s header', () => ({ raw: Buffer.alloc(12) })],
    ['garbage', (query) => ({ raw: Buffer.from([query.id >> 8, query.id & 255, 0x81, 0x80, 0, 1, 0xff, 0xff, 0, 0, 0, 0, 63, 1, 2, 3]) })],
    ['an empty datagram', () => ({ raw: Buffer.alloc(0) })],
  ];

  it.each(forgeries)('with %s are ignored, and the true one that follows is taken', async (_, forge) => {
    const server = await lab((query) => [forge(query), honest(query) as LabAnswer]);
    expect(ipOf(await resolverOver([server.server]).lookup('firm.test'))).toBe(TRUTH);
  });

  it.each(forgeries)('with %s alone are no answer at all', async (_, forge) => {
    const server = await lab(forge);
    const resolver = resolverOver([server.server], { settings: { timeoutMs: 200 } });
    expect((await resolver.lookup('firm.test')).kind).toBe('dns_temporary');
  });

  it('lets a CNAME in an answer for another name be', async () => {
    const server = await lab((query) => (query.type === 'A' ? { answers: [cname('other.test', query.name), a('other.test', LIE), a(query.name, TRUTH)] } : {}));
    expect(ipOf(await resolverOver([server.server]).lookup('firm.test'))).toBe(TRUTH);
  });

  it('from another address never reach the question', async () => {
    const forger = createSocket('udp4');
    await new Promise<void>((resolve) => forger.bind(0, '127.0.0.2', resolve));
    open.push({ close: () => new Promise<void>((resolve) => forger.close(resolve)) });
    const sent: Promise<void>[] = [];
    const { encode } = await import('dns-packet');
    const server = await lab((query) => {
      const forged = encode({ type: 'response', id: query.id, questions: [{ name: query.name, type: 'A' }], answers: [a(query.name, LIE)] });
      if (query.type === 'A') sent.push(new Promise((resolve) => forger.send(forged, query.clientPort, '127.0.0.1', () => { resolve(); })));
      return query.type === 'A' ? [] : {};
    });
    const resolver = resolverOver([server.server], { settings: { timeoutMs: 200 } });
    expect((await resolver.lookup('firm.test')).kind).toBe('dns_temporary');
    await Promise.all(sent);
    expect(sent.length).toBeGreaterThan(0);
  });

  it('have to guess: ids and source ports differ', async () => {
    const server = await lab(honest);
    const resolver = resolverOver([server.server]);
    await Promise.all(Array.from({ length: 200 }, (_, index) => resolver.lookup(`n${index}.test`)));
    expect(new Set(server.queries.map(({ id }) => id)).size).toBeGreaterThan(350);
    expect(new Set(server.queries.map(({ clientPort }) => clientPort)).size).toBe(4);
  });
});

describe('a server that will not say', () => {
  it.each(['SERVFAIL', 'REFUSED'] as const)('(%s) is left for the next', async (rcode) => {
    const lame = await lab(() => ({ rcode }));
    const other = await lab(honest);
    const resolver = resolverOver([lame.server, other.server]);
    expect(ipOf(await resolver.lookup('firm.test'))).toBe(TRUTH);
    expect(lame.asked('firm.test', 'MX')).toBe(1);
  });

  it('(a referral) is left for the next', async () => {
    const lame = await lab(() => ({ authoritative: false, authorities: [{ type: 'NS', name: 'test', ttl: 300, data: 'ns.test' }] }));
    const other = await lab(honest);
    expect(ipOf(await resolverOver([lame.server, other.server]).lookup('firm.test'))).toBe(TRUTH);
    expect((await resolverOver([lame.server]).lookup('firm.test')).kind).toBe('dns_temporary');
  });

  it('(FORMERR, no EDNS) is asked again without EDNS, once', async () => {
    const old = await lab((query) => (query.edns ? { rcode: 'FORMERR', question: null } : honest(query)));
    expect(ipOf(await resolverOver([old.server]).lookup('firm.test'))).toBe(TRUTH);
    expect(old.queries.map(({ edns }) => edns)).toEqual([true, false, true, false]);
    const broken = await lab(() => ({ rcode: 'FORMERR' }));
    expect((await resolverOver([broken.server]).lookup('firm.test')).kind).toBe('dns_temporary');
    expect(broken.queries).toHaveLength(2);
  });

  it('is told of in words, and so is a run with no server at all', async () => {
    const lame = await lab(() => ({ rcode: 'SERVFAIL' }));
    expect(await resolverOver([lame.server]).lookup('firm.test')).toEqual({ kind: 'dns_temporary', detail: 'MX of firm.test: SERVFAIL from 127.0.0.1' });
    expect(await resolverOver([]).lookup('firm.test')).toEqual({ kind: 'dns_temporary', detail: 'MX of firm.test: no DNS server is configured' });
  });
});

describe('a truncated answer', () => {
  const manyMx = Array.from({ length: 120 }, (_, index) => mx('firm.test', `a-rather-long-mail-host-name-${index}.firm.test`, index));

  it('is asked for again over TCP, however large', async () => {
    const server = await lab((query) => {
      if (query.type === 'A') return { answers: [a(query.name, TRUTH)] };
      return query.transport === 'udp' ? { truncated: true } : { answers: manyMx };
    });
    const resolver = resolverOver([server.server]);
    expect(await resolver.lookup('firm.test')).toMatchObject({ kind: 'hosts', hosts: [{ name: 'a-rather-long-mail-host-name-0.firm.test' }] });
    expect(server.queries.filter(({ transport }) => transport === 'tcp')).toHaveLength(1);
    expect(resolver.stats()).toMatchObject({ tcpQueries: 1, failed: 0 });
  });

  it.each<readonly [string, LabAnswer | readonly LabAnswer[]]>([
    ['truncated over TCP too', { truncated: true }],
    ['garbage over TCP', { raw: Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(2000)) }],
    ['another id over TCP', { id: 1, answers: manyMx }],
    ['silence over TCP', []],
  ])('with %s is no answer', async (_, overTcp) => {
    const server = await lab((query) => (query.transport === 'udp' ? { truncated: true } : overTcp));
    const resolver = resolverOver([server.server], { settings: { timeoutMs: 300 } });
    expect((await resolver.lookup('firm.test')).kind).toBe('dns_temporary');
  });
});

describe('lifetimes', () => {
  it.each([
    [0, 30],
    [3_155_760_000, 86_400],
  ])('a TTL of %i s is kept for %i s', async (ttl, keptSec) => {
    const clock = createDrivenClock();
    const server = await lab(({ name, type }) => (type === 'A' ? { answers: [a(name, TRUTH, ttl)] } : { answers: [mx(name, 'mx.firm.test', 1, ttl)] }));
    const resolver = resolverOver([server.server], { clock });
    await resolver.lookup('firm.test');
    clock.advance(keptSec * 1000 - 1);
    await resolver.lookup('firm.test');
    expect(server.queries).toHaveLength(2);
    clock.advance(1);
    await resolver.lookup('firm.test');
    expect(server.queries).toHaveLength(4);
    expect(resolver.stats()).toMatchObject({ queries: 4, hits: 2, misses: 4 });
  });
});

describe('many at once', () => {
  it('no more than maxInFlight questions are out, and the others follow when those have ended', async () => {
    const clock = createDrivenClock();
    const server = await lab((query) => (Number(/\d+/.exec(query.name)?.[0]) < 20 ? [] : honest(query)));
    const resolver = resolverOver([server.server], { clock, settings: { maxInFlight: 20 } });
    const lookups = Array.from({ length: 60 }, (_, number) => resolver.lookup(`n${number}.test`));
    await server.received(20);
    await settled();
    expect(server.queries).toHaveLength(20);
    for (const [asked, waitMs] of [[40, 1000], [60, 2000], [80, 4000]] as const) {
      clock.advance(waitMs);
      await server.received(asked);
    }
    clock.advance(1000);
    const results = await Promise.all(lookups);
    expect(results.filter(({ kind }) => kind === 'dns_temporary')).toHaveLength(20);
    expect(results.slice(20).map(ipOf)).toEqual(Array.from({ length: 40 }, () => TRUTH));
  });

  it('5,000 names: each is answered rightly, and each question goes out once', async () => {
    const server = await lab((query) => {
      const number = Number(/\d+/.exec(query.name)?.[0] ?? 0);
      if (query.type === 'A') return { answers: [a(query.name, `1.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`)] };
      return number % 3 === 0 ? { answers: [mx(query.name, `shared${number % 10}.test`)] } : {};
    });
    // No question is repeated because this machine is slow: what would be after a second is after twenty.
    const resolver = resolverOver([server.server], { clock: createScaledClock(1 / 20) });
    const results = await Promise.all(Array.from({ length: 5000 }, (_, number) => resolver.lookup(`n${number}.test`)));
    for (const [number, result] of results.entries()) {
      const owner = number % 3 === 0 ? number % 10 : number;
      expect(ipOf(result)).toBe(`1.0.${(owner >> 8) & 255}.${owner & 255}`);
    }
    const questions = server.queries.map(({ name, type }) => `${type} ${name}`);
    expect(new Set(questions).size).toBe(questions.length);
    expect(resolver.stats().failed).toBe(0);
  });
});

describe('close', () => {
  it('ends what is under way, by UDP and TCP, and leaves no timer', async () => {
    const clock = createDrivenClock();
    const server = await lab((query) => (query.transport === 'udp' && query.name === 'big.test' ? { truncated: true } : []));
    const resolver = resolverOver([server.server], { clock });
    const lookups = [resolver.lookup('small.test'), resolver.lookup('big.test')];
    await server.received(3);
    resolver.close();
    for (const result of await Promise.all(lookups)) expect(result.kind).toBe('dns_temporary');
    expect((await resolver.lookup('later.test')).kind).toBe('dns_temporary');
    expect(clock.timers).toBe(0);
    expect(server.queries).toHaveLength(3);
  });
});
