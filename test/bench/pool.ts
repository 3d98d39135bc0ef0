// The pool's mechanics beside a pool that holds a lock for each acquire, on the same in-memory connections in one run.
// What is measured is the pool alone: connections cost nothing but their own books, or a wait of fixed length. One round
// goes over real sockets to the load farm, for comparison; no check is made of it.
// The ideal wait: W workers that ask again at once, C connections, service of fixed length S, first come first served.
// Then each turn takes W/C services (Little's law: W = rate × turn, rate = C/S), so everybody waits (W/C − 1) × S.
import { systemClock } from '../../electron/engine/clock.ts';
import { NO_POOL_OBSERVER } from '../../electron/engine/metrics/observers.ts';
import { createSmtpPool } from '../../electron/engine/smtp/pool.ts';
import { PoolCounters } from '../../electron/engine/smtp/pool-stats.ts';
import { SessionPool } from '../../electron/engine/smtp/session-pool.ts';
import type { SmtpPool, SmtpSession, SmtpTarget } from '../../electron/engine/smtp/types.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/schema.ts';
import type { BenchmarkResult } from './benchmark.ts';
import { startFarm } from './farm/start-farm.ts';
import { inMemoryOpener } from './pool/in-memory-opener.ts';
import { LockHeldPool } from './pool/lock-held-pool.ts';

const TARGET: SmtpTarget = { ip: '127.0.0.1', port: 25, mxHost: 'mx.bench.test' };
const ROUNDS = 5;
const PAIRS = 1_500_000;
const CYCLES = 300_000;
const CONNECTIONS = 10;
const LATENCY_MS = 10;
const FLIGHTS = 1_200;

const UNBOUNDED = { errorBudget: 1e9, maxRecipientsPerTransaction: 1e9, maxTransactionsPerSession: 1e9, maxRecipientsPerSession: 1e9, maxSessionMs: 1e9, maxFlight: 1e9 };
/** The product's defaults, but for the size of a flight, which is what is varied here. */
const POLITE = { ...DEFAULT_SETTINGS.smtp, maxFlight: 1e9 };

/** What both sides are to a worker. `acquire` may answer at once. */
interface Side {
  readonly acquire: () => SmtpSession | Promise<SmtpSession>;
  readonly release: (session: SmtpSession) => Promise<void> | undefined;
  readonly close: () => Promise<void>;
}

interface Shape {
  readonly connections: number;
  readonly latencyMs?: number;
  readonly bounds?: typeof UNBOUNDED;
}

function ours({ connections, latencyMs = 0, bounds = UNBOUNDED }: Shape, way: 'tryAcquire' | 'acquire'): Side {
  const mechanics = new SessionPool({
    settings: { ...DEFAULT_SETTINGS.smtp, maxConnectionsPerDestination: connections },
    clock: systemClock,
    opener: inMemoryOpener({ limits: bounds, connectMs: latencyMs, latencyMs }),
    counters: new PoolCounters(),
    observer: NO_POOL_OBSERVER,
    groupOf: () => 'other',
    random: Math.random,
  });
  return sideOf(mechanics, TARGET, way);
}

function sideOf(ourPool: SmtpPool, target: SmtpTarget, way: 'tryAcquire' | 'acquire'): Side {
  const wait = async (): Promise<SmtpSession> => {
    const acquired = await ourPool.acquire(target);
    if (!acquired.ok) throw new Error(acquired.failure.detail);
    return acquired.session;
  };
  return {
    acquire: way === 'acquire' ? wait : () => ourPool.tryAcquire(target) ?? wait(),
    release: (session) => {
      ourPool.release(session);
      return undefined;
    },
    close: () => ourPool.close(0),
  };
}

function peer({ connections, latencyMs = 0, bounds = UNBOUNDED }: Shape): Side {
  const locked = new LockHeldPool(inMemoryOpener({ limits: bounds, connectMs: latencyMs, latencyMs }), connections);
  return { acquire: () => locked.acquire(TARGET), release: (session) => locked.release(session), close: () => Promise.resolve() };
}

export async function pool(): Promise<BenchmarkResult> {
  const pairs = await medianOf(async () => pairsPerSecond());
  const cycles: Record<string, unknown> = {};
  let [best, theirs] = [0, 0];
  for (const workers of [1, 10, 50]) {
    const shape = { connections: workers };
    const tried = await medianOf(() => cyclesPerSecond(ours(shape, 'tryAcquire'), workers));
    const acquired = await medianOf(() => cyclesPerSecond(ours(shape, 'acquire'), workers));
    const locked = await medianOf(() => cyclesPerSecond(peer(shape), workers));
    cycles[`${String(workers)} workers`] = { tryAcquire: Math.round(tried), acquire: Math.round(acquired), lockHeld: Math.round(locked), ratio: round(tried / locked), ratioOfAcquire: round(acquired / locked) };
    [best, theirs] = [tried, locked];
  }
  const flights: Record<string, unknown> = {};
  for (const workers of [1, 10, 50]) {
    for (const size of [50, 100]) {
      const run = (side: Side) => measureFlights(side, workers, size);
      const shape = { connections: CONNECTIONS, latencyMs: LATENCY_MS };
      flights[`${String(workers)} workers, flights of ${String(size)}`] = {
        ours: await run(ours(shape, 'tryAcquire')),
        oursWithSessionBounds: await run(ours({ ...shape, bounds: POLITE }, 'tryAcquire')),
        lockHeld: await run(peer(shape)),
      };
    }
  }
  const loaded: FlightFigures[] = [];
  for (let i = 0; i < 3; i += 1) loaded.push(await measureFlights(ours({ connections: CONNECTIONS, latencyMs: LATENCY_MS }, 'tryAcquire'), 50, 50));
  return {
    checks: [
      { name: 'tryAcquire + release of an idle connection', value: Math.round(pairs), unit: 'a second', op: '>=', bar: 3_000_000 },
      { name: 'beside the lock-held pool, 50 workers', value: round(best / theirs), unit: 'times', op: '>=', bar: 3 },
      { name: 'p99 wait, 50 workers on 10 connections, by the ideal', value: median(loaded.map(({ p99ByIdeal }) => p99ByIdeal)), unit: 'times', op: '<=', bar: 2 },
      { name: 'utilisation under load', value: median(loaded.map(({ utilisation }) => utilisation)), unit: 'share', op: '>=', bar: 0.95 },
    ],
    details: {
      rounds: ROUNDS,
      politeSessionBounds: 'off, but where it says oursWithSessionBounds',
      idealWait: '(workers / connections - 1) x mean service, for service of fixed length in the order of asking',
      connections: CONNECTIONS,
      latencyMs: LATENCY_MS,
      cyclesPerSecond: cycles,
      flights,
      loopbackFarm: await overSockets(),
    },
  };
}

