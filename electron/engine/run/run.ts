// One run over one list: claims work from the store, feeds the pipeline, has verdicts committed, waits for the schedule.
// Can be paused at any moment: what is not committed is simply asked again. Reports only what is committed.
import { UserError } from '../../../shared/errors.ts';
import { BUILT_IN_LISTS, type AddressLists } from '../../../shared/lists/address-lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CommitAck, Counters, ListId, ScheduleSummary, StoreApi } from '../../worker/interface.ts';
import { systemClock, type Clock } from '../clock.ts';
import type { MxResolver } from '../dns/types.ts';
import type { StoreObserver } from '../metrics/observers.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import type { SmtpPool } from '../smtp/types.ts';
import { createBatcher } from './batcher.ts';
import { createClaimSizing } from './claim-sizing.ts';
import { ConnectGate } from './connect-gate.ts';
import { warmUpEngine } from './warm-up-engine.ts';
import { warmUpList } from './warm-up-list.ts';

/** What a run needs of the store, as promises: the batch worker's client, or any other seam with the same methods. */
export type RunStore = {
  [K in 'claim' | 'commit' | 'schedule' | 'counters']: (...args: Parameters<StoreApi[K]>) => Promise<ReturnType<StoreApi[K]>>;
} & {
  /** Where it is given, the commonest domains are looked up before the run begins. */
  readonly commonDomains?: (listId: ListId, count: number) => Promise<readonly string[]>;
};

export type PauseReason = 'interrupted' | 'port25_blocked' | 'disk_full' | 'store_failed' | 'defect';

export type RunOutcome =
  | { readonly kind: 'done'; readonly counters: Counters; readonly schedule: ScheduleSummary }
  | { readonly kind: 'paused'; readonly reason: PauseReason; readonly message: string };

export interface RunProgress {
  readonly counters: Counters;
  /** Set while nothing is asked because the next scheduled retry is in the future. */
  readonly waiting: ScheduleSummary | null;
}

export interface RunOptions {
  readonly store: RunStore;
  readonly listId: ListId;
  readonly settings: Settings;
  readonly resolver: MxResolver;
  readonly pool: SmtpPool;
  readonly clock?: Clock;
  readonly practice?: boolean;
  /** The user's lists; the built-in ones by default. */
  readonly lists?: Pick<AddressLists, 'flagsOf'>;
  /** True: stay until nothing is scheduled any more. False: end after the first pass. */
  readonly wait: boolean;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Hears of each commit. */
  readonly observer?: StoreObserver | undefined;
}

export interface Run {
  readonly done: Promise<RunOutcome>;
  /** Stops asking, lets flights under way end for a moment, commits what was answered. */
  pause(reason: PauseReason, message: string): void;
}

/** Claimed and not judged. 200 connections have up to 10,000 in their flights; the others wait, so that no destination's
 *  queue runs dry while the next claim is on its way. */
const MAX_OPEN_ADDRESSES = 40_000;
const MAX_OPEN_DOMAINS = 8_000;
/** Judged and not committed. */
const MAX_UNCOMMITTED = 20_000;
const STOP_GRACE_MS = 3_000;

