import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../electron/engine/clock.ts';
import { EngineHost } from '../../../../electron/main/lists/engine-host.ts';
import type { ListStore } from '../../../../electron/main/lists/list-store.ts';
import type { PracticeWorld } from '../../../../electron/practice/types.ts';
import type { ImportOptions } from '../../../../electron/worker/interface.ts';
import { UserError } from '../../../../shared/errors.ts';
import { snapshot as snapshotSchema, type ListView, type Snapshot } from '../../../../shared/ipc/lists.ts';
import { BUILT_IN_LISTS, type CustomLists } from '../../../../shared/lists/address-lists.ts';
import { settingsSchema, type Settings } from '../../../../shared/settings/schema.ts';
import { fakePool, fakeResolver, oneHost, type FakeServer } from '../../../lab/fake-network.ts';
import { createMemoryLists, type MemoryList } from '../../../lab/memory-lists.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

const FAST = { retry: { greylistFirstMs: 0, greylistNextMs: 0, backoffMs: 0, backoffMaxMs: 0, refusedPauseMs: 0 }, batch: { maxVerdicts: 10, maxDelayMs: 1 } };
const ACCEPTS: FakeServer = { answer: (recipient) => (recipient.startsWith('user') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown') };

function bench(lists: readonly MemoryList[], server: FakeServer = ACCEPTS, custom: CustomLists | Error = {}, changed: (store: ListStore) => Partial<ListStore> = () => ({})) {
  const importedWith: ImportOptions[] = [];
  const store = createMemoryLists(lists);
  const sent: Snapshot[] = [];
  const worlds = { running: 0, started: 0 };
  const asking: boolean[] = [];
  const heloNames: string[] = [];
  const current: { settings: Settings } = { settings: settingsSchema.parse({ ...FAST, identity: { heloName: 'first.test', mailFrom: 'v@first.test' } }) };
  let watchers: { test: (snapshot: Snapshot) => boolean; resolve: (snapshot: Snapshot) => void }[] = [];
  const host = new EngineHost({
    store: {
      ...store,
      importList: (options, ...rest) => {
        importedWith.push(options);
        return store.importList(options, ...rest);
      },
      ...changed(store),
    },
    customLists: () => {
      if (custom instanceof Error) throw custom;
      return custom;
    },
    clock: systemClock,
    log: createSilentLog(),
    opened: () => [],
    selectedRows: () => Promise.resolve(new Uint32Array()),
    onAsking: (now) => asking.push(now),
    async startPracticeWorld(): Promise<PracticeWorld> {
      worlds.running += 1;
      worlds.started += 1;
      return {
        dns: { host: '127.77.0.1', port: 1 },
        smtpPort: 1,
        record: () => ({ violations: [], heloNames: [], sessions: 0, recipients: 0, refused: 0, closedWith421: 0, dnsQueries: 0, peakSessions: {}, askedByRecipient: {} }),
        stop: async () => { worlds.running -= 1; },
      };
    },
    async openNetwork() {
      heloNames.push(current.settings.identity.heloName);
      return {
        settings: current.settings,
        resolver: fakeResolver((domain) => oneHost(`mx.${domain}`, '127.0.0.1')),
        pool: fakePool(server),
        lists: BUILT_IN_LISTS,
        close: async () => undefined,
      };
    },
    send(snapshot) {
      sent.push(snapshot);
      for (const { test, resolve } of watchers) if (test(snapshot)) resolve(snapshot);
      watchers = watchers.filter(({ test }) => !test(snapshot));
    },
  });
  return {
    host, store, importedWith, sent, worlds, asking, heloNames, current,
    /** Resolves with the first snapshot from now on that is so. */
    told: (test: (snapshot: Snapshot) => boolean) => new Promise<Snapshot>((resolve) => watchers.push({ test, resolve })),
    view: (listId: number): ListView | undefined => host.snapshot().lists.find(({ id }) => id === listId),
  };
}

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `user${String(index)}@a.test`);
const isState = (listId: number, state: ListView['state']) => (snapshot: Snapshot) => snapshot.lists.some((list) => list.id === listId && list.state === state);

describe('the snapshot', () => {
  it('keeps the contract, and lists what is stored, newest first', async () => {
    const { host, told } = bench([{ addresses: many(3) }, { addresses: many(2), practice: true, state: 'paused' }]);
    const first = told(() => true);
    await host.open();
    expect(snapshotSchema.parse(await first).lists).toMatchObject([
      { id: 2, name: 'list-2.csv', practice: true, state: 'paused', message: null },
      { id: 1, practice: false, state: 'ready', ratePerSec: 0, secondsLeft: null, counters: { rows: 3 } },
    ]);
    await host.close();
  });

  it('is coalesced: a run of a thousand rows is told in a few messages, the last of which is the whole truth', async () => {
    const { host, told, sent } = bench([{ addresses: many(1_000) }]);
    await host.open();
    const done = told(isState(1, 'done'));
    await host.start(1);
    const { lists } = await done;
    expect(lists[0]).toMatchObject({ state: 'done', ratePerSec: 0, counters: { byState: { pending: 0, done: 1_000 }, byStatus: { deliverable: 1_000 } } });
    expect(sent.length).toBeLessThan(20);
    for (const snapshot of sent) snapshotSchema.parse(snapshot);
    await host.close();
  });
});

describe('a list that was under way when the app ended', () => {
  it('goes on by itself; a paused one does not', async () => {
    const { host, store, told, asking } = bench([{ addresses: many(5), state: 'running' }, { addresses: many(5), state: 'paused' }]);
    const done = told(isState(1, 'done'));
    await host.open();
    await done;
    expect(store.stateOf(1)).toBe('done');
    expect(store.stateOf(2)).toBe('paused');
    expect(store.storeOf(2).timesJudged.size).toBe(0);
    expect(asking).toEqual([true, false]);
    await host.close();
  });

  it('is still running in the store when the app ends again half way', async () => {
    let ask: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => { ask = resolve; });
    const server: FakeServer = {
      answer: (recipient, request) => {
        ask();
        return ACCEPTS.answer(recipient, request);
      },
    };
    const bench1 = bench([{ addresses: many(3_000), state: 'running' }], server);
    await bench1.host.open();
    await asked;
    await bench1.host.close();
    expect(bench1.store.stateOf(1)).toBe('running');
    expect(bench1.store.storeOf(1).timesJudged.size).toBeLessThan(3_000);
  });
});

