// DNS: cold, warm and bulk look-ups against a server on loopback, beside Node's own resolver with the same names and as
// many questions outstanding; what the cache does in memory; how long a sweep of it stops everything else.
// The server is a process of its own. Rounds of the two sides take turns, so that both meet the same machine.
import { Resolver } from 'node:dns/promises';
import { createSocket } from 'node:dgram';
import { loadavg } from 'node:os';
import { once } from 'node:events';
import { systemClock } from '../../electron/engine/clock.ts';
import { askConfirmed } from '../../electron/engine/dns/ask-confirmed.ts';
import { createMxResolver } from '../../electron/engine/dns/create-mx-resolver.ts';
import type { DnsAnswer } from '../../electron/engine/dns/dns-answer.ts';
import { createDnsCache, type DnsCache } from '../../electron/engine/dns/dns-cache.ts';
import { encodeQuestion } from '../../electron/engine/dns/encode-question.ts';
import { createMemoryCacheLevel } from '../../electron/engine/dns/memory-cache-level.ts';
import { createResolver } from '../../electron/engine/dns/resolver.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/schema.ts';
import type { BenchmarkResult } from './benchmark.ts';
import { measureSweep } from './dns-sweep.ts';
import { startFarmDnsServer, type FarmDnsServer } from './farm/dns-server.ts';

const ROUNDS = 3;
const COLD_NAMES = 100_000;
const OUTSTANDING = 500;
const WARM_NAMES = 5_000;
const WARM_PASSES = 400;

interface Speed {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly failed: number;
}

export async function dns(): Promise<BenchmarkResult> {
  const server = await startFarmDnsServer();
  try {
    const cold: Speed[] = [];
    const node: Speed[] = [];
    const raw: Speed[] = [];
    const domains: Speed[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const names = namesOf(COLD_NAMES, `r${String(round)}`);
      raw.push(await rawDatagrams(server, COLD_NAMES));
      cold.push(await coldQuestions(server, names));
      node.push(await nodeQuestions(server, names));
      domains.push(await coldDomains(server, names.slice(0, COLD_NAMES / 4)));
    }
    const memory = await inMemory(server);
    const sweep = await measureSweep();
    const nodeSpeed = median(node.map(({ perSecond }) => perSecond));
    const coldSpeed = median(cold.map(({ perSecond }) => perSecond));
    return {
      checks: [
        { name: `cold, ${String(OUTSTANDING)} outstanding`, value: Math.round(coldSpeed), unit: 'questions/s', op: '>=', bar: 80_000 },
        { name: `memory hits at ${String(WARM_NAMES)} names`, value: Math.round(memory.hits), unit: 'hits/s', op: '>=', bar: 3_000_000 },
        { name: 'longest sweep pause at 1 M entries', value: round(sweep.longestMs), unit: 'ms', op: '<=', bar: 5 },
      ],
      details: {
        server: `${server.program}, own process, loopback`,
        loadAverage: loadavg().map(round),
        rounds: ROUNDS,
        cold: { names: COLD_NAMES, outstanding: OUTSTANDING, ours: told(cold), nodeDns: told(node), ratio: round(coldSpeed / nodeSpeed) },
        rawDatagrams: { what: 'the same messages over bare dgram sockets, nothing read: the limit', ...told(raw), oursOfLimit: round(coldSpeed / median(raw.map(({ perSecond }) => perSecond))) },
        coldDomains: { what: 'MX look-ups of whole domains: MX, A and AAAA', ...told(domains) },
        warm: { names: WARM_NAMES, hitsPerSecond: Math.round(memory.hits), lookupNowPerSecond: Math.round(memory.lookups), nodeDnsPerSecond: Math.round(nodeSpeed), ratio: round(memory.hits / nodeSpeed) },
        bulk: { names: WARM_NAMES, getManyPerSecond: Math.round(memory.bulk), nodeDnsPerSecond: Math.round(nodeSpeed), ratio: round(memory.bulk / nodeSpeed) },
        cacheOperations: memory.operations,
        sweep,
      },
    };
  } finally {
    await server.stop();
  }
}

