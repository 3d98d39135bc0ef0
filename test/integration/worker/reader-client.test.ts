// The reader through its thread, beside a store in another: every method as a promise, errors as they were thrown, the end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../shared/errors.ts';
import { openStore, type StoreClient } from '../../../electron/worker/client.ts';
import { READER_METHODS } from '../../../electron/worker/protocol.ts';
import { openReader, type ReaderClient } from '../../../electron/worker/reader-client.ts';
import { batch, verdict } from './store/temporary-store.ts';

const program = (name: string): string => fileURLToPath(new URL(`../../../electron/worker/${name}`, import.meta.url));
let folder = '';
let store: StoreClient;
let reader: ReaderClient;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-reader-'));
  const dir = join(folder, 'store');
  store = await openStore({ dir, workerPath: program('entry.ts') });
  reader = await openReader({ dir, workerPath: program('reader-entry.ts') });
});
afterEach(async () => {
  await reader.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const bigList = (rows: number): string =>
  write('big.csv', `email\n${Array.from({ length: rows }, (_, index) => `user${String(index)}@d${String(index % 999)}.example`).join('\n')}\n`);

describe('openReader', () => {
  it('has every method of the reader, and they answer', async () => {
    for (const method of READER_METHODS) expect(typeof reader[method]).toBe('function');
    const path = write('list.csv', 'email\na@one.example\na@one.example\n');
    expect(await reader.previewList(path, {})).toMatchObject({ columns: ['email'], sampled: { rows: 2, duplicates: 1 } });
    const { list } = await store.importList({ path });
    await store.commit(batch(list.id, [verdict(1)]));
    expect(await reader.page({ listId: list.id, filter: {}, limit: 10 })).toMatchObject({ total: 2, rows: [{ reason: 'accepted' }, { reason: 'accepted', duplicateOf: 1 }] });
    expect(await reader.page({ listId: list.id, filter: { search: 'ONE' }, limit: 10 })).toMatchObject({ total: 2 });
    expect((await reader.detail(list.id, 2)).row.duplicateOf).toBe(1);
    expect(await reader.exportCount(list.id, ['deliverable'])).toBe(2);
  });

  it('rejects with the same UserError that the reader throws', async () => {
    const error: unknown = await reader.previewList(join(folder, 'none.csv'), {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'FileNotFound' });
    await expect(reader.page({ listId: 9, filter: {}, limit: 1 })).rejects.toMatchObject({ code: 'ListNotFound' });
    await expect(reader.page({ listId: 9, filter: { search: 'x' }, limit: 1 })).rejects.toMatchObject({ code: 'ListNotFound' });
    await expect(openReader({ dir: join(folder, 'none'), workerPath: program('reader-entry.ts') })).rejects.toMatchObject({ code: 'StoreDamaged' });
  });

  it('answers while the store is busy with an import, and never shows half of it', async () => {
    const { list } = await store.importList({ path: write('list.csv', 'email\na@one.example\n') });
    const state: { imported: boolean } = { imported: false };
    const importing = store.importList({ path: bigList(100_000) }).then((report) => {
      state.imported = true;
      return report.list.id;
    });
    let answersMeanwhile = 0;
    while (!state.imported) {
      expect(await reader.page({ listId: list.id, filter: {}, limit: 10 })).toMatchObject({ total: 1 });
      const half = await reader.exportCount(list.id + 1).catch((error: unknown) => (error instanceof UserError ? error.code : error));
      expect(['ListNotFound', 100_000]).toContain(half);
      if (half === 'ListNotFound') answersMeanwhile++;
    }
    expect(answersMeanwhile).toBeGreaterThan(0);
    expect(await reader.exportCount(await importing)).toBe(100_000);
  });
});

describe('the end', () => {
  it('comes at once, also to a search that goes on', async () => {
    const { list } = await store.importList({ path: bigList(200_000) });
    const search = reader.page({ listId: list.id, filter: { search: 'nothing like it' }, limit: 10 });
    const [outcome] = await Promise.all([search.catch((error: unknown) => error), reader.close()]);
    expect(outcome).toBeInstanceOf(Error);
    await reader.close();
    await expect(reader.exportCount(list.id)).rejects.toThrow('The reader is closed.');
  });
});
