// One run of a list through the real store and its thread, against a lab's DNS and hosts, with the committed batches told
// as they are acknowledged. Everything that it opens is closed when it resolves.
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRun, type RunOutcome } from '../../../electron/engine/run/run.ts';
import { openNetwork } from '../../../electron/host/open-network.ts';
import { workerPath } from '../../../electron/host/worker-path.ts';
import { openStore } from '../../../electron/worker/client.ts';
import type { Counters, VerdictBatch } from '../../../electron/worker/interface.ts';
import { settingsSchema, type SettingsInput } from '../../../shared/settings/schema.ts';

export interface ListRunOptions {
  readonly rows: number;
  readonly address: (row: number) => string;
  readonly dnsPort: number;
  readonly smtpPort: number;
  readonly smtp?: SettingsInput['smtp'];
  /** Called when the batch is durable, so long after the run's start. True: that is enough, the run is ended. */
  readonly onCommitted: (batch: VerdictBatch, atMs: number) => boolean;
}

export interface ListRun {
  readonly outcome: RunOutcome;
  readonly runMs: number;
  readonly counters: Counters;
}

const ROWS_A_WRITE = 50_000;

export async function runList({ rows, address, dnsPort, smtpPort, smtp, onCommitted }: ListRunOptions): Promise<ListRun> {
  const dir = mkdtempSync(join(tmpdir(), 'winnow-list-'));
  const store = await openStore({ dir: join(dir, 'store'), workerPath: workerPath() });
  try {
    const path = join(dir, 'list.csv');
    await appendFile(path, 'email\n');
    for (let at = 0; at < rows; at += ROWS_A_WRITE) {
      const lines = Array.from({ length: Math.min(ROWS_A_WRITE, rows - at) }, (_, i) => `${address(at + i)}\n`);
      await appendFile(path, lines.join(''));
    }
    const { list } = await store.importList({ path });
    await store.lock(list.id);
    const lab = { dns: { host: '127.0.0.1', port: dnsPort }, port: smtpPort, allowLoopback: true };
    const settings = settingsSchema.parse({ identity: { heloName: 'me.test', mailFrom: 'verify@me.test' }, smtp: { ipv6: false, ...smtp } });
    const network = openNetwork({ lab, practice: null }, settings);
    const startedMs = performance.now();
    const run = startRun({
      store: {
        claim: (id, options) => store.claim(id, options),
        async commit(batch) {
          const ack = await store.commit(batch);
          if (onCommitted(batch, performance.now() - startedMs)) run.pause('interrupted', 'enough');
          return ack;
        },
        schedule: (id) => store.schedule(id),
        counters: (id) => store.counters(id),
        commonDomains: (id, count) => store.commonDomains(id, count),
      },
      listId: list.id,
      settings: network.settings,
      resolver: network.resolver,
      pool: network.pool,
      wait: false,
      observer: network.observer,
    });
    const outcome = await run.done;
    const runMs = performance.now() - startedMs;
    await network.close();
    return { outcome, runMs, counters: await store.counters(list.id) };
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
