// The whole way: a list of 100,000 addresses is imported, looked up, asked about, judged and committed to a real store by
// the real worker thread, against a mail farm and a DNS server in processes of their own. Beside it, in the same run and
// on the same farm, two validators from npm with a connection for each address (their look-ups answered at once), and the
// same run with commits switched off. Time is from the run's start until the last verdict is committed; the import is
// told apart. Ratios hold within one run only.
import type { BenchmarkCheck, BenchmarkResult } from './benchmark.ts';
import { startMailDns, type MailDns } from './farm/mail-dns.ts';
import { startFarm, type Farm } from './farm/start-farm.ts';
import { startSide } from './probe/start-side.ts';
import { NODE_FLAGS, oneRun } from './verify/one-run.ts';
import type { VerifyFigures } from './verify/task.ts';

const HOSTS = 50;
const ADDRESSES = 100_000;
const PEER_ADDRESSES = 5_000;
const CONCURRENCY = 200;
const TRUTH = { unknownShare: 0.05, seed: 20_261 };
const SMTP_MS = 50;
const DNS_MS = 20;
const ROUNDS = 3;
const MILLION = 1_000_000;

interface Lab {
  readonly farm: Farm;
  readonly dns: MailDns;
}

interface Case {
  readonly domains: number;
  readonly tolerant: boolean;
}

interface Peer {
  readonly perSecond: number;
  readonly addresses: number;
  readonly right: number;
  readonly wrong: number;
  readonly undecided: number;
}

interface Beside {
  /** Addresses a second, of the median rounds. */
  readonly perSecond: number;
  readonly withoutCommitsPerSecond: number;
  readonly ofWithoutCommits: number;
  readonly rounds: readonly number[];
  readonly withoutCommitsRounds: readonly number[];
  readonly politeSessionBounds: 'on' | 'off';
  /** How long a connection is busy for one verdict. */
  readonly connectionMsPerVerdict: number;
  readonly mainCpuUsPerAddress: number;
  readonly workerCpuUsPerAddress: number;
  readonly run: VerifyFigures;
}

export async function verify(): Promise<BenchmarkResult> {
  const slow = await openLab(SMTP_MS, DNS_MS);
  const peers: Record<string, Peer> = {};
  const cases: Record<string, Beside> = {};
  try {
    for (const name of ['devmehq', 'emailcheck'] as const) peers[name] = await onePeer(name, slow.farm);
    cases['polite'] = await measure(slow, { domains: 5_000, tolerant: false }, ROUNDS);
    cases['tolerant'] = await measure(slow, { domains: 5_000, tolerant: true }, ROUNDS);
    cases['manyDomains'] = await measure(slow, { domains: 50_000, tolerant: false }, 1);
  } finally {
    await closeLab(slow);
  }
  const { small, big } = await measureMemory();
  const peer = Math.max(...Object.values(peers).map(({ perSecond }) => perSecond));
  const times = (name: string): number => round((cases[name]?.perSecond ?? 0) / peer);
  const measured = Object.values(cases);
  const wrong = measured.reduce((sum, { run }) => sum + run.wrong + run.undecided, big.wrong + big.undecided);
  const peak = Math.max(small.peakRssMb, ...measured.map(({ run }) => run.peakRssMb));
  const commitShares: BenchmarkCheck[] = Object.entries(cases).map(([name, { ofWithoutCommits }]) => ({
    name: `${name}: of the same run with commits switched off`, value: ofWithoutCommits, unit: 'share', op: '>=', bar: 0.85,
  }));
  return {
    checks: [
      { name: '5,000 domains, polite defaults, beside the better peer', value: times('polite'), unit: 'times', op: '>=', bar: 15 },
      { name: '5,000 domains, a rule for tolerant hosts, beside the better peer', value: times('tolerant'), unit: 'times', op: '>=', bar: 60 },
      { name: '50,000 domains, polite defaults, beside the better peer', value: times('manyDomains'), unit: 'times', op: '>=', bar: 8 },
      ...commitShares,
      { name: 'peak memory at 100,000 addresses', value: peak, unit: 'MB', op: '<=', bar: 350 },
      { name: 'peak memory at 1,000,000 beside 100,000 addresses', value: round(big.peakRssMb / small.peakRssMb), unit: 'times', op: '<=', bar: 1.1 },
      { name: 'verdicts that are not the farm’s truth', value: wrong, unit: 'addresses', op: '==', bar: 0 },
      { name: '421s met', value: measured.reduce((sum, { run }) => sum + run.closedWith421, 0), unit: '', op: '==', bar: 0 },
    ],
    details: {
      addresses: ADDRESSES, hosts: HOSTS, smtpMs: SMTP_MS, dnsMs: DNS_MS, unknownShare: TRUTH.unknownShare, rounds: ROUNDS, nodeFlags: NODE_FLAGS,
      betterPeerPerSecond: peer, peers, ...cases, memory: { smtpMs: 0, small, big },
    },
  };
}