describe('a changed setting', () => {
  it('is in force in the next run', async () => {
    const { host, told, heloNames, current } = bench([{ addresses: many(1) }, { addresses: many(1) }]);
    await host.open();
    const first = told(isState(1, 'done'));
    await host.start(1);
    await first;
    current.settings = settingsSchema.parse({ ...FAST, identity: { heloName: 'second.test', mailFrom: 'v@second.test' } });
    const second = told(isState(2, 'done'));
    await host.start(2);
    await second;
    expect(heloNames).toEqual(['first.test', 'second.test']);
    await host.close();
  });
});

describe('a practice list', () => {
  it('has its world while it is under way, and only then', async () => {
    const { host, told, worlds } = bench([{ addresses: many(3), practice: true }, { addresses: many(3) }]);
    await host.open();
    expect(worlds.started).toBe(0);
    const other = told(isState(2, 'done'));
    await host.start(2);
    await other;
    expect(worlds.started).toBe(0);
    const done = told(isState(1, 'done'));
    await host.start(1);
    await done;
    expect(worlds).toEqual({ running: 0, started: 1 });
    await host.close();
  });

  it('that was not started yet is found again', async () => {
    const { host } = bench([{ addresses: many(1), practice: true, state: 'done' }, { addresses: many(1), practice: true }, { addresses: many(1) }]);
    await host.open();
    expect(host.freshPracticeList()).toBe(2);
    await host.close();
  });
});

describe('delete', () => {
  it('hides the list, can be undone, and is for good when the app ends', async () => {
    const { host, store, view } = bench([{ addresses: many(3), state: 'paused' }, { addresses: many(3) }]);
    await host.open();
    await host.delete(1);
    expect(view(1)).toBeUndefined();
    expect([...store.hidden]).toEqual([1]);
    await host.undoDelete(1);
    expect(view(1)).toMatchObject({ state: 'paused', counters: { rows: 3 } });
    await host.delete(2);
    await host.close();
    expect([...store.hidden]).toEqual([]);
    await expect(host.undoDelete(2)).rejects.toMatchObject({ code: 'ListNotFound' });
  });

  it('of a running list lets it fall silent first', async () => {
    const { host, store, view } = bench([{ addresses: many(500) }]);
    await host.open();
    await host.start(1);
    await host.delete(1);
    expect([...store.locked]).toEqual([]);
    expect(view(1)).toBeUndefined();
    await host.undoDelete(1);
    expect(['paused', 'done']).toContain(view(1)?.state);
    await host.close();
  });

  it('that never came to its end is finished at the next start', async () => {
    const { host, store } = bench([{ addresses: many(1) }]);
    await store.hideList(1);
    await host.open();
    expect(store.purges).toBe(1);
    expect(host.snapshot().lists).toEqual([]);
    await host.close();
  });
});

