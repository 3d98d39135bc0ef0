// Imports one list as the app does, in a process of its own, so that its memory is only this; prints what it took.
// Arguments: the list, and a folder for the store.
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { workerPath } from '../../../electron/host/worker-path.ts';
import { openStore } from '../../../electron/worker/client.ts';

const [path = '', folder = ''] = process.argv.slice(2);
const store = await openStore({ dir: join(folder, 'store'), workerPath: workerPath() });
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const startedMs = performance.now();
const cpuBefore = process.cpuUsage();
const { rows, duplicates, tookMs } = await store.importList({ path }, () => undefined);
const totalMs = performance.now() - startedMs;
const { user, system } = process.cpuUsage(cpuBefore);
delay.disable();
await store.close();
process.stdout.write(JSON.stringify({
  rows,
  duplicates,
  // The start of the intake's thread is in the difference, and counts as well.
  committedMs: totalMs - (tookMs === undefined ? 0 : tookMs.all - tookMs.rows),
  totalMs,
  cpuMs: (user + system) / 1_000,
  peakMb: process.resourceUsage().maxRSS / 1_024,
  loopDelayMs: Math.max(0, delay.max / 1e6 - 5),
}));
