// The order of lists, and verifying again, as the runs of main have it.
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/engine/clock.ts';
import { ListRuns, type RunPhase } from '../../../electron/main/lists/list-runs.ts';
import { BUILT_IN_LISTS } from '../../../shared/lists/address-lists.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { fakePool, fakeResolver, oneHost, type FakeServer } from '../../lab/fake-network.ts';
import { createMemoryLists, type MemoryList } from '../../lab/memory-lists.ts';
import { createSilentLog } from '../../lab/silent-log.ts';

const settings = settingsSchema.parse({
  identity: { heloName: 'helo.test', mailFrom: 'verify@helo.test' },
  retry: { greylistFirstMs: 0, greylistNextMs: 0, backoffMs: 0, backoffMaxMs: 0, maxRetries: 1 },
  batch: { maxVerdicts: 10, maxDelayMs: 1 },
});
const ALL = { filter: {}, all: true, turned: [] };
const list = (domain: string): MemoryList => ({ addresses: [`user1@${domain}`, `ghost@${domain}`] });

function bench(lists: readonly MemoryList[]) {
  const store = createMemoryLists(lists);
  const asked: string[] = [];
  const begun: number[] = [];
  const server: { current: FakeServer } = { current: { answer: (recipient) => (recipient.startsWith('user') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown') } };
  let waiters: { listId: number; kind: string; resolve: () => void }[] = [];
  const runs = new ListRuns({
    store,
    clock: systemClock,
    log: createSilentLog(),
    untilOnline: () => Promise.resolve(),
    selectedRows: (listId) => Promise.resolve(Uint32Array.of(listId)),
    async openNetwork(listId) {
      begun.push(listId);
      const answer: FakeServer['answer'] = (recipient, request) => {
        asked.push(recipient);
        return server.current.answer(recipient, request);
      };
      return {
        settings, pool: fakePool({ answer }), lists: BUILT_IN_LISTS, practice: false, localAddresses: undefined, portalCheck: undefined, observer: undefined,
        resolver: fakeResolver((domain) => oneHost(`mx.${domain}`, '127.0.0.1')), close: async () => undefined,
      };
    },
    onPhase(listId) {
      const { kind } = runs.phaseOf(listId);
      for (const waiter of waiters) if (waiter.listId === listId && waiter.kind === kind) waiter.resolve();
      waiters = waiters.filter((waiter) => waiter.listId !== listId || waiter.kind !== kind);
    },
    onCommit: () => undefined,
    onProgress: () => undefined,
  });
  const reached = (listId: number, kind: RunPhase['kind']): Promise<void> => new Promise((resolve) => waiters.push({ listId, kind, resolve }));
  return { store, runs, asked, begun, server, reached };
}

describe('the order of lists', () => {
  it('is that of their starts, until it is changed; each change is kept', async () => {
    const { store, runs, begun, reached } = bench([list('a.test'), list('b.test'), list('c.test'), list('d.test')]);
    runs.suspend(); // so that none begins before the order stands
    for (const listId of [1, 2, 3, 4]) await runs.start(listId);
    expect(runs.order).toEqual([1, 2, 3, 4]);
    runs.move(4, 2);
    runs.move(1, null);
    expect(runs.order).toEqual([4, 2, 3, 1]);
    expect(store.kept.map(({ listId }) => listId)).toEqual([4, 2, 3, 1]);
    const last = reached(1, 'idle');
    runs.wake();
    await last;
    expect(begun).toEqual([4, 2, 3, 1]);
    expect(store.kept).toEqual([]);
    expect(runs.order).toEqual([]);
  });

  it('is there again after a restart, and nobody ahead of the one that was being asked about', async () => {
    const first = bench([list('a.test'), list('b.test'), list('c.test')]);
    first.runs.suspend();
    for (const listId of [1, 2, 3]) await first.runs.start(listId, 'full', listId === 2 ? { kind: 'all' } : null);
    first.runs.move(3, 1);
    await first.runs.stop();
    expect(first.store.kept).toEqual([{ listId: 3, again: null }, { listId: 1, again: null }, { listId: 2, again: { kind: 'all' } }]);
    const second = bench([list('a.test'), list('b.test'), list('c.test')]);
    const last = second.reached(2, 'idle');
    second.runs.resume(first.store.kept);
    await last;
    expect(second.begun).toEqual([3, 1, 2]);
    expect(second.store.reopened).toEqual([{ listId: 2, wish: { kind: 'all' } }]);
  });

  it('leaves out what was paused, cancelled, or is for DNS only', async () => {
    const { store, runs } = bench([list('a.test'), list('b.test'), list('c.test'), list('d.test')]);
    runs.suspend();
    for (const listId of [1, 2, 3]) await runs.start(listId);
    await runs.start(4, 'dns');
    await runs.pause(1);
    await runs.cancel(2);
    expect(runs.order).toEqual([3, 4]);
    expect(store.kept).toEqual([{ listId: 3, again: null }]);
  });
});

describe('verify again', () => {
  it('asks when its turn has come, and the old verdict stays until there is a new one', async () => {
    const { store, runs, asked, server, reached } = bench([list('a.test')]);
    const first = reached(1, 'idle');
    await runs.start(1);
    await first;
    expect(store.storeOf(1).verdictOf('user1@a.test')?.reason).toBe('accepted');
    asked.length = 0;
    const during: (string | undefined)[] = [];
    server.current = {
      answer: (recipient) => {
        during.push(store.storeOf(1).verdictOf('user1@a.test')?.reason);
        return recipient.startsWith('ghost') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown';
      },
    };
    const second = reached(1, 'idle');
    await runs.start(1, 'full', { kind: 'all' });
    await second;
    expect(asked.filter((recipient) => recipient.startsWith('user1') || recipient.startsWith('ghost')).sort()).toEqual(['ghost@a.test', 'user1@a.test']);
    expect(during[0]).toBe('accepted');
    expect(store.storeOf(1).verdictOf('user1@a.test')?.reason).toBe('mailbox_not_found');
    expect(store.stateOf(1)).toBe('done');
    expect(store.kept).toEqual([]);
  });

  it('keeps a certain verdict where nobody answers', async () => {
    const { store, runs, server, reached } = bench([list('a.test')]);
    const first = reached(1, 'idle');
    await runs.start(1);
    await first;
    server.current = { answer: () => ({ code: 'Timeout', stage: 'RCPT', reply: null, detail: 'no answer' }) };
    const second = reached(1, 'idle');
    await runs.start(1, 'full', { kind: 'all' });
    await second;
    expect((await store.counters(1)).byReason).toEqual({ accepted: 1, mailbox_not_found: 1 });
    expect((await store.counters(1)).byState).toMatchObject({ scheduled: 0, done: 2 });
  });

  it('asks about rows by rule: those that the rule means when its turn has come', async () => {
    const { store, runs, reached } = bench([list('a.test'), list('b.test')]);
    const idle = reached(2, 'idle');
    await runs.start(2, 'full', { kind: 'selected', rule: ALL });
    await idle;
    expect(store.reopened).toEqual([{ listId: 2, wish: { kind: 'rows', rows: Uint32Array.of(2) } }]);
  });
});
