// The store: verdicts committed through the real worker thread, as the main thread sees it: packed, sent, written with
// `synchronous=FULL` and acknowledged, with the evidence of each. And what claims of them cost.
// Two orders: row order, as a sorted list gives it, and a random one over the whole list, in which no two verdicts of a
// batch are neighbours, on a list of ten million rows (`--rows N`: of so many).
import type { BenchmarkOptions, BenchmarkResult } from './benchmark.ts';
import { BATCH, IN_FLIGHT, oneRound, type Order, type Round } from './store/round.ts';

const ROUNDS = 3;

export async function store({ rows: randomRows = 10_000_000 }: BenchmarkOptions = {}): Promise<BenchmarkResult> {
  const inOrder = await median('row order', { rows: 100_000, domains: 5_000 });
  const spread = await median('spread', { rows: 100_000, domains: 5_000 });
  const manyDomains = await median('spread', { rows: 100_000, domains: 50_000 });
  const oneDomain = await median('row order', { rows: 1_000_000, domains: 1 }, 1);
  const random = await median('random', { rows: 100_000, domains: 5_000 });
  const bigRandom = await median('random', { rows: randomRows, domains: Math.ceil(randomRows / 20) }, 1);
  const rows = randomRows.toLocaleString('en');
  return {
    checks: [
      { name: 'commits in row order, 100,000 rows', value: inOrder.perSecond, unit: '/s', op: '>=', bar: 300_000 },
      { name: 'commits in row order, 1,000,000 rows', value: oneDomain.perSecond, unit: '/s', op: '>=', bar: 300_000 },
      { name: `commits in random order, ${rows} rows`, value: bigRandom.perSecond, unit: '/s', op: '>=', bar: 30_000 },
    ],
    details: { batch: BATCH, inFlight: IN_FLIGHT, rounds: ROUNDS, synchronous: 'FULL', inOrder, spread, manyDomains, oneDomain, random, bigRandom },
  };
}

/** The median round by commits a second. */
async function median(order: Order, size: { readonly rows: number; readonly domains: number }, rounds = ROUNDS): Promise<Round> {
  const done: Round[] = [];
  for (let round = 0; round < rounds; round++) done.push(await oneRound(order, size));
  const middle = done.sort((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds / 2)];
  if (middle === undefined) throw new Error('no round');
  return middle;
}
