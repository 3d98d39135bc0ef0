// Choosing a list file: nothing changes behind the user's back, and the page learns names, never paths.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileRegistry } from '../../../../electron/main/files/file-registry.ts';
import { addressListHandlers } from '../../../../electron/main/ipc/handlers/address-list-handlers.ts';
import { AddressListFiles } from '../../../../electron/main/lists/address-list-files.ts';
import { addressListChoice, addressListsState } from '../../../../shared/ipc/address-lists.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'winnow-choose-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function bench(chosen: string | null) {
  const addressLists = new AddressListFiles({ folder: join(dir, 'lists'), log: createSilentLog() });
  const handlers = addressListHandlers({ addressLists, files: new FileRegistry(), askForListFile: async () => chosen });
  const suppress = () => addressLists.state().lists.find(({ kind }) => kind === 'suppress');
  return { handlers, suppress };
}

function put(content: string): string {
  const path = join(dir, 'no-thanks.txt');
  writeFileSync(path, content);
  return path;
}

describe('a chosen file', () => {
  it('is taken at once where every line can be used', async () => {
    const { handlers, suppress } = bench(put('one.example\n'));
    const choice = addressListChoice.parse(await handlers['addressLists.choose']({ kind: 'suppress' }));
    expect(choice.outcome).toBe('taken');
    expect(JSON.stringify(choice)).not.toContain(dir);
    expect(suppress()).toMatchObject({ source: 'no-thanks.txt', entries: 1 });
  });

  it('with faulty lines changes nothing until the rest is said to do', async () => {
    const bad = Array.from({ length: 7 }, (_, index) => `no domain ${String(index)}`);
    const { handlers, suppress } = bench(put(`one.example\n${bad.join('\n')}\n`));
    const choice = addressListChoice.parse(await handlers['addressLists.choose']({ kind: 'suppress' }));
    if (choice.outcome !== 'faulty') throw new Error('it was taken');
    expect([choice.name, choice.entries, choice.problemCount, choice.problems.map(({ line }) => line)]).toEqual(['no-thanks.txt', 1, 7, [2, 3, 4, 5, 6]]);
    expect(JSON.stringify(choice)).not.toContain(dir);
    expect(suppress()?.custom).toBe(false);
    addressListsState.parse(await handlers['addressLists.take']({ kind: 'suppress', fileId: choice.fileId }));
    expect(suppress()).toMatchObject({ custom: true, entries: 1 });
    await handlers['addressLists.remove']({ kind: 'suppress' });
    expect(suppress()?.custom).toBe(false);
  });

  it('that is none is a UserError, and a dialog that was closed is nothing', async () => {
    await expect(bench(join(dir, 'gone.txt')).handlers['addressLists.choose']({ kind: 'free' })).rejects.toMatchObject({ code: 'FileNotFound' });
    expect(await bench(null).handlers['addressLists.choose']({ kind: 'free' })).toEqual({ outcome: 'cancelled' });
    const unknown = '00000000-0000-4000-8000-000000000000';
    await expect(bench(null).handlers['addressLists.take']({ kind: 'free', fileId: unknown })).rejects.toMatchObject({ code: 'FileNotFound' });
  });
});
