// The monitor's memory: measured by the clock while something is asked, by those who look otherwise, and bounded.
import { beforeEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../../../electron/engine/metrics/create-metrics.ts';
import { Monitor } from '../../../electron/main/monitor.ts';
import { monitorReading } from '../../../shared/ipc/monitor.ts';
import { createManualClock, type ManualClock } from '../../lab/manual-clock.ts';

let clock: ManualClock;
let metrics: ReturnType<typeof createMetrics>;
let monitor: Monitor;
let scheduled = 0;

beforeEach(() => {
  clock = createManualClock();
  metrics = createMetrics({ clock });
  scheduled = 0;
  monitor = new Monitor({ metrics, clock, scheduled: () => scheduled, memoryBytes: () => 5_000_000 });
});

const last = () => monitor.read().samples.at(-1)!;

describe('the monitor', () => {
  it('measures each two seconds while something is asked, for five minutes back, and not afterwards', () => {
    monitor.setAsking(true);
    clock.advance(10_000);
    expect(monitor.read()).toMatchObject({ asking: true });
    expect(monitor.read().samples).toHaveLength(6);
    clock.advance(600_000);
    const { samples } = monitor.read();
    expect(samples).toHaveLength(151);
    expect(samples.at(-1)!.atMs - samples[0]!.atMs).toBe(300_000);
    monitor.setAsking(false);
    const at = last().atMs;
    clock.advance(60_000);
    expect(monitor.read().asking).toBe(false);
    expect(monitor.read().samples.filter(({ atMs }) => atMs > at)).toHaveLength(1);
  });

  it('tells what the stages did in the last ten seconds', () => {
    scheduled = 7;
    clock.advance(10_000);
    metrics.store.committed(500, 12, 1);
    metrics.pool.flight('other', 50, 20, 'ok');
    metrics.dns.lookup(5, 'hosts');
    metrics.pool.connected('other', 5, 'timeout');
    const sample = last();
    expect(sample.verdictsPerSec).toBeGreaterThan(40);
    expect(sample).toMatchObject({ scheduled: 7, memoryBytes: 5_000_000, connections: 0, dnsHitShare: null, loopMs: null });
    expect(sample.recipientsPerSec).toBeGreaterThan(1.5);
    expect(sample.lookupsPerSec).toBeGreaterThan(0);
    expect(sample.failuresPerSec).toBeGreaterThan(0);
    expect(sample.flightMs).toBeGreaterThan(40);
    expect(sample.commitMs).toBeGreaterThan(10);
    expect(monitorReading.safeParse(monitor.read()).error).toBeUndefined();
  });

  it('adds up the connections of all pools, and takes the share of DNS hits since the last look', () => {
    const group = { group: 'google', targets: 3, opening: 1, idle: 2, inUse: 4, waiting: 0, size: 10, breakersOpen: 0, breakersHalfOpen: 0 };
    const detach = metrics.attachPool(() => ({ connects: 0, greeted: 0, closedWith421: 0, failures: {}, groups: [group, { ...group, group: 'other' }] }));
    const dns = { queries: 0, tcpQueries: 0, silent: 0, failed: 0, hits: 8, misses: 1, coalesced: 1, evictions: 0, sweep: { expired: 0, longestSliceMs: 0 }, sizes: {}, shards: [] };
    let hits = 8;
    const detachDns = metrics.attachDns(() => ({ ...dns, hits }));
    expect(last()).toMatchObject({ connections: 14, targets: 6, dnsHitShare: 0.8 });
    clock.advance(2_000);
    expect(last().dnsHitShare).toBeNull();
    hits = 18;
    clock.advance(2_000);
    expect(last().dnsHitShare).toBe(1);
    detach();
    detachDns();
    clock.advance(2_000);
    expect(last()).toMatchObject({ connections: 0, targets: 0, dnsHitShare: null });
  });

  it('does not measure anew for each look', () => {
    monitor.read();
    clock.advance(1_000);
    expect(monitor.read().samples).toHaveLength(1);
    clock.advance(1_000);
    expect(monitor.read().samples).toHaveLength(2);
  });
});
