// Metrics of a real run: `winnow verify --practice --metrics`, scraped while it is under way. Nothing of the practice world
// or of the list is to be found in them.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MISSING_DOMAINS, PERSONALITIES } from '../../../electron/practice/personalities.ts';
import { parsePrometheusText, sumOf } from '../../lab/prometheus-text.ts';
import { readCsv } from '../../lab/sample-expectations.ts';
import { startMetricsServer } from '../../../electron/host/metrics-server.ts';
import { SAMPLE } from '../../lab/sample-job.ts';
import { runWinnow, startWinnow, temporaryFolder, type RunningWinnow } from '../../lab/winnow.ts';

const SERVED = /metrics: (http:\/\/127\.0\.0\.1:\d+\/metrics)/;
/** Something is committed, and the run waits for its greylisted rows: everything has happened, and nothing ends yet. */
const WAITING = /\] [1-9]\d*\/\d+ +waiting/;

let folder: ReturnType<typeof temporaryFolder>;
let running: RunningWinnow | null = null;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.done;
  running = null;
  folder.remove();
});

const args = (port: string): string[] => ['verify', SAMPLE, '--practice', '--store', join(folder.dir, 'store'), '--json', '--metrics', port];

async function served(winnow: RunningWinnow): Promise<string> {
  return (await winnow.said(SERVED))[1]!;
}

describe('winnow verify --practice --metrics', () => {
  it('tells what the run does, and of whom never', async () => {
    running = startWinnow(args('0'));
    const url = await served(running);
    await running.said(WAITING);
    const answer = await fetch(url);
    const text = await answer.text();
    const samples = parsePrometheusText(text);

    const flights = sumOf(samples, 'winnow_smtp_flight_duration_seconds_count');
    const recipients = sumOf(samples, 'winnow_smtp_flight_recipients_sum');
    const verdicts = sumOf(samples, 'winnow_store_verdicts_total');
    expect(flights).toBeGreaterThan(0);
    expect(recipients).toBeGreaterThanOrEqual(flights);
    expect(sumOf(samples, 'winnow_store_batch_verdicts_count')).toBeGreaterThan(0);
    expect(verdicts).toBeGreaterThan(100);
    expect(sumOf(samples, 'winnow_store_commit_duration_seconds_sum')).toBeGreaterThan(0);
    const connects = sumOf(samples, 'winnow_pool_connects_total');
    expect(connects).toBeGreaterThan(0);
    expect(sumOf(samples, 'winnow_pool_greeted_total')).toBeLessThanOrEqual(connects);
    expect(sumOf(samples, 'winnow_pool_connect_duration_seconds_count')).toBe(connects);
    expect(sumOf(samples, 'winnow_pool_connect_duration_seconds_count', { group: 'google', outcome: 'greeted' })).toBeGreaterThan(0);
    // The host of lights-out.test is dead.
    expect(sumOf(samples, 'winnow_smtp_failures_total', { kind: 'ConnectFailed' })).toBeGreaterThan(0);
    expect(sumOf(samples, 'winnow_dns_lookup_duration_seconds_count', { outcome: 'null_mx' })).toBeGreaterThan(0);
    expect(sumOf(samples, 'winnow_dns_cache_misses_total')).toBeGreaterThan(0);
    expect(sumOf(samples, 'winnow_dns_cache_shard_entries')).toBe(sumOf(samples, 'winnow_dns_cache_entries', { level: 'memory' }));
    expect(sumOf(samples, 'winnow_recent_events', { event: 'flight', window: '5m' })).toBe(flights);
    expect(sumOf(samples, 'winnow_process_memory_bytes', { kind: 'rss' })).toBeGreaterThan(1e7);

    const world = PERSONALITIES.flatMap(({ domains, mx }) => [...domains, ...mx.flatMap(({ name, ip }) => [name, ip])]);
    const rows = readCsv(SAMPLE).flatMap((row) => Object.values(row)).filter((cell) => cell.includes('@'));
    expect(rows.length).toBeGreaterThan(500);
    for (const secret of [...world, ...MISSING_DOMAINS, ...rows, '@', '127.77.', '.test', 'winnow.test']) expect(text.includes(secret), secret).toBe(false);

    const foreign = await rawGet(url, 'evil.example');
    expect(foreign).toContain(' 403 ');
    expect(foreign).not.toContain('winnow_');

    const { code, stdout } = await running.done;
    running = null;
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { state: string }).state).toBe('done');
    await expect(fetch(url)).rejects.toThrow();
  }, 180_000);

  it('does not begin where the port is taken, and says which', async () => {
    const other = await startMetricsServer(0, () => Promise.reject(new Error('never')));
    const { code, stdout, stderr } = await runWinnow(args(String(other.port)));
    await other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`port ${String(other.port)} of 127.0.0.1 is used by another program`);
    expect(stdout).toBe('');
  });
});

async function rawGet(url: string, host: string): Promise<string> {
  const { connect } = await import('node:net');
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
    socket.on('close', () => { resolve(text); });
    socket.on('error', reject);
    socket.write(`GET /metrics HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  });
}
