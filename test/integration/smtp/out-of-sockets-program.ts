// Run by out-of-sockets.test.ts with few file descriptors: uses them all up, asks for a session, and frees them as soon as
// the pool was told that there is no socket to be had. Prints what came of it as JSON.
import { closeSync, openSync } from 'node:fs';
import { systemClock } from '../../../electron/engine/clock.ts';
import { NO_POOL_OBSERVER } from '../../../electron/engine/metrics/observers.ts';
import { createSmtpPool } from '../../../electron/engine/smtp/pool.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';

const target = { ip: '127.0.0.1', port: Number(process.argv[2]), mxHost: 'mx.lab.test' };
const proxy = process.argv[3] ?? '';
const outcomes: string[] = [];
let held: number[] = [];

function useUp(): void {
  for (;;) {
    try {
      held.push(openSync('/dev/null', 'r'));
    } catch {
      return;
    }
  }
}

function free(): void {
  for (const descriptor of held) closeSync(descriptor);
  held = [];
}

const pool = createSmtpPool({
  settings: { ...DEFAULT_SETTINGS.smtp, proxy, breakerFailures: 1, retryBackoffMs: 1, retryBackoffMaxMs: 1 },
  identity: { heloName: 'me.test', mailFrom: '' },
  clock: systemClock,
  isAllowed: () => true,
  observer: {
    ...NO_POOL_OBSERVER,
    connected: (_group, _tookMs, outcome) => {
      outcomes.push(outcome);
      free();
    },
  },
});

useUp();
const result = await pool.acquire(target);
if (result.ok) result.session.quit();
await pool.close(0);
process.stdout.write(JSON.stringify({ ok: result.ok, outcomes }));
