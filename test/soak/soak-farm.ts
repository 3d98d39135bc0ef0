// A great list over a mixed farm through the real store: every fifth host fails in one of the ways of the fault tables.
// Each row must get its verdict once, right where the host is healthy, never `undeliverable` where it is not; and when all
// is closed nothing may be left: no socket, no timer, no memory.
import { statusOf } from '../../shared/verdict/verdict.ts';
import { faultyAddresses, startFaultyHosts } from '../bench/farm/faulty-hosts.ts';
import { startMailDns } from '../bench/farm/mail-dns.ts';
import { mixedList } from '../bench/farm/mixed-list.ts';
import { runList } from '../bench/farm/run-list.ts';
import { startFarm } from '../bench/farm/start-farm.ts';
import { footprint, leftovers } from './footprint.ts';

export interface FarmSoakReport {
  readonly addresses: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly atFaultyHosts: number;
  readonly before: object;
  readonly after: object;
  readonly peakRssMb: number;
  readonly failures: readonly string[];
}

const HEALTHY_HOSTS = 80;
const FAULTY_HOSTS = 20;
const TRUTH = { unknownShare: 0.05, seed: 61 };
/** Silent hosts are given up sooner than by default; the bench `faults` keeps the defaults. */
const SMTP = { connectTimeoutMs: 3_000, greetingTimeoutMs: 3_000, commandTimeoutMs: 3_000 };
const TELL_EVERY_MS = 15_000;

export async function soakFarm(addresses: number, say: (line: string) => void): Promise<FarmSoakReport> {
  const farm = await startFarm({ hosts: HEALTHY_HOSTS, latencyMs: 2, unknownShare: TRUTH.unknownShare, seed: TRUTH.seed });
  const faulty = faultyAddresses(FAULTY_HOSTS);
  const hosts = await startFaultyHosts({ addresses: faulty, port: farm.port });
  const dns = await startMailDns({ addresses: [...farm.hosts, ...faulty], latencyMs: 1 });
  try {
    const servers = { dnsPort: dns.port, smtpPort: farm.port };
    // What is filled or compiled once, and what the allocator needs at the most, it has after the first of two equal lists:
    // what the second adds is a leak.
    const warmUp = await verify(addresses, servers, say);
    const before = await footprint();
    const startedMs = performance.now();
    const run = await verify(addresses, servers, say);
    const seconds = (performance.now() - startedMs) / 1_000;
    const after = await footprint();
    const { violations } = await farm.counters();
    const failures = [...warmUp.failures, ...run.failures, ...leftovers(before, after).map((words) => `after the farm: ${words}`)];
    if (violations > 0) failures.push(`${String(violations)} commands that a probe must never send`);
    const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1_024);
    return { addresses, seconds: Math.round(seconds), perSecond: Math.round(addresses / seconds), atFaultyHosts: run.atFaultyHosts, before, after, peakRssMb, failures };
  } finally {
    await dns.stop();
    await hosts.stop();
    await farm.close();
  }
}

async function verify(addresses: number, servers: { readonly dnsPort: number; readonly smtpPort: number }, say: (line: string) => void) {
  const domains = Math.max(100, Math.floor(addresses / 50));
  const list = mixedList({ size: addresses, domains, healthyHosts: HEALTHY_HOSTS, faultyHosts: FAULTY_HOSTS, truth: TRUTH });
  const judged = new Uint8Array(addresses);
  const wrong = new Map<string, number>();
  let done = 0;
  let atFaultyHosts = 0;
  const count = (words: string): void => {
    wrong.set(words, (wrong.get(words) ?? 0) + 1);
  };
  const telling = setInterval(() => {
    say(`${String(done)} of ${String(addresses)} addresses over the farm`);
  }, TELL_EVERY_MS);
  const { outcome, counters } = await runList({
    rows: addresses,
    address: (row) => list.address(row),
    ...servers,
    smtp: SMTP,
    onCommitted: ({ verdicts }) => {
      done += verdicts.length;
      for (const { rowId, reason } of verdicts) {
        const row = rowId - 1;
        judged[row] = (judged[row] ?? 0) + 1;
        if (!list.isHealthy(row)) {
          atFaultyHosts += 1;
          if (statusOf(reason) === 'undeliverable') count(`undeliverable(${reason}) at a faulty host`);
        } else if (reason !== (list.isKnown(row) ? 'accepted' : 'mailbox_not_found')) {
          count(`${reason} at a healthy host for a recipient that ${list.isKnown(row) ? 'exists' : 'is unknown'}`);
        }
      }
      return false;
    },
  });
  clearInterval(telling);
  if (outcome.kind !== 'done') count(`the run paused: ${outcome.message}`);
  for (const times of judged) if (times !== 1) count(times === 0 ? 'a row without a verdict' : 'a row judged twice');
  const { pending, done: final, scheduled } = counters.byState;
  if (pending !== 0 || final + scheduled !== addresses) count(`the store has ${String(final)} final, ${String(scheduled)} scheduled and ${String(pending)} open rows`);
  return { atFaultyHosts, failures: [...wrong].map(([words, times]) => `${words} (${String(times)} times)`) };
}
