import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../electron/engine/clock.ts';
import type { SmtpFailure } from '../../../../electron/engine/smtp/types.ts';
import { ListRuns, type RunPhase } from '../../../../electron/main/lists/list-runs.ts';
import { BUILT_IN_LISTS, createAddressLists } from '../../../../shared/lists/address-lists.ts';
import { settingsSchema } from '../../../../shared/settings/schema.ts';
import { fakePool, fakeResolver, oneHost, type FakePool, type FakeServer } from '../../../lab/fake-network.ts';
import { createMemoryLists, type MemoryList, type MemoryLists } from '../../../lab/memory-lists.ts';
import { createSilentLog } from '../../../lab/silent-log.ts';

const ACCEPTS: FakeServer = { answer: (recipient) => (recipient.startsWith('user') ? '250 2.1.5 Ok' : '550 5.1.1 User unknown') };

const settings = settingsSchema.parse({
  identity: { heloName: 'helo.test', mailFrom: 'verify@helo.test' },
  retry: { greylistFirstMs: 0, greylistNextMs: 0, backoffMs: 0, backoffMaxMs: 0, refusedPauseMs: 0 },
  batch: { maxVerdicts: 10, maxDelayMs: 1 },
});

interface Bench {
  readonly store: MemoryLists;
  readonly runs: ListRuns;
  /** One pool for each run that was begun, and for which list. */
  readonly networks: readonly { readonly listId: number; readonly pool: FakePool; closed: boolean }[];
  /** Each phase of each list in its order, without repetition. */
  readonly history: readonly string[];
  /** Resolves once the list is in this phase. */
  readonly reached: (listId: number, kind: RunPhase['kind']) => Promise<RunPhase>;
}

function bench(lists: readonly MemoryList[], server: FakeServer = ACCEPTS, retry: Partial<typeof settings.retry> = {}, online: () => Promise<void> = () => Promise.resolve()): Bench {
  const store = createMemoryLists(lists);
  const networks: { listId: number; pool: FakePool; closed: boolean }[] = [];
  const history: string[] = [];
  let waiters: { listId: number; kind: string; resolve: (phase: RunPhase) => void }[] = [];
  const runs = new ListRuns({
    store,
    clock: systemClock,
    log: createSilentLog(),
    untilOnline: () => online(),
    selectedRows: () => Promise.resolve(new Uint32Array()),
    async openNetwork(listId) {
      const network = { listId, pool: fakePool(server), closed: false };
      networks.push(network);
      return {
        settings: { ...settings, retry: { ...settings.retry, ...retry } },
        resolver: fakeResolver((domain) => oneHost(`mx.${domain}`, '127.0.0.1')),
        pool: network.pool,
        lists: createAddressLists({ role: ['user-shared'] }),
        practice: false,
        localAddresses: () => '192.0.2.10',
        close: async () => { network.closed = true; },
      };
    },
    onPhase(listId) {
      const phase = runs.phaseOf(listId);
      const line = `${String(listId)} ${phase.kind}`;
      if (history.findLast((other) => other.startsWith(`${String(listId)} `)) !== line) history.push(line);
      const due = waiters.filter((waiter) => waiter.listId === listId && waiter.kind === phase.kind);
      waiters = waiters.filter((waiter) => !due.includes(waiter));
      for (const { resolve } of due) resolve(phase);
    },
    onCommit: () => undefined,
    onProgress: () => undefined,
  });
  return {
    store,
    runs,
    networks,
    history,
    reached: (listId, kind) => new Promise((resolve) => waiters.push({ listId, kind, resolve })),
  };
}

const many = (count: number, domain = 'a.test'): string[] => Array.from({ length: count }, (_, index) => `user${String(index)}@${domain}`);
const asked = (pool: FakePool): string[] => pool.flights.flatMap(({ request }) => [...request.recipients]);

