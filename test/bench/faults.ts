// What faulty destinations cost the healthy ones: the same healthy addresses are verified with nobody beside them, and with
// every fifth destination failing in the ways of the fault tables, all at the defaults' deadlines. The rate is that of the
// healthy addresses until the last of them is committed; rounds alternate, and the middle ratio counts.
import { statusOf } from '../../shared/verdict/verdict.ts';
import type { BenchmarkResult } from './benchmark.ts';
import { faultyAddresses, startFaultyHosts } from './farm/faulty-hosts.ts';
import { startMailDns } from './farm/mail-dns.ts';
import { mixedList } from './farm/mixed-list.ts';
import { runList } from './farm/run-list.ts';
import { startFarm, type Farm } from './farm/start-farm.ts';

const HEALTHY_HOSTS = 160;
const FAULTY_HOSTS = 40;
const TRUTH = { unknownShare: 0.05, seed: 20_261 };
/** So slow that places on the way are what is short, and not this machine's time, which the faulty addresses need too. */
const SMTP_MS = 250;
const DNS_MS = 20;
const ROUNDS = 3;
const SHAPES = {
  /** Lists of few destinations with many addresses: what they cost is connections. */
  large: { domains: 1_000, size: 50_000 },
  /** Every destination a handful: what they cost is places in the line. */
  small: { domains: 5_000, size: 15_000 },
};

export async function faults(): Promise<BenchmarkResult> {
  const farm = await startFarm({ hosts: HEALTHY_HOSTS, latencyMs: SMTP_MS, unknownShare: TRUTH.unknownShare, seed: TRUTH.seed });
  const faulty = faultyAddresses(FAULTY_HOSTS);
  const hosts = await startFaultyHosts({ addresses: faulty, port: farm.port });
  const dns = await startMailDns({ addresses: [...farm.hosts, ...faulty], latencyMs: DNS_MS });
  try {
    const figures = { large: await compare(SHAPES.large, farm, dns.port), small: await compare(SHAPES.small, farm, dns.port) };
    const shapes = Object.entries(figures);
    const checks = shapes.flatMap(([name, { kept, refused }]) => [
      { name: `rate that healthy destinations keep beside 20 % faulty ones, ${name}`, value: kept, unit: 'of their own', op: '>=' as const, bar: 0.95 },
      { name: `undeliverable at faulty destinations, ${name}`, value: refused, unit: 'addresses', op: '==' as const, bar: 0 },
    ]);
    return { checks, details: { healthyHosts: HEALTHY_HOSTS, faultyHosts: FAULTY_HOSTS, smtpMs: SMTP_MS, dnsMs: DNS_MS, ...figures } };
  } finally {
    await dns.stop();
    await hosts.stop();
    await farm.close();
  }
}

async function compare(shape: { readonly domains: number; readonly size: number }, farm: Farm, dnsPort: number) {
  const rounds: { readonly alone: number; readonly beside: number }[] = [];
  let refused = 0;
  // The first round warms up and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const side = async (withFaulty: boolean) => {
      const came = await healthyRate(shape, withFaulty, farm.port, dnsPort);
      refused += came.refused;
      return came.perSecond;
    };
    // Each goes first in turn.
    const first = await side(round % 2 === 0);
    const second = await side(round % 2 !== 0);
    if (round > 0) rounds.push(round % 2 === 0 ? { beside: first, alone: second } : { alone: first, beside: second });
  }
  const ratios = rounds.map(({ alone, beside }) => beside / alone).sort((one, other) => one - other);
  return { kept: Math.round((ratios[Math.floor(ratios.length / 2)] ?? 0) * 1_000) / 1_000, refused, rounds };
}

/** Healthy addresses a second until the last of them is durable. */
async function healthyRate(shape: { readonly domains: number; readonly size: number }, withFaulty: boolean, smtpPort: number, dnsPort: number) {
  const list = mixedList({ ...shape, healthyHosts: HEALTHY_HOSTS, faultyHosts: FAULTY_HOSTS, truth: TRUTH });
  const rows: number[] = [];
  for (let row = 0; row < list.size; row += 1) if (withFaulty || list.isHealthy(row)) rows.push(row);
  const healthy = rows.filter((row) => list.isHealthy(row)).length;
  let left = healthy;
  let refused = 0;
  let lastMs = 0;
  const { outcome } = await runList({
    rows: rows.length,
    address: (at) => list.address(rows[at] ?? 0),
    dnsPort,
    smtpPort,
    onCommitted: ({ verdicts }, atMs) => {
      for (const { rowId, reason } of verdicts) {
        if (list.isHealthy(rows[rowId - 1] ?? 0)) left -= 1;
        else if (statusOf(reason) === 'undeliverable') refused += 1;
      }
      if (left === 0 && lastMs === 0) lastMs = atMs;
      return left === 0;
    },
  });
  if (lastMs === 0) throw new Error(outcome.kind === 'paused' ? `The run paused: ${outcome.message}` : `${String(left)} healthy addresses have no verdict`);
  return { perSecond: Math.round((healthy * 1_000) / lastMs), refused };
}
