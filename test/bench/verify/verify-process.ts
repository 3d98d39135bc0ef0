// One run in a process of its own: the list is imported into a real store, verified through the real worker thread, and
// the export is held against the farm's truth. Told its task over IPC, answers with figures and ends.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { Metrics } from '../../../electron/engine/metrics/create-metrics.ts';
import { NO_DNS_OBSERVER, NO_POOL_OBSERVER, NO_STORE_OBSERVER } from '../../../electron/engine/metrics/observers.ts';
import { warmUpEngine } from '../../../electron/engine/run/warm-up-engine.ts';
import { startRun, type RunStore } from '../../../electron/engine/run/run.ts';
import { openNetwork } from '../../../electron/host/open-network.ts';
import { workerPath } from '../../../electron/host/worker-path.ts';
import { openStore, type StoreClient } from '../../../electron/worker/client.ts';
import type { Counters, ListId } from '../../../electron/worker/interface.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { isKnownRecipient, type FarmTruth } from '../farm/known-recipient.ts';
import { watchedRun } from '../aims/watched-run.ts';
import type { VerifyFigures, VerifyTask } from './task.ts';

const TOLERANT = { mxPattern: '*.farm.test', errorBudget: 1_000, maxTransactionsPerSession: 10_000, maxRecipientsPerSession: 50_000 };

process.on('message', (task: VerifyTask) => {
  void verify(task).then((figures) => {
    process.send?.(figures, () => process.exit());
  });
});

async function verify(task: VerifyTask): Promise<VerifyFigures> {
  const store = await openStore({ dir: task.dir, workerPath: workerPath() });
  const importsMs = performance.now();
  const importing = store.importList({ path: task.csv });
  // As the hosts do.
  const [{ list, rows }] = await Promise.all([importing, warmUpEngine()]);
  const importMs = performance.now() - importsMs;
  const importPeakRssMb = peakRss();
  await store.lock(list.id);
  const seen = { flights: 0, recipients: 0, commits: 0 };
  const lab = { dns: { host: '127.0.0.1', port: task.dnsPort }, port: task.smtpPort, allowLoopback: true };
  const settings = settingsSchema.parse({
    identity: { heloName: 'me.test', mailFrom: 'verify@me.test' },
    smtp: { ipv6: false },
    destinations: task.tolerant ? [TOLERANT] : [],
  });
  const network = openNetwork({ lab, practice: null, metrics: countingMetrics(seen) }, settings);
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const cpu = process.cpuUsage();
  const mainCpu = process.threadCpuUsage();
  const startedMs = performance.now();
  const runStore = task.commits ? store : withoutCommits(store, list.id, await store.counters(list.id));
  const watched = task.watch === undefined ? null : watchedRun(runStore, network.pool, task.watch);
  const run = startRun({
    store: watched?.store ?? runStore,
    listId: list.id,
    settings: network.settings,
    resolver: network.resolver,
    pool: watched?.pool ?? network.pool,
    wait: false,
    observer: {
      committed: () => {
        seen.commits += 1;
      },
    },
  });
  const outcome = await run.done;
  const runMs = performance.now() - startedMs;
  const main = total(process.threadCpuUsage(mainCpu));
  const all = total(process.cpuUsage(cpu));
  loop.disable();
  if (outcome.kind !== 'done') throw new Error(`The run did not end: ${outcome.message}`);
  const { connects, closedWith421 } = network.pool.stats();
  await network.close();
  const peakRssMb = peakRss();
  const score = task.check && task.commits ? await scored(store, list.id, task) : { right: 0, wrong: 0, undecided: 0 };
  await store.close();
  return {
    addresses: rows,
    importMs: Math.round(importMs),
    runMs: Math.round(runMs),
    mainCpuMs: Math.round(main),
    workerCpuMs: Math.round(all - main),
    importPeakRssMb,
    peakRssMb,
    loopDelayP99Ms: Math.round(loop.percentile(99) / 1e5) / 10,
    connections: connects,
    closedWith421,
    ...seen,
    ...score,
    ...(watched === null ? {} : { watched: watched.figures() }),
  };
}

/** Megabytes. */
function peakRss(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}

function total({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

function countingMetrics(seen: { flights: number; recipients: number }): Metrics {
  return {
    pool: {
      ...NO_POOL_OBSERVER,
      flight: (_group, _tookMs, recipients) => {
        seen.flights += 1;
        seen.recipients += recipients;
      },
    },
    dns: NO_DNS_OBSERVER,
    store: NO_STORE_OBSERVER,
    attachPool: () => () => undefined,
    attachDns: () => () => undefined,
    gauges: () => {
      throw new Error('not measured');
    },
    windows: () => {
      throw new Error('not measured');
    },
    text: () => Promise.reject(new Error('not served')),
    close: () => undefined,
  };
}

/** The same store, but that every batch is acknowledged at once and goes nowhere. */
function withoutCommits(store: StoreClient, listId: ListId, counters: Counters): RunStore {
  return {
    claim: (id, options) => store.claim(id, options),
    commit: ({ verdicts }) => Promise.resolve({ committed: verdicts.length, counters, tookMs: 0 }),
    schedule: () => Promise.resolve({ byReason: [], nextAtMs: null }),
    counters: () => store.counters(listId),
    commonDomains: (id, count) => store.commonDomains(id, count),
  };
}

async function scored(store: StoreClient, listId: ListId, { dir, truth }: VerifyTask): Promise<Pick<VerifyFigures, 'right' | 'wrong' | 'undecided'>> {
  const outPath = join(dir, 'out.csv');
  await store.exportList({ listId, outPath });
  return scoreOf(outPath, truth);
}

async function scoreOf(path: string, truth: FarmTruth): Promise<Pick<VerifyFigures, 'right' | 'wrong' | 'undecided'>> {
  const score = { right: 0, wrong: 0, undecided: 0 };
  let status = -1;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    const cells = line.replace(/^\uFEFF/, '').split(',');
    if (status < 0) {
      status = cells.findIndex((cell) => /status/i.test(cell));
      continue;
    }
    const said = cells[status] ?? '';
    if (said !== 'deliverable' && said !== 'undeliverable') score.undecided += 1;
    else if ((said === 'deliverable') === isKnownRecipient(cells[0] ?? '', truth)) score.right += 1;
    else score.wrong += 1;
  }
  return score;
}