export function startRun(options: RunOptions): Run {
  const { store, listId, settings, clock = systemClock } = options;
  const startedAtMs = clock.epochMs();
  const changed = createSignal();
  let pause: { reason: PauseReason; message: string } | null = null;
  /** Domains that the store holds for us: until what came of them is committed. */
  const openClaims = new Set<number>();
  let openAddresses = 0;
  let openDomains = 0;

  function requestPause(reason: PauseReason, message: string): void {
    pause ??= { reason, message };
    changed.notify();
  }

  const batcher = createBatcher({
    listId,
    settings: settings.batch,
    clock,
    commit: (batch) => store.commit(batch),
    observer: options.observer,
    onCommitted: (ack: CommitAck, batch) => {
      for (const domainId of batch.releasedDomainIds) openClaims.delete(domainId);
      options.onProgress?.({ counters: ack.counters, waiting: null });
      changed.notify();
    },
    onFailed: (error) => {
      const [reason, message] = storeFailure(error);
      requestPause(reason, message);
    },
  });

  const gate = new ConnectGate({
    verdict: (record) => {
      batcher.add(record);
    },
    end: (update) => {
      batcher.end(update);
    },
    blocked: (hosts) => {
      requestPause(
        'port25_blocked',
        `none of ${String(hosts)} different mail servers could be reached on port ${String(settings.smtp.port)}. ` +
          'Most home and cloud networks block outgoing port 25; run Winnow where it is open. No verdict was given on these addresses.',
      );
    },
  });

  const sizing = createClaimSizing();
  const pipeline = createPipeline({
    resolver: options.resolver,
    pool: options.pool,
    settings,
    clock,
    practice: options.practice ?? false,
    lists: options.lists ?? BUILT_IN_LISTS,
    onVerdict: (record, { domainId }) => {
      gate.verdict(record, domainId);
    },
    onEnded: (claim, update) => {
      openAddresses -= claim.addresses.length;
      openDomains -= 1;
      gate.end(update);
      changed.notify();
    },
    onConnect: (target, ok) => {
      gate.connect(target.ip, ok);
    },
    onDefect: (error) => {
      requestPause('defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
  });

  /** Claims and submits what there is room for. False: there is nothing to claim just now. */
  async function feed(): Promise<boolean> {
    const claims = await store.claim(listId, {
      ...sizing.next(MAX_OPEN_DOMAINS - openDomains, MAX_OPEN_ADDRESSES - openAddresses),
      nowMs: options.wait ? clock.epochMs() : startedAtMs,
      includeScheduled: true,
    });
    sizing.learn(claims);
    for (const claim of claims) {
      openClaims.add(claim.domainId);
      openAddresses += claim.addresses.length;
      openDomains += 1;
      pipeline.submit(claim);
    }
    return claims.length > 0;
  }

  const isFull = () =>
    openAddresses >= MAX_OPEN_ADDRESSES || openDomains >= MAX_OPEN_DOMAINS || batcher.pending >= MAX_UNCOMMITTED;

  async function feedUntilDone(): Promise<void> {
    for (;;) {
      if (pause !== null) return;
      const version = changed.version;
      if (!isFull() && (await feed())) continue;
      if (openClaims.size > 0) {
        if (gate.heldEnds === openClaims.size) gate.release();
        await changed.since(version);
        continue;
      }
      await batcher.flush();
      const schedule = await store.schedule(listId);
      if (!options.wait || schedule.nextAtMs === null) return;
      options.onProgress?.({ counters: await store.counters(listId), waiting: schedule });
      await waitFor(schedule.nextAtMs);
    }
  }

  /** Until that time, or until something changes (a pause). */
  async function waitFor(epochMs: number): Promise<void> {
    const version = changed.version;
    const cancel = clock.after(epochMs - clock.epochMs(), changed.notify);
    if (pause === null) await changed.since(version);
    cancel();
  }

  async function go(): Promise<RunOutcome> {
    try {
      warmUpEngine(options.lists);
      await warmUpList({ store, resolver: options.resolver, listId, clock });
      await feedUntilDone();
    } catch (error) {
      requestPause(...storeFailure(error));
    }
    await pipeline.stop(pause === null ? 0 : STOP_GRACE_MS);
    await batcher.flush();
    if (pause !== null) return { kind: 'paused', ...pause };
    return { kind: 'done', counters: await store.counters(listId), schedule: await store.schedule(listId) };
  }

  return { done: go(), pause: requestPause };
}

function storeFailure(error: unknown): [PauseReason, string] {
  const message = error instanceof Error ? error.message : String(error);
  return [error instanceof UserError && error.code === 'DiskFull' ? 'disk_full' : 'store_failed', message];
}

interface Signal {
  readonly version: number;
  readonly notify: () => void;
  /** Resolves once `notify` was called after the moment that `version` was read. */
  since(version: number): Promise<void>;
}

function createSignal(): Signal {
  let version = 0;
  let waiters: (() => void)[] = [];
  return {
    get version() {
      return version;
    },
    notify() {
      version += 1;
      const woken = waiters;
      waiters = [];
      for (const wake of woken) wake();
    },
    since(seen) {
      return version === seen ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve();
    },
  };
}