describe('an import', () => {
  it('is watched, and its list is there before it is done', async () => {
    const { host, told } = bench([]);
    await host.open();
    const done = told(({ imports }) => imports.some(({ state }) => state === 'done'));
    const id = host.imports.start('/lists/new.csv', 10, {});
    const { imports, lists } = await done;
    expect(imports).toMatchObject([{ id, name: 'new.csv', state: 'done', listId: 1, rows: 1, done: 10, total: 10 }]);
    expect(lists).toMatchObject([{ id: 1, state: 'ready' }]);
    await host.close();
  });
});

describe('the user’s own lists', () => {
  it('go with an import as far as it needs them, and not with the sample', async () => {
    const { host, importedWith } = bench([], ACCEPTS, { suppress: ['no@one.example'], disposable: ['two.example'] });
    await host.open();
    host.imports.start('/lists/new.csv', 10, { duplicatesBy: 'mailbox' });
    await host.imports.practice('/lists/sample.csv', 10, 'Sample');
    expect(importedWith).toEqual([
      { path: '/lists/new.csv', duplicatesBy: 'mailbox', lists: { suppress: ['no@one.example'] } },
      { path: '/lists/sample.csv', name: 'Sample', practice: true },
    ]);
    await host.close();
  });

  it('that cannot be read stop the import', async () => {
    const { host, importedWith } = bench([], ACCEPTS, new UserError('FileUnreadable', 'The list suppress.txt cannot be read.'));
    await host.open();
    expect(() => host.imports.start('/lists/new.csv', 10, {})).toThrow('suppress.txt');
    expect(importedWith).toEqual([]);
    await host.close();
  });
});

describe('an export', () => {
  it('is shown in its folder only once it is finished', async () => {
    const { host, told } = bench([{ addresses: many(1) }]);
    await host.open();
    const done = told(({ exports }) => exports.some(({ state }) => state === 'done'));
    const id = host.exports.start({ listId: 1, outPath: '/out/clean.csv' }, 1);
    expect(() => host.exports.pathOf(id)).toThrow();
    expect((await done).exports).toMatchObject([{ id, name: 'clean.csv', listId: 1, rows: 1 }]);
    expect(host.exports.pathOf(id)).toBe('/out/clean.csv');
    await host.close();
  });

  it('ends before its list is deleted, and says why; those of other lists go on', async () => {
    const happened: string[] = [];
    let begun = 0;
    let bothBegun = (): void => undefined;
    const under = new Promise<void>((resolve) => { bothBegun = resolve; });
    const noting = (store: ListStore): Partial<ListStore> => ({
      hideList: async (listId) => {
        happened.push(`list ${String(listId)} hidden`);
        await store.hideList(listId);
      },
      exportList: (options, _onProgress, signal) => new Promise((_resolve, reject) => {
        const end = (): void => {
          happened.push(`export of ${String(options.listId)} ended`);
          reject(new UserError('Cancelled', 'x'));
        };
        // The thread looks at it between two pages.
        signal?.addEventListener('abort', () => { setImmediate(end); });
        if (++begun === 2) bothBegun();
      }),
    });
    const { host, told } = bench([{ addresses: many(1) }, { addresses: many(1) }], ACCEPTS, {}, noting);
    await host.open();
    const id = host.exports.start({ listId: 1, outPath: '/out/one.csv' }, 1);
    const other = host.exports.start({ listId: 2, outPath: '/out/two.csv' }, 1);
    expect(host.exports.listIds).toEqual([1, 2]);
    await under;
    const cancelled = told(({ exports }) => exports.some(({ state }) => state === 'cancelled'));
    expect(await host.delete(1)).toBe(1);
    expect(happened).toEqual(['export of 1 ended', 'list 1 hidden']);
    const { exports } = await cancelled;
    expect(exports.find((task) => task.id === id)?.message).toContain('its list was deleted');
    expect(exports.find((task) => task.id === other)).toMatchObject({ state: 'running' });
    expect(await host.delete(2)).toBe(1);
    await host.close();
  });
});