async function openLab(smtpMs: number, dnsMs: number): Promise<Lab> {
  const farm = await startFarm({ hosts: HOSTS, latencyMs: smtpMs, ...TRUTH });
  return { farm, dns: await startMailDns({ addresses: farm.hosts, latencyMs: dnsMs }) };
}

async function closeLab({ farm, dns }: Lab): Promise<void> {
  await Promise.all([dns.stop(), farm.close()]);
}

async function onePeer(name: 'devmehq' | 'emailcheck', { port, hosts }: Farm): Promise<Peer> {
  const side = startSide(name);
  try {
    const task = { port, hosts, truth: TRUTH, concurrency: CONCURRENCY, flight: 1 };
    // Once for nothing, so that its code is loaded.
    await side.run({ ...task, addresses: PEER_ADDRESSES / 10, first: 0 });
    const { wholeMs, right, wrong, undecided } = await side.run({ ...task, addresses: PEER_ADDRESSES, first: PEER_ADDRESSES });
    return { perSecond: rate(PEER_ADDRESSES, wholeMs), addresses: PEER_ADDRESSES, right, wrong, undecided };
  } finally {
    await side.stop();
  }
}

async function measure(lab: Lab, { domains, tolerant }: Case, rounds: number): Promise<Beside> {
  const plan = { addresses: ADDRESSES, domains, tolerant, truth: TRUTH, dnsPort: lab.dns.port, smtpPort: lab.farm.port };
  const runs: VerifyFigures[] = [];
  const without: VerifyFigures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    runs.push(await oneRun({ ...plan, commits: true, check: true }));
    without.push(await oneRun({ ...plan, commits: false, check: false }));
  }
  const run = median(runs);
  const perSecond = rate(ADDRESSES, run.runMs);
  const withoutCommitsPerSecond = rate(ADDRESSES, median(without).runMs);
  return {
    perSecond,
    withoutCommitsPerSecond,
    ofWithoutCommits: round(perSecond / withoutCommitsPerSecond),
    rounds: runs.map(({ runMs }) => rate(ADDRESSES, runMs)),
    withoutCommitsRounds: without.map(({ runMs }) => rate(ADDRESSES, runMs)),
    politeSessionBounds: tolerant ? 'off' : 'on',
    connectionMsPerVerdict: round((CONCURRENCY * run.runMs) / ADDRESSES),
    mainCpuUsPerAddress: round((run.mainCpuMs * 1_000) / ADDRESSES),
    workerCpuUsPerAddress: round((run.workerCpuMs * 1_000) / ADDRESSES),
    run,
  };
}

/** Peaks of the same kind of run on lists of two sizes, without waiting for anybody. */
async function measureMemory(): Promise<{ readonly small: VerifyFigures; readonly big: VerifyFigures }> {
  const lab = await openLab(0, 0);
  try {
    const plan = { domains: 5_000, tolerant: true, truth: TRUTH, dnsPort: lab.dns.port, smtpPort: lab.farm.port, commits: true, check: true };
    return { small: await oneRun({ ...plan, addresses: ADDRESSES }), big: await oneRun({ ...plan, addresses: MILLION }) };
  } finally {
    await closeLab(lab);
  }
}

function median(runs: readonly VerifyFigures[]): VerifyFigures {
  const middle = [...runs].sort((a, b) => a.runMs - b.runMs)[Math.floor(runs.length / 2)];
  if (middle === undefined) throw new Error('no round');
  return middle;
}

const rate = (addresses: number, ms: number): number => Math.round((addresses / ms) * 1_000);
const round = (value: number): number => Math.round(value * 1_000) / 1_000;
