// The probe beside what there is: the engine's pool, sessions and classification over real sockets against an SMTP load
// farm, beside a naive client and two validators from npm, each in a process of its own, all against the same farm in the
// same run. The theoretical rate is connections × flight ÷ latency: each connection has one flight under way at a time.
import type { BenchmarkResult } from './benchmark.ts';
import { measureFarm } from './farm/measure-farm.ts';
import { startFarm } from './farm/start-farm.ts';
import { SIDES, startSide, type Side, type SideName } from './probe/start-side.ts';
import type { ProbeFigures, ProbeTask } from './probe/task.ts';

const HOSTS = 50;
const CONNECTIONS = 200;
const ADDRESSES = 100_000;
const PEER_ADDRESSES = 5_000;
const TRUTH = { unknownShare: 0.05, seed: 20_261 };
const ROUNDS = 5;
/** The others take ten times as long. */
const ROUNDS_OF_OTHERS = 3;
const FLIGHTS = [10, 50] as const;
const LATENCY_MS = 50;

/** Medians of the rounds. Rates are addresses a second. */
interface Summary {
  /** From the first connect to the last verdict. */
  readonly perSecond: number;
  /** The same, without the time until all connections were greeted. */
  readonly perSecondGreeted: number;
  readonly rounds: readonly number[];
  readonly cpuUsPerAddress: number;
  readonly addresses: number;
  readonly right: number;
  readonly wrong: number;
  readonly undecided: number;
}

interface Measured {
  readonly winnow: Readonly<Record<(typeof FLIGHTS)[number], Summary>>;
  readonly others: Readonly<Record<Exclude<SideName, 'winnow'>, Summary>>;
  readonly farm: object;
}

export async function probe(): Promise<BenchmarkResult> {
  const slow = await measure(LATENCY_MS);
  const fast = await measure(0);
  const theory = (flight: number): number => (CONNECTIONS * flight * 1_000) / LATENCY_MS;
  const share = (flight: (typeof FLIGHTS)[number]): number => round(slow.winnow[flight].perSecondGreeted / theory(flight));
  const wrong = [slow, fast].flatMap(({ winnow }) => FLIGHTS.map((flight) => ADDRESSES - winnow[flight].right));
  return {
    checks: [
      { name: '50 ms, flights of 10, of connections × flight ÷ latency', value: share(10), unit: 'share', op: '>=', bar: 0.9 },
      { name: '50 ms, flights of 50, of connections × flight ÷ latency', value: share(50), unit: 'share', op: '>=', bar: 0.8 },
      { name: '50 ms, flights of 50, beside the better peer', value: besidePeer(slow), unit: 'times', op: '>=', bar: 100 },
      { name: '0 ms, flights of 50, beside the better peer', value: besidePeer(fast), unit: 'times', op: '>=', bar: 60 },
      { name: 'our verdicts that are not the farm’s truth', value: Math.max(...wrong), unit: 'addresses', op: '==', bar: 0 },
    ],
    details: {
      included: 'pool, sessions over real sockets, classification to a status; not DNS, grouping, the random recipient, scoring or the store',
      politeSessionBounds: 'off, but for 100 recipients a transaction',
      beside: 'ratios are of whole runs, connecting included, on both sides; shares of the theory start once all connections are greeted',
      rounds: { winnow: ROUNDS, others: ROUNDS_OF_OTHERS },
      hosts: HOSTS,
      connections: CONNECTIONS,
      unknownShare: TRUTH.unknownShare,
      '50 ms': { ...slow, theory: { 10: theory(10), 50: theory(50) } },
      '0 ms': fast,
      besideNaive: { '50 ms': beside(slow, 'naive'), '0 ms': beside(fast, 'naive') },
    },
  };
}

async function measure(latencyMs: number): Promise<Measured> {
  const farm = await startFarm({ hosts: HOSTS, latencyMs, ...TRUTH });
  const sides = SIDES.map(startSide);
  let first = 0;
  const task = (addresses: number, flight: number): ProbeTask => ({
    port: farm.port,
    hosts: farm.hosts,
    addresses,
    first: (first += addresses),
    truth: TRUTH,
    concurrency: CONNECTIONS,
    flight,
  });
  const runs = new Map<string, ProbeFigures[]>();
  const run = async (side: Side, key: string, work: ProbeTask): Promise<void> => {
    const figures = await side.run(work);
    runs.set(key, [...(runs.get(key) ?? []), figures]);
  };
  try {
    // Unmeasured, so that no side's code is compiled while the clock runs.
    for (const side of sides) {
      if (side.name !== 'winnow') await side.run(task(PEER_ADDRESSES / 10, 1));
      else for (const flight of FLIGHTS) await side.run(task(ADDRESSES, flight));
    }
    const before = await farm.counters();
    for (let i = 0; i < ROUNDS; i += 1) {
      for (const side of sides) {
        if (side.name !== 'winnow') {
          if (i < ROUNDS_OF_OTHERS) await run(side, side.name, task(PEER_ADDRESSES, 1));
        } else for (const flight of FLIGHTS) await run(side, `winnow ${String(flight)}`, task(ADDRESSES, flight));
      }
    }
    const after = await farm.counters();
    const served = latencyMs === 0 ? { rcptPerSecondInFlightsOf50: await measureFarm(farm, CONNECTIONS) } : {};
    const of = (key: string, addresses: number): Summary => summed(runs.get(key) ?? [], addresses);
    return {
      winnow: { 10: of('winnow 10', ADDRESSES), 50: of('winnow 50', ADDRESSES) },
      others: { naive: of('naive', PEER_ADDRESSES), devmehq: of('devmehq', PEER_ADDRESSES), emailcheck: of('emailcheck', PEER_ADDRESSES) },
      farm: { program: farm.program, meanLateMs: round(after.meanLateMs), connections: after.connections - before.connections, recipients: after.recipients - before.recipients, violations: after.violations, ...served },
    };
  } finally {
    await Promise.all([...sides.map(async (side) => side.stop()), farm.close()]);
  }
}

function summed(figures: readonly ProbeFigures[], addresses: number): Summary {
  const rate = (ms: number): number => Math.round((addresses / ms) * 1_000);
  const least = (of: (figure: ProbeFigures) => number): number => Math.min(...figures.map(of));
  const most = (of: (figure: ProbeFigures) => number): number => Math.max(...figures.map(of));
  return {
    perSecond: rate(median(figures.map(({ wholeMs }) => wholeMs))),
    perSecondGreeted: rate(median(figures.map(({ askingMs }) => askingMs))),
    rounds: figures.map(({ wholeMs }) => rate(wholeMs)),
    cpuUsPerAddress: round((median(figures.map(({ cpuMs }) => cpuMs)) * 1_000) / addresses),
    addresses,
    right: least(({ right }) => right),
    wrong: most(({ wrong }) => wrong),
    undecided: most(({ undecided }) => undecided),
  };
}

function besidePeer(measured: Measured): number {
  return Math.min(beside(measured, 'devmehq'), beside(measured, 'emailcheck'));
}

function beside({ winnow, others }: Measured, name: Exclude<SideName, 'winnow'>): number {
  return round(winnow[50].perSecond / others[name].perSecond);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
