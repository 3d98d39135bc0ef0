// The main process while it verifies at full speed: how long its loop is ever busy, and how often it speaks to the window.
// Drives the real app in the real Electron; the practice world it asks is another process, so that its servers' work
// is not counted. Bars: the design's (loop delay p99 ≤ 20 ms, at most 5 snapshots a second).
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasDisplay, startDisplay } from '../../build/electron/display.ts';
import { ensureStagedApp } from '../../build/electron/stage-app.ts';
import { FIRST_NAMES, LEFT_SURNAMES, STAYING_SURNAMES } from '../../electron/practice/population.ts';
import { launchApp, type LaunchedApp } from '../lab/app.ts';
import { ask, listWhere, snapshotWhere } from '../lab/lists-in-page.ts';
import type { BenchmarkResult } from './benchmark.ts';

const HEADLESS = join(import.meta.dirname, '../../electron/headless/index.ts');
const ADDRESSES = 40_000;
/** Hosts of the practice world that are as quick as loopback is, and serve whoever comes. */
const DOMAINS = ['brightmail.test', 'harbour-books.test', 'lakeside-clinic.test', 'northwind-trading.test', 'cedar-works.test', 'oak-and-ash.test'];

interface Measured {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly snapshots: number;
  readonly seconds: number;
}

export async function app(): Promise<BenchmarkResult> {
  const staged = await ensureStagedApp();
  process.env['WINNOW_ELECTRON_BIN'] = staged.executable;
  const display = hasDisplay() ? null : await startDisplay();
  if (display !== null) process.env['DISPLAY'] = display.name;
  const folder = await mkdtemp(join(tmpdir(), 'winnow-bench-'));
  const { world, dns, port } = await startWorld();
  try {
    const list = join(folder, 'list.csv');
    await writeFile(list, `email\n${addresses().join('\n')}\n`);
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ identity: { heloName: 'bench.winnow.test', mailFrom: 'bench@winnow.test' } }));
    const launched = await launchApp({ userDataDir: folder, args: [list, '--dns', dns, '--port', String(port), '--allow-loopback'] });
    try {
      return resultOf(await measure(launched));
    } finally {
      await launched.close();
    }
  } finally {
    world.kill('SIGTERM');
    await once(world, 'exit');
    await display?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function addresses(): string[] {
  return Array.from({ length: ADDRESSES }, (_, index) => {
    const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
    const surnames: readonly string[] = index % 20 === 0 ? LEFT_SURNAMES : STAYING_SURNAMES;
    const last = surnames[(index * 7) % surnames.length] ?? '';
    return `${first}.${last}+${String(index)}@${DOMAINS[index % DOMAINS.length] ?? ''}`;
  });
}

async function startWorld(): Promise<{ world: ChildProcess; dns: string; port: number }> {
  const world = spawn(process.execPath, [HEADLESS, 'practice', '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(world.stdout, 'data')) as [Buffer];
  const { dns, port } = JSON.parse(line.toString('utf8')) as { dns: string; port: number };
  return { world, dns, port };
}

async function measure({ app: electron, page }: LaunchedApp): Promise<Measured> {
  // The list was named on the command line: its sheet is open.
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  const { lists } = await snapshotWhere(page, 's.lists.length === 1');
  const listId = lists[0]?.id ?? 0;
  await page.evaluate('window.winnow.onSnapshot(() => { window.snapshotsSeen = (window.snapshotsSeen ?? 0) + 1; })');
  await electron.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    (globalThis as { loopDelay?: typeof delay }).loopDelay = delay;
  });
  const startedMs = performance.now();
  await ask(page, 'runStart', { listId });
  await listWhere(page, listId, "list.state === 'done'");
  const seconds = (performance.now() - startedMs) / 1000;
  const delays = await electron.evaluate(() => {
    const delay = (globalThis as { loopDelay?: { percentile(share: number): number; max: number } }).loopDelay;
    return delay === undefined ? null : { p50: delay.percentile(50), p99: delay.percentile(99), max: delay.max };
  });
  if (delays === null) throw new Error('the loop was not watched');
  const snapshots = await page.evaluate<number>('window.snapshotsSeen');
  const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e4) / 100;
  return { p50Ms: ms(delays.p50), p99Ms: ms(delays.p99), maxMs: ms(delays.max), snapshots, seconds };
}

function resultOf({ p50Ms, p99Ms, maxMs, snapshots, seconds }: Measured): BenchmarkResult {
  return {
    checks: [
      { name: 'loop delay of main, p99', value: p99Ms, unit: 'ms', op: '<=', bar: 20 },
      // n messages have n - 1 gaps between them.
      { name: 'snapshots', value: Math.round(((snapshots - 1) / seconds) * 100) / 100, unit: 'a second', op: '<=', bar: 5 },
    ],
    details: { addresses: ADDRESSES, seconds, verdictsPerSecond: Math.round(ADDRESSES / seconds), p50Ms, maxMs, resolutionMs: 1 },
  };
}
