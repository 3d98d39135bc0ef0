// What the stages tell comes out again: as Prometheus' text, read back by a strict parser, and as sliding windows.
import { register } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../../../electron/engine/metrics/create-metrics.ts';
import type { DnsReading, PoolReading } from '../../../electron/engine/metrics/readings.ts';
import { createManualClock } from '../../lab/manual-clock.ts';
import { parsePrometheusText, sumOf, type ScrapedSample } from '../../lab/prometheus-text.ts';

const GROUP = { group: 'google', targets: 4, opening: 1, idle: 2, inUse: 6, waiting: 3, size: 9, breakersOpen: 1, breakersHalfOpen: 1 };
const pool = (over: Partial<PoolReading> = {}): PoolReading => ({ connects: 10, greeted: 8, closedWith421: 1, failures: { Timeout: 2 }, groups: [GROUP], ...over });
const dns = (over: Partial<DnsReading> = {}): DnsReading => ({
  queries: 5, tcpQueries: 1, silent: 1, failed: 0, hits: 7, misses: 5, coalesced: 2, evictions: 3,
  sweep: { expired: 4, longestSliceMs: 2 }, sizes: { memory: 11 }, shards: [{ size: 5, meanAgeMs: 2_000 }, { size: 6, meanAgeMs: 500 }], ...over,
});

async function scrape(metrics: Metrics): Promise<readonly ScrapedSample[]> {
  return parsePrometheusText((await metrics.text()).body);
}

