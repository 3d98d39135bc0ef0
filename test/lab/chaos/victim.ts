// The process that the chaos tests kill: imports, verifies or exports with the product's own parts, and says on standard
// output what it has been told, line by line, with synchronous writes: what was said had happened before.
// Never says that a verdict is kept before the store has acknowledged it.
import { writeSync } from 'node:fs';
import { startRun } from '../../../electron/engine/run/run.ts';
import { openNetwork } from '../../../electron/host/open-network.ts';
import { workerPath } from '../../../electron/host/worker-path.ts';
import { openStore, type StoreClient } from '../../../electron/worker/client.ts';
import type { VerdictBatch } from '../../../electron/worker/interface.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { readTask, type CombineTask, type VerifyTask, type VictimTask } from './victim-task.ts';

const full = new Int32Array(new SharedArrayBuffer(4));

/** The pipe is non-blocking: while a busy reader leaves it full, a write says EAGAIN and is made again. */
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(full, 0, 0, 1);
    }
  }
}

/** One line a batch: row, reason, and whether that is the last word on the row. */
function sayKept({ verdicts }: VerdictBatch): void {
  say(`kept ${JSON.stringify(verdicts.map(({ rowId, reason, retryAtMs, provisional }) => [rowId, reason, retryAtMs === null && !provisional]))}`);
}

async function verify(store: StoreClient, task: VerifyTask): Promise<void> {
  const [list] = await store.lists();
  if (list === undefined) throw new Error('there is no list');
  await store.lock(list.id);
  await store.setState(list.id, 'running');
  const network = openNetwork({ lab: { dns: { host: '127.0.0.1', port: task.dnsPort }, port: task.smtpPort, allowLoopback: true }, practice: null }, settingsSchema.parse(task.settings));
  const run = startRun({
    store: {
      async claim(id, options) {
        const claims = await store.claim(id, options);
        say('claimed');
        return claims;
      },
      async commit(batch) {
        const ack = await store.commit(batch);
        sayKept(batch);
        return ack;
      },
      schedule: (id) => store.schedule(id),
      counters: (id) => store.counters(id),
    },
    listId: list.id,
    settings: network.settings,
    resolver: network.resolver,
    pool: network.pool,
    wait: true,
  });
  const outcome = await run.done;
  await network.close();
  if (outcome.kind !== 'done') throw new Error(`the run paused: ${outcome.message}`);
  await store.exportList({ listId: list.id, outPath: task.outPath });
  await store.setState(list.id, 'done');
}

async function combine(store: StoreClient, { kind, path }: CombineTask, progress: () => void): Promise<void> {
  const ids = (await store.lists()).map(({ id }) => id).reverse();
  const [listId = 0] = ids;
  if (kind === 'append') await store.appendFile({ listId, path }, progress);
  else if (kind === 'merge') await store.mergeLists({ listIds: ids.slice(0, 2), name: 'merged' }, progress);
  else await store.splitList({ listId, rule: { by: 'parts', parts: 3 } }, progress);
}

async function work(task: VictimTask): Promise<void> {
  say('started');
  const store = await openStore({ dir: task.storeDir, workerPath: workerPath() });
  say('open');
  const progress = (): void => {
    say('progress');
  };
  if (task.kind === 'verify') await verify(store, task);
  else if (task.kind === 'import') await store.importList({ path: task.path }, progress);
  else if (task.kind !== 'export') await combine(store, task, progress);
  else for (const { id } of await store.lists()) await store.exportList({ listId: id, outPath: task.outPath }, progress);
  say('finished');
  await store.close();
}

// Not awaited here: the bundle that it is run from is CommonJS. A failure ends the process with its code.
void work(readTask(process.argv[2]));
