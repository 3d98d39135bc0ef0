// The seam between store and engine: claims and batches, and nothing else, all of it plain data. Every implementation keeps
// one contract, and a run through a pipe of JSON to a store in another process comes to the same verdicts.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRun, type RunStore } from '../../../electron/engine/run/run.ts';
import type { SmtpFailure } from '../../../electron/engine/smtp/types.ts';
import { openStore } from '../../../electron/worker/client.ts';
import type { VerdictBatch } from '../../../electron/worker/interface.ts';
import { Reader } from '../../../electron/worker/reader/reader.ts';
import { Store } from '../../../electron/worker/store/store.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { fakePool, fakeResolver, oneHost, type FakeAnswer } from '../../lab/fake-network.ts';
import { checkedStore, openPipeStore, plain, SEAM_METHODS } from '../../lab/json-store.ts';
import { createMemoryStore } from '../../lab/memory-store.ts';
import { describeStoreContract } from '../../lab/store-contract.ts';
import { TemporaryStore } from './store/temporary-store.ts';

const WORKER = fileURLToPath(new URL('../../../electron/worker/entry.ts', import.meta.url));

/** A stored list that nobody has open. */
function storedList(addresses: readonly string[]): { readonly dir: string; readonly listId: number; readonly remove: () => void } {
  const temporary = new TemporaryStore();
  const listId = temporary.importAddresses(addresses);
  temporary.store.close();
  return { dir: temporary.dir, listId, remove: () => { rmSync(temporary.folder, { recursive: true, force: true }); } };
}

/** The store of this process, its answers as promises. */
function directStore(store: Store): RunStore {
  const calls = SEAM_METHODS.map((method) => [method, (...args: unknown[]) => new Promise((resolve) => { resolve((store[method] as (...args: unknown[]) => unknown).apply(store, args)); })]);
  return Object.fromEntries(calls) as RunStore;
}

describeStoreContract('the store itself', (addresses) => {
  const { dir, listId, remove } = storedList(addresses);
  const store = new Store(dir);
  return Promise.resolve({ store: directStore(store), listId, close: async () => { store.close(); remove(); } });
});

describeStoreContract('the batch worker', async (addresses) => {
  const { dir, listId, remove } = storedList(addresses);
  const store = await openStore({ dir, workerPath: WORKER });
  return { store, listId, close: async () => { await store.close(); remove(); } };
});

describeStoreContract('a store behind a pipe of JSON', (addresses) => {
  const { dir, listId, remove } = storedList(addresses);
  const store = openPipeStore(dir);
  return Promise.resolve({ store, listId, close: async () => { await store.close(); remove(); } });
});

describeStoreContract('a second implementation, in memory', (addresses) => Promise.resolve({ store: createMemoryStore(addresses), listId: 1, close: () => Promise.resolve() }));

