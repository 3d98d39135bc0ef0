// The published aims of the pools that this one grew out of, as checks: destinations at once, verdicts a second, time a
// verdict, memory and processor. The whole way (`verify`'s process: import, DNS, probing, judging, commits), with polite
// session bounds: once as fast as it goes, and once at the pace that the aims name.
import type { BenchmarkResult } from './benchmark.ts';
import { startMailDns } from './farm/mail-dns.ts';
import { startFarm } from './farm/start-farm.ts';
import { NODE_FLAGS, oneRun } from './verify/one-run.ts';
import type { VerifyFigures } from './verify/task.ts';

const HOSTS = 200;
const SMTP_MS = 50;
const DNS_MS = 20;
const TRUTH = { unknownShare: 0.05, seed: 20_261 };
const FREE = { addresses: 100_000, domains: 5_000 };
const PACED = { addresses: 10_000, domains: 2_000 };
const PER_SECOND = 500;
/** At 5 addresses a domain, 20 claims a second. */
const DOMAINS_AT_ONCE = 5;
/** Of two cores, whatever the machine has: the aim names them. */
const CORES = 2;

export async function aims(): Promise<BenchmarkResult> {
  const farm = await startFarm({ hosts: HOSTS, latencyMs: SMTP_MS, ...TRUTH });
  const dns = await startMailDns({ addresses: farm.hosts, latencyMs: DNS_MS });
  try {
    const plan = { tolerant: false, truth: TRUTH, dnsPort: dns.port, smtpPort: farm.port, commits: true, check: true };
    const free = await oneRun({ ...plan, ...FREE, watch: { perSecond: null, domainsAtOnce: DOMAINS_AT_ONCE } });
    const paced = await oneRun({ ...plan, ...PACED, watch: { perSecond: PER_SECOND, domainsAtOnce: DOMAINS_AT_ONCE } });
    const cpuShare = (paced.mainCpuMs + paced.workerCpuMs) / (paced.runMs * CORES);
    const wrong = [free, paced].reduce((sum, run) => sum + run.wrong + run.undecided, 0);
    return {
      checks: [
        { name: 'destinations probed at once', value: free.watched?.destinationsAtOnce ?? 0, unit: 'destinations', op: '>=', bar: 100 },
        { name: 'committed verdicts', value: perSecond(free), unit: 'verdicts/s', op: '>=', bar: 500 },
        { name: 'mean time of a verdict at 50 ms latency, 500 a second', value: paced.watched?.meanVerdictMs ?? Infinity, unit: 'ms', op: '<=', bar: 200 },
        { name: 'peak memory', value: Math.max(free.peakRssMb, paced.peakRssMb), unit: 'MB', op: '<', bar: 1_000 },
        { name: 'of two cores at 500 verdicts a second', value: Math.round(cpuShare * 1_000) / 1_000, unit: 'share', op: '<', bar: 0.5 },
        { name: 'pace that was held, of 500 a second', value: Math.round((perSecond(paced) / PER_SECOND) * 1_000) / 1_000, unit: 'share', op: '>=', bar: 0.95 },
        { name: 'verdicts that are not the farm’s truth', value: wrong, unit: 'addresses', op: '==', bar: 0 },
      ],
      details: {
        hosts: HOSTS, smtpMs: SMTP_MS, dnsMs: DNS_MS, unknownShare: TRUTH.unknownShare, politeSessionBounds: 'on', nodeFlags: NODE_FLAGS,
        timeOfAVerdict: 'from the hand-out of the address until its verdict is known: DNS, connecting and the random recipient included',
        free: { ...FREE, ...free },
        paced: { ...PACED, perSecond: PER_SECOND, ...paced },
      },
    };
  } finally {
    await Promise.all([dns.stop(), farm.close()]);
  }
}

function perSecond({ addresses, runMs }: VerifyFigures): number {
  return Math.round((addresses / runMs) * 1_000);
}