describe('the text', () => {
  it('has each histogram in seconds, cumulative, with its sum and count', async () => {
    const metrics = createMetrics({ clock: createManualClock() });
    // A bound is inclusive.
    for (const tookMs of [0.5, 50, 50, 700, 400_000]) metrics.pool.flight('google', tookMs, 20, 'ok');
    metrics.pool.flight('google', 5, 3, 'Timeout');
    const samples = await scrape(metrics);
    const name = 'winnow_smtp_flight_duration_seconds';
    const buckets = samples.filter((sample) => sample.name === `${name}_bucket` && sample.labels['outcome'] === 'ok');
    const upTo = (le: string): number | undefined => buckets.find(({ labels }) => labels['le'] === le)?.value;
    expect([upTo('0.00025'), upTo('0.0005'), upTo('0.05'), upTo('0.1'), upTo('1'), upTo('300'), upTo('+Inf')]).toEqual([0, 1, 3, 3, 4, 4, 5]);
    expect(sumOf(samples, `${name}_count`, { group: 'google', outcome: 'ok' })).toBe(5);
    expect(sumOf(samples, `${name}_sum`, { outcome: 'ok' })).toBeCloseTo(400.8005, 6);
    expect(sumOf(samples, `${name}_count`, { outcome: 'Timeout' })).toBe(1);
    expect(sumOf(samples, 'winnow_smtp_flight_recipients_sum')).toBe(103);
  });

  it('tells each event of a session, a look-up and a commit once', async () => {
    const metrics = createMetrics({ clock: createManualClock() });
    metrics.pool.acquired('other', 0, 'idle');
    metrics.pool.acquired('other', 20, 'waited');
    metrics.pool.connected('other', 30, 'ConnectTimeout');
    metrics.pool.ended('other', 60_000, 70, 'left');
    metrics.pool.health('other', 'dead');
    metrics.pool.breaker('other', 'open');
    metrics.dns.lookup(12, 'hosts');
    metrics.dns.question(10, 'server', 'records');
    metrics.store.committed(500, 30, 4);
    const samples = await scrape(metrics);
    expect(sumOf(samples, 'winnow_pool_acquire_duration_seconds_count', { group: 'other' })).toBe(2);
    expect(sumOf(samples, 'winnow_pool_connect_duration_seconds_count', { outcome: 'ConnectTimeout' })).toBe(1);
    expect(sumOf(samples, 'winnow_pool_session_lifetime_seconds_sum', { cause: 'left' })).toBe(60);
    expect(sumOf(samples, 'winnow_pool_session_recipients_sum')).toBe(70);
    expect(sumOf(samples, 'winnow_pool_health_checks_total', { result: 'dead' })).toBe(1);
    expect(sumOf(samples, 'winnow_pool_breaker_changes_total', { state: 'open' })).toBe(1);
    expect(sumOf(samples, 'winnow_dns_lookup_duration_seconds_sum', { outcome: 'hosts' })).toBe(0.012);
    expect(sumOf(samples, 'winnow_dns_question_duration_seconds_count', { from: 'server', outcome: 'records' })).toBe(1);
    expect(sumOf(samples, 'winnow_store_verdicts_total')).toBe(500);
    expect(sumOf(samples, 'winnow_store_batch_verdicts_count')).toBe(1);
    expect(sumOf(samples, 'winnow_store_commit_duration_seconds_sum')).toBe(0.03);
    expect(sumOf(samples, 'winnow_store_queue_duration_seconds_sum')).toBe(0.004);
  });

  it('reads the pool and the resolver while they are there', async () => {
    const metrics = createMetrics({ clock: createManualClock() });
    const leavePool = metrics.attachPool(() => pool());
    const leaveDns = metrics.attachDns(() => dns());
    const samples = await scrape(metrics);
    expect(sumOf(samples, 'winnow_pool_sessions', { group: 'google', state: 'in_use' })).toBe(6);
    expect(sumOf(samples, 'winnow_pool_waiters')).toBe(3);
    expect(sumOf(samples, 'winnow_pool_utilisation_ratio')).toBe(0.75);
    expect(['closed', 'open', 'half_open'].map((state) => sumOf(samples, 'winnow_pool_breakers', { state }))).toEqual([2, 1, 1]);
    expect(sumOf(samples, 'winnow_smtp_failures_total', { kind: 'Timeout' })).toBe(2);
    expect(sumOf(samples, 'winnow_dns_cache_entries', { level: 'memory' })).toBe(11);
    expect(sumOf(samples, 'winnow_dns_cache_shard_entries', { shard: '1' })).toBe(6);
    expect(sumOf(samples, 'winnow_dns_cache_shard_mean_age_seconds', { shard: '0' })).toBe(2);
    expect(sumOf(samples, 'winnow_event_loop_delay_seconds', { statistic: 'count' })).toBe(0);
    expect(samples.filter(({ name }) => name === 'winnow_event_loop_delay_seconds')).toHaveLength(9);
    leavePool();
    leaveDns();
    expect((await scrape(metrics)).filter(({ name }) => name === 'winnow_pool_sessions' || name === 'winnow_event_loop_delay_seconds')).toEqual([]);
    metrics.close();
  });

  it('never lets a counter fall when a run ends and another begins', async () => {
    const metrics = createMetrics({ clock: createManualClock() });
    const leave = [metrics.attachPool(() => pool()), metrics.attachDns(() => dns())];
    for (const end of [...leave, ...leave]) end();
    expect(sumOf(await scrape(metrics), 'winnow_pool_connects_total')).toBe(10);
    metrics.attachPool(() => pool({ connects: 1, failures: { Timeout: 1, Dropped: 4 } }));
    metrics.attachDns(() => dns({ hits: 1 }));
    const samples = await scrape(metrics);
    expect(sumOf(samples, 'winnow_pool_connects_total')).toBe(11);
    expect(sumOf(samples, 'winnow_smtp_failures_total', { kind: 'Timeout' })).toBe(3);
    expect(sumOf(samples, 'winnow_smtp_failures_total', { kind: 'Dropped' })).toBe(4);
    expect(sumOf(samples, 'winnow_dns_cache_hits_total')).toBe(8);
    metrics.close();
  });

  it('gives the same twice, to two who ask at once, and leaves the global registry alone', async () => {
    const metrics = createMetrics({ clock: createManualClock() });
    metrics.store.committed(5, 1, 0);
    const without = (text: string): string => text.replace(/^winnow_process_.*$/gm, '');
    const [first, second] = await Promise.all([metrics.text(), metrics.text()]);
    expect(without(second.body)).toBe(without(first.body));
    expect(without((await metrics.text()).body)).toBe(without(first.body));
    expect(first.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(register.getMetricsAsArray()).toEqual([]);
  });

  it('follows the naming of Prometheus', async () => {
    const { body } = await createMetrics({ clock: createManualClock() }).text();
    for (const [, name, type] of body.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
      expect(name).toMatch(/^winnow_[a-z0-9_]+$/);
      expect(name!.endsWith('_total')).toBe(type === 'counter');
      expect(name).not.toMatch(/_(ms|milliseconds|percent)(_|$)/);
    }
  });
});

describe('no label', () => {
  it('names a host, a domain or an address, whatever a stage says', async () => {
    const metrics = createMetrics({ clock: createManualClock() });
    const leaks = ['jane@secret.example', 'secret.example', 'mx.secret.example', '192.0.2.77', '2001:db8::77'];
    for (const leak of leaks) {
      metrics.pool.acquired(leak, 1, 'failed');
      metrics.pool.connected(leak, 1, leak);
      metrics.pool.ended(leak, 1, 1, leak);
      metrics.pool.flight(leak, 1, 1, leak);
      metrics.pool.health(leak, 'alive');
      metrics.pool.breaker(leak, 'open');
      metrics.dns.lookup(1, leak);
      metrics.dns.question(1, leak, leak);
      metrics.attachPool(() => pool({ failures: { [leak]: 1 }, groups: [{ ...GROUP, group: leak }] }));
      metrics.attachDns(() => dns({ sizes: { [leak]: 1 } }));
    }
    const { body } = await metrics.text();
    for (const leak of leaks) expect(body).not.toContain(leak);
    metrics.close();
  });
});

describe('the windows', () => {
  it('tell rates and quantiles of the last ten seconds, minute and five minutes', async () => {
    const clock = createManualClock();
    const metrics = createMetrics({ clock });
    for (let second = 0; second < 120; second += 1) {
      metrics.pool.flight('other', second < 60 ? 100 : 50, 10, second % 10 === 0 ? 'Timeout' : 'ok');
      clock.advance(1_000);
    }
    const windows = metrics.windows();
    expect(windows['5m'].events.flight).toMatchObject({ coveredSec: 120, count: 120, failed: 12, units: 1200, perSecond: 1, unitsPerSecond: 10, maxMs: 100 });
    expect(windows['1m'].events.flight).toMatchObject({ count: 59, maxMs: 50 });
    expect(windows['10s'].events.flight.count).toBe(9);
    expect(windows['10s'].events.flight.p99Ms).toBeGreaterThan(45);
    expect(windows['10s'].events.commit.p50Ms).toBeNull();
    expect(windows['10s'].loop).toBeNull();
    const samples = await scrape(metrics);
    expect(sumOf(samples, 'winnow_recent_events', { event: 'flight', window: '1m' })).toBe(59);
    expect(sumOf(samples, 'winnow_recent_units_per_second', { event: 'flight', window: '5m' })).toBe(10);
    expect(sumOf(samples, 'winnow_recent_duration_seconds', { event: 'flight', window: '10s', quantile: '0.5' })).toBeCloseTo(0.05, 2);
    expect(samples.filter(({ name, labels }) => name === 'winnow_recent_duration_seconds' && labels['event'] === 'commit')).toEqual([]);
  });

  it('watch the event loop only while a pool is there, and leave no timer', () => {
    const clock = createManualClock();
    const metrics = createMetrics({ clock });
    expect(clock.timers).toBe(0);
    const leave = [metrics.attachPool(() => pool()), metrics.attachPool(() => pool())];
    clock.advance(25_000);
    expect(metrics.windows()['1m'].loop).toMatchObject({ maxMs: 0 });
    leave[0]!();
    expect(clock.timers).toBe(1);
    leave[1]!();
    expect(clock.timers).toBe(0);
    expect(metrics.windows()['1m'].loop).toBeNull();
  });
});