describe('a list that is started', () => {
  it('is verified to its end: locked meanwhile, done and unlocked after it', async () => {
    const { store, runs, networks, reached, history } = bench([{ addresses: many(25) }]);
    const idle = reached(1, 'idle');
    await runs.start(1);
    expect(store.stateOf(1)).toBe('running');
    expect(runs.busy).toBe(true);
    await idle;
    expect(store.stateOf(1)).toBe('done');
    expect([...store.locked]).toEqual([]);
    expect(networks.map(({ closed }) => closed)).toEqual([true]);
    expect(store.storeOf(1).timesJudged.size).toBe(25);
    expect(runs.busy).toBe(false);
    expect(history).toEqual(['1 running', '1 idle']);
  });

  it('is judged by the lists that its network was opened with', async () => {
    const { store, runs, reached } = bench([{ addresses: ['user1@a.test', 'user-shared@a.test'] }]);
    const idle = reached(1, 'idle');
    await runs.start(1);
    await idle;
    expect((await store.counters(1)).byReason).toMatchObject({ accepted: 1, role: 1 });
  });

  it('is started once, however often that is asked for', async () => {
    const { runs, networks, reached } = bench([{ addresses: many(5) }]);
    const idle = reached(1, 'idle');
    await Promise.all([runs.start(1), runs.start(1), runs.start(1)]);
    await idle;
    expect(networks).toHaveLength(1);
  });
});

describe('pause', () => {
  /** Calls `then` with the first recipient that is asked. */
  function pausing(then: () => void): FakeServer {
    let told = false;
    return {
      answer: (recipient, request) => {
        if (!told) {
          told = true;
          then();
        }
        return ACCEPTS.answer(recipient, request);
      },
    };
  }

  it('ends in silence: nothing is asked of that network any more, and the rest is asked after the resume', async () => {
    let paused: Promise<void> = Promise.resolve();
    const bench1: Bench = bench([{ addresses: many(200) }], pausing(() => { paused = bench1.runs.pause(1); }));
    const { store, runs, networks, reached, history } = bench1;
    const pausingPhase = reached(1, 'pausing');
    await runs.start(1);
    await pausingPhase;
    await paused;
    expect(store.stateOf(1)).toBe('paused');
    expect([...store.locked]).toEqual([]);
    const first = networks[0]!;
    const askedBefore = asked(first.pool).length;
    const judgedBefore = store.storeOf(1).timesJudged.size;
    expect(judgedBefore).toBeLessThan(200);
    expect(first.closed).toBe(true);

    const idle = reached(1, 'idle');
    await runs.start(1);
    await idle;
    expect(asked(first.pool)).toHaveLength(askedBefore);
    expect(store.stateOf(1)).toBe('done');
    expect([...store.storeOf(1).timesJudged.values()].every((times) => times === 1)).toBe(true);
    expect(store.storeOf(1).timesJudged.size).toBe(200);
    expect(history).toEqual(['1 running', '1 pausing', '1 idle', '1 running', '1 idle']);
  });

  it('of a list that is only queued asks nothing at all', async () => {
    const { store, runs, networks, reached } = bench([{ addresses: many(20) }, { addresses: many(20, 'b.test') }]);
    const idle = reached(1, 'idle');
    await runs.start(1);
    await runs.start(2);
    expect(runs.phaseOf(2)).toEqual({ kind: 'queued' });
    await runs.pause(2);
    expect(store.stateOf(2)).toBe('paused');
    await idle;
    expect(networks.map(({ listId }) => listId)).toEqual([1]);
    expect(runs.busy).toBe(false);
  });

  it('followed by start while it is still falling silent goes on after that', async () => {
    let paused: Promise<void> = Promise.resolve();
    let started: Promise<void> = Promise.resolve();
    const bench1: Bench = bench([{ addresses: many(100) }], pausing(() => {
      paused = bench1.runs.pause(1);
      started = bench1.runs.start(1);
    }));
    const { store, runs, reached } = bench1;
    const pausingPhase = reached(1, 'pausing');
    await runs.start(1);
    await pausingPhase;
    const idle = reached(1, 'idle').then(() => reached(1, 'idle'));
    await paused;
    await started;
    await idle;
    expect(store.stateOf(1)).toBe('done');
    expect(store.storeOf(1).timesJudged.size).toBe(100);
  });

  it('of a list that is not under way changes nothing', async () => {
    const { store, runs } = bench([{ addresses: many(1), state: 'done' }]);
    await runs.pause(1);
    expect(store.stateOf(1)).toBe('done');
  });
});

