// The process that the kill test kills: works on a store through its thread and says what was acknowledged, line by
// line, with synchronous writes, so that what was said had happened.
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../../electron/worker/client.ts';
import { batch, verdict } from './store/temporary-store.ts';

const [mode, dir, path] = process.argv.slice(2) as [string, string, string];
const full = new Int32Array(new SharedArrayBuffer(4));
/** The pipe is non-blocking: while a busy reader leaves it full, a write says EAGAIN and is made again. */
const say = (line: string): void => {
  const bytes = Buffer.from(`${line}\n`);
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(full, 0, 0, 1);
    }
  }
};
const workerPath = fileURLToPath(new URL('../../../electron/worker/entry.ts', import.meta.url));
const store = await openStore({ dir, workerPath });

if (mode === 'import') {
  say('start');
  await store.importList({ path }, () => { say('progress'); });
  say('imported');
} else if (mode === 'export') {
  say('start');
  for (const list of await store.lists()) await store.exportList({ listId: list.id, outPath: path }, () => { say('progress'); });
  say('exported');
} else {
  const listId = Number(path);
  say('start');
  for (;;) {
    const claims = await store.claim(listId, { maxDomains: 3, maxAddressesPerDomain: 4, nowMs: Date.now(), includeScheduled: true });
    if (claims.length === 0) break;
    const rows = claims.flatMap((claim) => claim.addresses.map((address) => address.rowId));
    const releasedDomainIds = claims.map((claim) => claim.domainId);
    await store.commit(batch(listId, rows.map((row) => verdict(row, { reply: `250 row ${String(row)}` })), { releasedDomainIds }));
    for (const row of rows) say(`row ${String(row)}`);
  }
  say('done');
}
await store.close();