describe('a run', () => {
  const settings = settingsSchema.parse({
    identity: { heloName: 'helo.test', mailFrom: 'verify@helo.test' },
    retry: { greylistFirstMs: 0, greylistNextMs: 0, backoffMs: 0, backoffMaxMs: 0, refusedPauseMs: 0 },
    batch: { maxVerdicts: 7, maxDelayMs: 1 },
  });
  const silence: SmtpFailure = { code: 'Timeout', stage: 'RCPT', reply: null, detail: 'no answer' };

  /** By the address alone, so that every run hears the same. */
  function answer(recipient: string): FakeAnswer {
    const [local = '', domain = ''] = recipient.split('@');
    if (domain.startsWith('all')) return '250 Ok';
    if (domain.startsWith('bare')) return local.startsWith('user') ? '250 Ok' : '550 No';
    if (domain.startsWith('mute')) return silence;
    if (local.startsWith('full')) return '452 4.2.2 Mailbox full';
    if (local.startsWith('line')) return '550 5.1.1 “quoted” \\ back\tslash \u{1F4EB} — ende';
    return local.startsWith('user') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown';
  }

  async function run(store: RunStore, listId: number): Promise<void> {
    const outcome = await startRun({
      store, listId, settings, pool: fakePool({ answer }), wait: true,
      resolver: fakeResolver((domain) => (domain.startsWith('gone') ? { kind: 'domain_not_found' } : oneHost(`mx.${domain}`, '192.0.2.1'))),
    }).done;
    if (outcome.kind !== 'done') throw new Error(`${outcome.reason}: ${outcome.message}`);
  }

  /** What is shown of each row, but for the times and what was chosen at random. */
  function verdictsIn(dir: string, listId: number, rows: number): unknown[] {
    const reader = new Reader(dir);
    try {
      return Array.from({ length: rows }, (_, index) => {
        const { row, flags, mx, attempt, didYouMean, evidence } = reader.detail(listId, index + 1);
        return { row, flags, mx, attempt, didYouMean, evidence: evidence.map(({ stage, code, text }) => ({ stage, code, text })) };
      });
    } finally {
      reader.close();
    }
  }

  const locals = ['user1', 'user2', 'ghost', 'full', 'line', 'info'];
  const domains = ['own.test', 'all.test', 'bare.test', 'mute.test', 'gone.test', 'other.test'];
  const addresses = domains.flatMap((domain) => locals.map((local) => `${local}@${domain}`));

  let dirs: { readonly remove: () => void }[] = [];
  beforeEach(() => { dirs = []; });
  afterEach(() => { for (const dir of dirs) dir.remove(); });

  function list(): ReturnType<typeof storedList> {
    const made = storedList(addresses);
    dirs.push(made);
    return made;
  }

  it('comes to the same verdicts with a store behind a pipe of JSON as with the store itself', async () => {
    const near = list();
    const store = new Store(near.dir);
    await run(checkedStore(directStore(store)), near.listId);
    store.close();
    const direct = verdictsIn(near.dir, near.listId, addresses.length);

    const far = list();
    const pipe = openPipeStore(far.dir);
    await run(pipe, far.listId);
    await pipe.close();

    expect(pipe.bytes()).toBeGreaterThan(addresses.length * 100);
    const reasons = new Set(direct.map((one) => (one as { row: { reason: string } }).row.reason));
    expect([...reasons]).toEqual(expect.arrayContaining(['accepted', 'mailbox_not_found', 'accept_all', 'domain_not_found', 'timeout', 'mailbox_full']));
    expect(verdictsIn(far.dir, far.listId, addresses.length)).toEqual(direct);
  });

  it('comes to the same verdicts with a second implementation of the store', async () => {
    const near = list();
    const store = new Store(near.dir);
    await run(directStore(store), near.listId);
    const counters = store.counters(near.listId);
    store.close();
    const memory = createMemoryStore(addresses);
    await run(checkedStore(memory), 1);
    expect(await memory.counters(1)).toEqual({ ...counters, byReason: Object.fromEntries(Object.entries(counters.byReason).filter(([, count]) => count > 0)) });
  });

  it('asks the store for nothing beside claims, batches, and what stands between a run and its schedule', async () => {
    const asked = new Set<string>();
    const memory = createMemoryStore(['user1@own.test']);
    const watched = new Proxy(memory, {
      get(target, name, receiver) {
        if (typeof name === 'string') asked.add(name);
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    await run(watched, 1);
    expect([...asked].filter((name) => !(SEAM_METHODS as readonly string[]).includes(name))).toEqual([]);
    expect([...asked]).toEqual(expect.arrayContaining(['claim', 'commit']));
  });
});

describe('plain data', () => {
  it('is told from what JSON or a clone would change', () => {
    expect(() => plain('a date', { at: new Date() })).toThrow('a date');
    expect(() => plain('an undefined', { reply: undefined })).toThrow('an undefined');
    expect(() => plain('a number', { score: Number.NaN })).toThrow('a number');
    expect(() => plain('a map', new Map([[1, 2]]))).toThrow('a map');
    expect(plain('a batch', { rows: [1, null, 'ü'] })).toEqual({ rows: [1, null, 'ü'] });
  });

  it('is what a batch of any replies is, as the worker gets it and gives it back', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => value.replaceAll(/[\r\n]/g, ' '));
    await fc.assert(
      fc.asyncProperty(text, fc.option(text), async (reply, mx) => {
        const memory = createMemoryStore(['1@a.test']);
        const batch: VerdictBatch = {
          listId: 1, domains: [], releasedDomainIds: [],
          verdicts: [{ rowId: 1, reason: 'accepted', score: 1, flags: [], didYouMean: null, heard: 'recipient', reply, mx, checkedAtMs: 1, attempt: 1, retryAtMs: null, provisional: false, evidence: [] }],
        };
        await checkedStore(memory).commit(batch);
        expect(memory.verdictOf('1@a.test')).toEqual(batch.verdicts[0]);
      }),
    );
  });
});