describe('cancel', () => {
  it('ends a waiting list: what is scheduled is not asked any more, and the list is done', async () => {
    const greylists: FakeServer = { answer: (recipient) => (recipient.startsWith('user') ? '450 4.7.1 Greylisted' : '550 5.1.1 User unknown') };
    const { store, runs, reached, networks } = bench([{ addresses: many(3) }], greylists, { greylistFirstMs: 3_600_000 });
    const waiting = reached(1, 'waiting');
    await runs.start(1);
    const phase = await waiting;
    expect(phase.kind === 'waiting' && phase.nextAtMs !== null && phase.nextAtMs > Date.now() + 3_000_000).toBe(true);
    expect(runs.asking).toBe(false);
    await runs.cancel(1);
    expect(store.stateOf(1)).toBe('done');
    expect(runs.phaseOf(1)).toEqual({ kind: 'idle' });
    expect(networks).toHaveLength(1);
    expect(store.storeOf(1).verdictOf('user0@a.test')?.retryAtMs).not.toBeNull();
  });
});

describe('several lists', () => {
  it('are asked one after the other, in the order in which they were started', async () => {
    const { runs, networks, reached, history } = bench([{ addresses: many(30) }, { addresses: many(30, 'b.test') }, { addresses: many(30, 'c.test') }]);
    const idle = reached(2, 'idle');
    await runs.start(1);
    await runs.start(3);
    await runs.start(2);
    await idle;
    expect(networks.map(({ listId }) => listId)).toEqual([1, 3, 2]);
    expect(history.filter((line) => line.endsWith('running') || line.endsWith('idle'))).toEqual([
      '1 running', '1 idle', '3 running', '3 idle', '2 running', '2 idle',
    ]);
  });

  it('do not wait for one that only waits itself; that one goes on when its time has come', async () => {
    let askedGrey = 0;
    const server: FakeServer = {
      answer: (recipient, request) => {
        if (!recipient.startsWith('user') || !recipient.endsWith('@a.test')) return ACCEPTS.answer(recipient, request);
        askedGrey += 1;
        return askedGrey === 1 ? '450 4.7.1 Greylisted' : '250 2.1.5 Ok';
      },
    };
    const { store, runs, networks, reached } = bench([{ addresses: many(1) }, { addresses: many(5, 'b.test') }], server, { greylistFirstMs: 1_000 });
    const waiting = reached(1, 'waiting');
    await runs.start(1);
    await waiting;
    const second = reached(2, 'idle');
    const first = reached(1, 'idle');
    await runs.start(2);
    await second;
    expect(store.stateOf(2)).toBe('done');
    expect(runs.phaseOf(1).kind).toBe('waiting');
    expect(store.stateOf(1)).toBe('running'); // a crash now would go on with it
    await first;
    expect(store.stateOf(1)).toBe('done');
    expect(store.storeOf(1).verdictOf('user0@a.test')?.reason).toBe('accepted');
    expect(networks.map(({ listId }) => listId)).toEqual([1, 2, 1]);
  });
});

describe('the end of the app', () => {
  it('keeps what is under way as running, and asks nothing more', async () => {
    let stopped: Promise<void> = Promise.resolve();
    let told = false;
    const server: FakeServer = {
      answer: (recipient, request) => {
        if (!told) stopped = bench1.runs.stop();
        told = true;
        return ACCEPTS.answer(recipient, request);
      },
    };
    const bench1: Bench = bench([{ addresses: many(200) }, { addresses: many(5, 'b.test') }], server);
    const { store, runs, networks, reached } = bench1;
    const idle = reached(1, 'idle');
    await runs.start(1);
    await runs.start(2);
    await idle;
    await stopped;
    expect(store.stateOf(1)).toBe('running');
    expect(store.stateOf(2)).toBe('running');
    expect(store.storeOf(1).timesJudged.size).toBeLessThan(200);
    expect(networks.map(({ closed }) => closed)).toEqual([true]);
    expect([...store.locked]).toEqual([]);
    await runs.start(2);
    expect(networks).toHaveLength(1);
  });
});