function freshCache(server: FarmDnsServer): { readonly cache: DnsCache; readonly close: () => void } {
  const settings = { ...DEFAULT_SETTINGS.dns, maxInFlight: OUTSTANDING };
  const resolver = createResolver({ servers: [server], settings, clock: systemClock });
  const cache = createDnsCache({
    levels: [createMemoryCacheLevel({ maxEntries: settings.cacheMaxEntries, shards: settings.cacheShards, clock: systemClock })],
    clock: systemClock,
    source: (asked) => {
      askConfirmed(resolver, asked);
    },
  });
  return { cache, close: () => { resolver.close(); cache.close(); } };
}

async function coldQuestions(server: FarmDnsServer, names: readonly string[]): Promise<Speed> {
  const { cache, close } = freshCache(server);
  const speed = await atOnce(
    names,
    (name) => cache.ask(name, 'MX', systemClock.monotonicMs() + DEFAULT_SETTINGS.dns.timeoutMs),
    (result, name) => result.kind === 'records' && result.mx[0]?.exchange === `mx.${name}`,
  );
  close();
  return speed;
}

async function nodeQuestions(server: FarmDnsServer, names: readonly string[]): Promise<Speed> {
  const resolver = new Resolver();
  resolver.setServers([`${server.host}:${String(server.port)}`]);
  return atOnce(names, (name) => resolver.resolveMx(name).catch(() => []), ([first], name) => first?.exchange === `mx.${name}`);
}

async function coldDomains(server: FarmDnsServer, names: readonly string[]): Promise<Speed> {
  const settings = { ...DEFAULT_SETTINGS.dns, maxInFlight: OUTSTANDING };
  const resolver = createMxResolver({ servers: [server], settings, clock: systemClock, ipv6: true, allowLoopback: false });
  const speed = await atOnce(names, (name) => resolver.lookup(name), ({ kind }) => kind === 'hosts');
  resolver.close();
  return speed;
}

/** What dgram can do at all: each answer is followed by the next question, and nothing is read. */
async function rawDatagrams(server: FarmDnsServer, count: number): Promise<Speed> {
  const message = encodeQuestion(1, { name: 'limit.example.com', type: 'MX' }, true);
  const sockets = await Promise.all(Array.from({ length: 4 }, async () => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
    socket.connect(server.port, server.host);
    await once(socket, 'connect');
    return socket;
  }));
  let sent = 0;
  let received = 0;
  const speed = await timed(count, () => new Promise<void>((resolve) => {
    const end = setTimeout(resolve, 10_000);
    for (const socket of sockets) {
      socket.on('message', () => {
        received += 1;
        if (sent < count) { sent += 1; socket.send(Buffer.from(message)); }
        if (received === count) { clearTimeout(end); resolve(); }
      });
    }
    for (; sent < OUTSTANDING; sent += 1) sockets[sent % 4]?.send(Buffer.from(message));
  }));
  for (const socket of sockets) socket.close();
  return { ...speed, failed: count - received };
}

interface InMemory {
  readonly hits: number;
  readonly lookups: number;
  readonly bulk: number;
  readonly operations: Readonly<Record<string, number>>;
}

async function inMemory(server: FarmDnsServer): Promise<InMemory> {
  const names = namesOf(WARM_NAMES, 'warm');
  const { cache, close } = freshCache(server);
  await atOnce(names, (name) => cache.ask(name, 'MX', systemClock.monotonicMs() + 8_000), ({ kind }) => kind === 'records');
  const hit = (): void => {
    for (const name of names) if (cache.tryAsk(name, 'MX') === null) throw new Error(`not in memory: ${name}`);
  };
  const hits = medianOf(() => perSecond(WARM_NAMES * WARM_PASSES, () => { for (let pass = 0; pass < WARM_PASSES; pass += 1) hit(); }));
  const questions = names.map((name) => ({ name, type: 'MX' as const }));
  const bulk: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    for (let pass = 0; pass < 40; pass += 1) await cache.getMany(questions);
    bulk.push((WARM_NAMES * 40 * 1000) / (performance.now() - startedMs));
  }
  close();

  const resolver = createMxResolver({ servers: [server], settings: DEFAULT_SETTINGS.dns, clock: systemClock, ipv6: true, allowLoopback: false });
  await resolver.warmUp(names);
  const lookups = medianOf(() => perSecond(WARM_NAMES * 40, () => {
    for (let pass = 0; pass < 40; pass += 1) for (const name of names) if (resolver.lookupNow(name) === null) throw new Error(`not in memory: ${name}`);
  }));
  resolver.close();
  return { hits, lookups, bulk: median(bulk), operations: cacheOperations() };
}

