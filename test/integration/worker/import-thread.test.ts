// An import beside other work: through its own thread, in batches between which the store answers everybody else.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type StoreClient } from '../../../electron/worker/client.ts';
import type { ImportProgress } from '../../../electron/worker/interface.ts';
import { batch, verdict } from './store/temporary-store.ts';

const workerPath = fileURLToPath(new URL('../../../electron/worker/entry.ts', import.meta.url));
const ROWS = 250_000;

let folder = '';
let client: StoreClient;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-import-'));
  client = await openStore({ dir: join(folder, 'store'), workerPath });
});
afterEach(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, rows: number): string => {
  const path = join(folder, name);
  writeFileSync(path, `email\n${Array.from({ length: rows }, (_, index) => `user${String(index)}@d${String(index % 999)}.example`).join('\n')}\n`);
  return path;
};
const files = (): string[] => readdirSync(join(folder, 'store', 'lists')).filter((name) => name.endsWith('.db'));

describe('while a list is imported', () => {
  it('verdicts of another are committed, and nobody sees the new list before it is whole', async () => {
    const { list } = await client.importList({ path: write('small.csv', 10) });
    await client.lock(list.id);
    let over = false;
    const commits: Promise<boolean>[] = [];
    const importing = client.importList({ path: write('big.csv', ROWS) }, () => {
      const rowId = commits.length + 1;
      if (rowId <= 10) commits.push(client.commit(batch(list.id, [verdict(rowId)])).then(() => over));
    }).then((report) => {
      over = true;
      return report;
    });
    const first = new Promise<readonly number[]>((resolve, reject) => {
      client.lists().then((lists) => { resolve(lists.map(({ id }) => id)); }, reject);
    });
    expect(await first).toEqual([list.id]);
    expect((await importing).rows).toBe(ROWS);
    expect(commits.length).toBeGreaterThan(0);
    expect((await Promise.all(commits))[0]).toBe(false);
    expect((await client.counters(list.id)).byReason).toEqual({ accepted: commits.length });
    expect((await client.lists()).map(({ counters }) => counters.rows)).toEqual([ROWS, 10]);
  });

  it('another waits for its turn, and a failed one does not keep it from it', async () => {
    const [none, big, small] = await Promise.allSettled([
      client.importList({ path: join(folder, 'none.csv') }),
      client.importList({ path: write('big.csv', 50_000) }),
      client.importList({ path: write('small.csv', 3) }),
    ]);
    expect(none).toMatchObject({ status: 'rejected', reason: { code: 'FileNotFound' } });
    expect(big).toMatchObject({ status: 'fulfilled', value: { rows: 50_000, list: { id: 1 } } });
    expect(small).toMatchObject({ status: 'fulfilled', value: { rows: 3, list: { id: 2 } } });
  });

  it('the store is closed after it', async () => {
    const importing = client.importList({ path: write('big.csv', 50_000) });
    await client.close();
    expect((await importing).rows).toBe(50_000);
    client = await openStore({ dir: join(folder, 'store'), workerPath });
    expect(await client.lists()).toMatchObject([{ state: 'ready', counters: { rows: 50_000 } }]);
  });

  it('it can be cancelled at every stage, and leaves nothing', async () => {
    const path = write('big.csv', ROWS);
    const seen: ImportProgress[] = [];
    for (const at of [0, 1]) {
      const controller = new AbortController();
      seen.length = 0;
      if (at === 0) controller.abort();
      const importing = client.importList({ path }, (progress) => {
        seen.push(progress);
        if (seen.length === at) controller.abort();
      }, controller.signal);
      await expect(importing).rejects.toMatchObject({ code: 'Cancelled' });
      expect(files()).toEqual([]);
      expect(await client.lists()).toEqual([]);
    }
  });

  it('its progress is told in bytes, with what is left', async () => {
    const seen: ImportProgress[] = [];
    await client.importList({ path: write('big.csv', ROWS) }, (progress) => seen.push(progress));
    const rates = seen.filter(({ bytesPerSecond }) => bytesPerSecond !== undefined);
    for (const { bytesRead, totalBytes, bytesPerSecond = 0, leftMs = -1 } of rates) {
      expect(bytesPerSecond).toBeGreaterThan(0);
      expect(Math.abs(leftMs - ((totalBytes - bytesRead) / bytesPerSecond) * 1_000)).toBeLessThan(2);
    }
    expect(seen.map(({ bytesRead }) => bytesRead)).toEqual(seen.map(({ bytesRead }) => bytesRead).toSorted((a, b) => a - b));
  });
});