describe('a list that cannot be verified', () => {
  it('says so where another process has it, and leaves its state alone', async () => {
    const { store, runs, reached } = bench([{ addresses: many(1) }]);
    store.takeAway(1);
    const failed = reached(1, 'failed');
    await runs.start(1);
    expect(await failed).toEqual({ kind: 'failed', message: 'Another process works on this list.' });
    expect(runs.busy).toBe(false);
  });

  it('is paused with a message where no host can be reached', async () => {
    const refused: SmtpFailure = { code: 'ConnectTimeout', stage: 'CONNECT', reply: null, detail: 'timed out' };
    const server: FakeServer = { connect: () => refused, answer: () => '250 Ok' };
    const addresses = Array.from({ length: 30 }, (_, index) => `user@d${String(index)}.test`);
    const store = createMemoryLists([{ addresses }]);
    let failed: (phase: RunPhase) => void = () => undefined;
    const phase = new Promise<RunPhase>((resolve) => { failed = resolve; });
    let next = 0;
    const runs = new ListRuns({
      store,
      clock: systemClock,
      log: createSilentLog(),
      untilOnline: () => Promise.resolve(),
      selectedRows: () => Promise.resolve(new Uint32Array()),
      openNetwork: async () => ({
        settings,
        resolver: fakeResolver((domain) => oneHost(`mx.${domain}`, `192.0.2.${String((next += 1))}`)),
        pool: fakePool(server),
        lists: BUILT_IN_LISTS,
        practice: false,
        localAddresses: undefined,
        close: async () => undefined,
      }),
      onPhase: () => {
        if (runs.phaseOf(1).kind === 'failed') failed(runs.phaseOf(1));
      },
      onCommit: () => undefined,
      onProgress: () => undefined,
    });
    await runs.start(1);
    const seen = await phase;
    expect(seen.kind === 'failed' && seen.message).toMatch(/^Stopped: none of 20 different mail servers/);
    expect(store.stateOf(1)).toBe('paused');
    expect(store.storeOf(1).timesJudged.size).toBe(0);
  });
});

describe('a machine that sleeps, or changes its network', () => {
  /** A server that is silent until `wake` is called; after that it answers. */
  function sleeper() {
    let wake: () => void = () => undefined;
    let answers = false;
    const gone: SmtpFailure = { code: 'Dropped', stage: 'RCPT', reply: null, detail: 'reset' };
    const server: FakeServer = { answer: (recipient) => (answers ? ACCEPTS.answer(recipient, { from: '', recipients: [], newTransaction: true }) : gone) };
    const awake = new Promise<void>((resolve) => {
      wake = () => {
        answers = true;
        resolve();
      };
    });
    return { server, wake, online: () => awake };
  }

  it('ends the run at once, waits for a network, and goes on with a new one; nobody is charged', async () => {
    const { server, wake, online } = sleeper();
    const { store, runs, networks, reached } = bench([{ addresses: many(25) }], server, {}, online);
    const begun = reached(1, 'running');
    await runs.start(1);
    await begun;
    const queued = reached(1, 'queued');
    runs.suspend();
    await queued;
    expect(networks).toMatchObject([{ closed: true }]);
    expect(store.storeOf(1).timesJudged.size).toBe(0);
    const idle = reached(1, 'idle');
    runs.wake();
    expect(networks).toHaveLength(1);
    wake();
    await idle;
    expect(networks).toHaveLength(2);
    expect(store.stateOf(1)).toBe('done');
    expect(store.storeOf(1).verdictOf('user0@a.test')).toMatchObject({ reason: 'accepted', attempt: 1 });
  });

  it('begins nothing while it is asleep, and what was paused stays so', async () => {
    const { store, runs, networks, reached } = bench([{ addresses: many(3) }, { addresses: many(3) }]);
    runs.suspend();
    await runs.start(1);
    await runs.start(2);
    await runs.pause(1);
    expect(networks).toHaveLength(0);
    const idle = reached(2, 'idle');
    runs.wake();
    await idle;
    expect([store.stateOf(1), store.stateOf(2)]).toEqual(['paused', 'done']);
    expect(networks).toHaveLength(1);
  });
});
