// The store through its thread: every method as a promise, errors as they were thrown, progress, cancellation, a crash.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../shared/errors.ts';
import { openStore, type StoreClient } from '../../../electron/worker/client.ts';
import type { ImportProgress } from '../../../electron/worker/interface.ts';
import { STORE_METHODS } from '../../../electron/worker/protocol.ts';
import { batch, verdict } from './store/temporary-store.ts';

const workerPath = fileURLToPath(new URL('../../../electron/worker/entry.ts', import.meta.url));
let folder = '';
let opened: StoreClient[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-client-'));
  opened = [];
});
afterEach(async () => {
  for (const client of opened) await client.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path = workerPath): Promise<StoreClient> {
  const client = await openStore({ dir: join(folder, 'store'), workerPath: path });
  opened.push(client);
  return client;
}

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const bigList = (rows: number): string =>
  write('big.csv', `email\n${Array.from({ length: rows }, (_, index) => `user${String(index)}@d${String(index % 999)}.example`).join('\n')}\n`);

describe('openStore', () => {
  it('has every method of the store', async () => {
    const client = await open();
    for (const method of STORE_METHODS) expect(typeof client[method]).toBe('function');
  });

  it('does the whole round in the thread', async () => {
    const client = await open();
    const report = await client.importList({ path: write('list.csv', 'email\na@one.example\n') });
    const id = report.list.id;
    await client.lock(id);
    const claims = await client.claim(id, { maxDomains: 5, maxAddressesPerDomain: 5, nowMs: Date.now(), includeScheduled: true });
    expect(claims[0]?.addresses).toEqual([{ rowId: 1, address: 'a@one.example', attempt: 1, earlier: null }]);
    expect((await client.commit(batch(id, [verdict(1)], { releasedDomainIds: [1] }))).committed).toBe(1);
    await client.setState(id, 'done');
    expect((await client.lists()).map((list) => [list.id, list.state, list.counters.byReason])).toEqual([[id, 'done', { accepted: 1 }]]);
    expect((await client.exportList({ listId: id, outPath: join(folder, 'out.csv') })).rows).toBe(1);
    await client.unlock(id);
    await client.deleteList(id);
    expect(await client.lists()).toEqual([]);
  });

  it('rejects with the same UserError that the store throws', async () => {
    const client = await open();
    const error: unknown = await client.importList({ path: join(folder, 'none.csv') }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'FileNotFound', retryable: false, message: expect.stringContaining('none.csv') as string });
    await expect(client.list(5)).rejects.toMatchObject({ code: 'ListNotFound' });
  });

  it('rejects when the store cannot be opened', async () => {
    write('store', 'a file where the folder should be');
    await expect(open()).rejects.toMatchObject({ code: 'StoreUnwritable' });
  });

  it('rejects defects with their stack', async () => {
    const client = await open();
    const broken = { listId: 1, verdicts: null } as unknown as Parameters<StoreClient['commit']>[0];
    await client.importList({ path: write('list.csv', 'email\na@one.example\n') });
    await expect(client.commit(broken)).rejects.toThrow(/null|iterable/);
    expect(await client.lists()).toHaveLength(1);
  });
});

describe('progress and cancellation', () => {
  it('tell how far an import is, seldom enough', async () => {
    const client = await open();
    const seen: ImportProgress[] = [];
    const startMs = performance.now();
    const report = await client.importList({ path: bigList(120_000) }, (progress) => seen.push(progress));
    const elapsedMs = performance.now() - startMs;
    expect(report.rows).toBe(120_000);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThanOrEqual(Math.ceil(elapsedMs / 100) + 1);
    for (const { bytesRead, totalBytes } of seen) expect(bytesRead).toBeLessThanOrEqual(totalBytes);
  });

  it('leave nothing of a cancelled import, and the store goes on', async () => {
    const client = await open();
    const controller = new AbortController();
    const path = bigList(300_000);
    const call = client.importList({ path }, () => { controller.abort(); }, controller.signal);
    await expect(call).rejects.toMatchObject({ code: 'Cancelled' });
    expect(await client.lists()).toEqual([]);
    expect(readdirSync(join(folder, 'store', 'lists'))).toEqual([]);
    await expect(client.importList({ path }, undefined, AbortSignal.abort())).rejects.toMatchObject({ code: 'Cancelled' });
  });
});

describe('the end', () => {
  it('comes after the calls that were made before it', async () => {
    const client = await open();
    const path = write('list.csv', 'email\na@one.example\n');
    const { list } = await client.importList({ path });
    const commit = client.commit(batch(list.id, [verdict(1)]));
    await client.close();
    expect((await commit).committed).toBe(1);
    await client.close();
    await expect(client.lists()).rejects.toThrow(/closed/);
    const again = await open();
    expect((await again.counters(list.id)).byReason).toEqual({ accepted: 1 });
  });

  it('by a crash rejects everything that waits, and everything later', async () => {
    const crashing = write('crashing.mjs', `
      import { parentPort } from 'node:worker_threads';
      parentPort.postMessage({ type: 'opened', failure: null });
      parentPort.on('message', () => process.exit(7));
    `);
    const client = await open(crashing);
    const calls = await Promise.allSettled([client.lists(), client.counters(1), client.commit(batch(1, []))]);
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('worker stopped') as string } });
    await expect(client.lists()).rejects.toThrow(/worker stopped/);
  });

  it('by a program that cannot run is told', async () => {
    await expect(open(write('broken.mjs', 'throw new Error("no such thing")'))).rejects.toThrow(/worker stopped: no such thing/);
    await expect(open(join(folder, 'missing.mjs'))).rejects.toThrow(/worker stopped/);
  });
});