/** One caller, ten idle connections: nothing but giving out and taking back. */
async function pairsPerSecond(): Promise<number> {
  const side = ours({ connections: CONNECTIONS }, 'tryAcquire');
  const held: SmtpSession[] = [];
  for (let i = 0; i < CONNECTIONS; i += 1) held.push(await side.acquire());
  for (const session of held) void side.release(session);
  const startedMs = performance.now();
  for (let i = 0; i < PAIRS; i += 1) {
    const session = side.acquire();
    if (session instanceof Promise) throw new Error('A connection was idle');
    void side.release(session);
  }
  const perSecond = (PAIRS / (performance.now() - startedMs)) * 1000;
  await side.close();
  return perSecond;
}

/** So many workers, each with a connection to find: how often all of them together get one and give it back. */
async function cyclesPerSecond(side: Side, workers: number): Promise<number> {
  const held = await Promise.all(Array.from({ length: workers }, async () => side.acquire()));
  for (const session of held) await side.release(session);
  const each = Math.floor(CYCLES / workers);
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let i = 0; i < each; i += 1) {
        const got = side.acquire();
        const session = got instanceof Promise ? await got : got;
        const released = side.release(session);
        if (released !== undefined) await released;
      }
    }),
  );
  const perSecond = ((each * workers) / (performance.now() - startedMs)) * 1000;
  await side.close();
  return perSecond;
}

/** 50 workers, 10 real connections to one host of the load farm, flights of 50, nobody unknown, session bounds off. */
async function overSockets(): Promise<FlightFigures> {
  const farm = await startFarm({ hosts: 1, latencyMs: LATENCY_MS, unknownShare: 0, seed: 1 });
  try {
    const network = createSmtpPool({
      settings: { ...DEFAULT_SETTINGS.smtp, ...UNBOUNDED, maxFlight: 50, maxConnectionsPerDestination: CONNECTIONS },
      identity: { heloName: 'bench.winnow.test', mailFrom: 'bench@winnow.test' },
      clock: systemClock,
      isAllowed: (ip) => ip.startsWith('127.'),
    });
    const target = { ip: farm.hosts[0] ?? '', port: farm.port, mxHost: 'mx.farm.test' };
    return await measureFlights(sideOf(network, target, 'tryAcquire'), 50, 50);
  } finally {
    await farm.close();
  }
}

interface FlightFigures {
  readonly flightsPerSecond: number;
  readonly recipientsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly idealMs: number;
  readonly p99ByIdeal: number;
  readonly utilisation: number;
}

async function measureFlights(side: Side, workers: number, size: number): Promise<FlightFigures> {
  const recipients = Array.from({ length: size }, (_, index) => `user${String(index)}@bench.test`);
  const held = await Promise.all(Array.from({ length: Math.min(workers, CONNECTIONS) }, async () => side.acquire()));
  for (const session of held) await side.release(session);
  const waits: number[] = [];
  const each = Math.ceil((workers === 1 ? FLIGHTS / 10 : FLIGHTS) / workers);
  let [busyMs, served] = [0, 0];
  const startedMs = performance.now();
  let lastFullMs = startedMs;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let i = 0; i < each; i += 1) {
        const askedMs = performance.now();
        const got = side.acquire();
        const session = got instanceof Promise ? await got : got;
        const gotMs = performance.now();
        // In the first round nobody has waited his turn yet.
        if (i > 0) waits.push(gotMs - askedMs);
        await session.flight({ from: 'bench@winnow.test', recipients, newTransaction: false });
        const doneMs = performance.now();
        busyMs += doneMs - gotMs;
        served += 1;
        lastFullMs = doneMs;
        void side.release(session);
      }
    }),
  );
  await side.close();
  waits.sort((a, b) => a - b);
  const at = (share: number): number => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
  const serviceMs = busyMs / served;
  const elapsedMs = lastFullMs - startedMs;
  const idealMs = Math.max(0, workers / CONNECTIONS - 1) * serviceMs;
  return {
    flightsPerSecond: Math.round((served / elapsedMs) * 1000),
    recipientsPerSecond: Math.round(((served * size) / elapsedMs) * 1000),
    p50Ms: round(at(0.5)),
    p95Ms: round(at(0.95)),
    p99Ms: round(at(0.99)),
    idealMs: round(idealMs),
    p99ByIdeal: idealMs === 0 ? 0 : round(at(0.99) / idealMs),
    utilisation: round(busyMs / (Math.min(workers, CONNECTIONS) * elapsedMs)),
  };
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) values.push(await measure());
  return median(values);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