function cacheOperations(): Readonly<Record<string, number>> {
  const names = namesOf(100_000, 'ops');
  const answer: DnsAnswer = { kind: 'nodata', ttlSec: 300 };
  const entries = names.map((name) => ({ name, type: 'MX' as const, answer, expiresAtMs: systemClock.monotonicMs() + 300_000 }));
  const level = (maxEntries: number) => createMemoryCacheLevel({ maxEntries, shards: 16, clock: systemClock });
  const fill = (maxEntries: number): number => medianOf(() => {
    const fresh = level(maxEntries);
    const speed = perSecond(entries.length, () => { for (const entry of entries) fresh.set(entry); });
    fresh.close();
    return speed;
  });
  const full = level(200_000);
  full.setMany(entries);
  const operations = {
    setPerSecond: fill(200_000),
    setWithEvictionPerSecond: fill(10_000),
    setManyPerSecond: medianOf(() => perSecond(entries.length, () => { full.setMany(entries); })),
    getPerSecond: medianOf(() => perSecond(names.length, () => { for (const name of names) full.tryGet(name, 'MX'); })),
    missPerSecond: medianOf(() => perSecond(names.length, () => { for (const name of names) full.tryGet(name, 'A'); })),
  };
  full.close();
  return Object.fromEntries(Object.entries(operations).map(([name, value]) => [name, Math.round(value)]));
}

/** Asks for all names, so many at a time; answers are held against `isRight` when the clock has stopped. */
async function atOnce<T>(names: readonly string[], ask: (name: string) => Promise<T>, isRight: (answer: T, name: string) => boolean): Promise<Speed> {
  const answers = new Array<T | null>(names.length).fill(null);
  let next = 0;
  const goOn = async (): Promise<void> => {
    for (let name = names[next]; name !== undefined; name = names[next]) {
      const at = next;
      next += 1;
      answers[at] = await ask(name);
    }
  };
  const speed = await timed(names.length, async () => {
    await Promise.all(Array.from({ length: OUTSTANDING }, goOn));
  });
  return { ...speed, failed: names.filter((name, at) => { const answer = answers[at] ?? null; return answer === null || !isRight(answer, name); }).length };
}

async function timed(count: number, work: () => Promise<void>): Promise<Omit<Speed, 'failed'>> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { perSecond: (count / (performance.now() - startedMs)) * 1000, cpuMicros: (user + system) / count };
}

function told(speeds: readonly Speed[]): object {
  return {
    perSecond: speeds.map(({ perSecond }) => Math.round(perSecond)),
    cpuMicrosEach: speeds.map(({ cpuMicros }) => round(cpuMicros)),
    failed: speeds.map(({ failed }) => failed),
  };
}

/** Flat strings, as they come from a file (not concatenations that are still to be made). */
function namesOf(count: number, prefix: string): readonly string[] {
  return JSON.parse(JSON.stringify(Array.from({ length: count }, (_, index) => `${prefix}-domain${String(index)}.example.com`))) as string[];
}

function perSecond(count: number, work: () => void): number {
  const startedMs = performance.now();
  work();
  return (count / (performance.now() - startedMs)) * 1000;
}

function medianOf(measure: () => number): number {
  return median(Array.from({ length: ROUNDS }, measure));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
