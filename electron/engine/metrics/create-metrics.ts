// All metrics of one process: the observers that the stages call, the sources that are read when somebody looks, and what
// can be seen of them: sliding windows for the app itself, and Prometheus' text for a scraper.
// Always holds: counters only grow, though runs come and go; no label names an address, a domain, a host or an IP.
// prom-client is loaded by the first `text`, so that nobody who serves nothing pays for it.
import type { Clock } from '../clock.ts';
import { DnsMetrics } from './dns-metrics.ts';
import { readGauges, type Gauges } from './gauges.ts';
import { LoopMonitor } from './loop-monitor.ts';
import type { DnsObserver, PoolObserver, StoreObserver } from './observers.ts';
import { PoolMetrics } from './pool-metrics.ts';
import { processFamilies } from './process-families.ts';
import type { DnsReading, PoolReading } from './readings.ts';
import { StoreMetrics } from './store-metrics.ts';
import { readWindows, windowFamilies, type RecentTallies, type WindowReadings } from './windows.ts';

export interface MetricsText {
  readonly contentType: string;
  readonly body: string;
}

export interface Metrics {
  readonly pool: PoolObserver;
  readonly dns: DnsObserver;
  readonly store: StoreObserver;
  /** Reads that pool's numbers until the returned function is called; the event loop is watched as long as one is there. */
  attachPool(read: () => PoolReading): () => void;
  attachDns(read: () => DnsReading): () => void;
  windows(): WindowReadings;
  gauges(): Gauges;
  /** In Prometheus' text format. */
  text(): Promise<MetricsText>;
  /** Stops what is measured by itself. */
  close(): void;
}

export function createMetrics({ clock }: { readonly clock: Clock }): Metrics {
  const pool = new PoolMetrics(clock);
  const dns = new DnsMetrics(clock);
  const store = new StoreMetrics(clock);
  const loop = new LoopMonitor(clock);
  const tallies: RecentTallies = { ...pool.recent, ...dns.recent, ...store.recent };
  const windows = (): WindowReadings => readWindows(tallies, loop, clock.monotonicMs());

  /** What one scrape shows: the windows are read once for all of their families. */
  let seen = windows();

  async function loadRegistry() {
    const { createRegistry } = await import('./create-registry.ts');
    return createRegistry([...pool.families(), ...dns.families(), ...store.families(), ...processFamilies(loop), ...windowFamilies(() => seen)]);
  }
  let registry: ReturnType<typeof loadRegistry> | null = null;

  return {
    pool,
    dns,
    store,
    attachPool(read) {
      const detach = pool.sources.attach(read);
      loop.start();
      return () => {
        detach();
        if (pool.sources.size === 0) loop.stop();
      };
    },
    attachDns: (read) => dns.sources.attach(read),
    windows,
    gauges: () => readGauges(pool.sources, dns.sources),
    async text() {
      const loaded = await (registry ??= loadRegistry());
      seen = windows();
      return { contentType: loaded.contentType, body: await loaded.metrics() };
    },
    close() {
      loop.stop();
    },
  };
}
