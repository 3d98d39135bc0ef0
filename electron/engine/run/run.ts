// One run over one list: claims work from the store, feeds the pipeline, has verdicts committed, waits for the schedule.
// Can be paused at any moment: what is not committed is simply asked again. Reports only what is committed.
import { UserError } from '../../../shared/errors.ts';
import { BUILT_IN_LISTS, type AddressLists } from '../../../shared/lists/address-lists.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CommitAck, Counters, ListId, ScheduleSummary, StoreApi, VerdictRecord } from '../../worker/interface.ts';
import { systemClock, type Clock } from '../clock.ts';
import type { AskDailyGrant } from '../destinations/daily-allowance.ts';
import type { SetAsideDestination } from '../destinations/set-aside.ts';
import type { MxResolver } from '../dns/types.ts';
import type { StoreObserver } from '../metrics/observers.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import type { SmtpPool } from '../smtp/types.ts';
import { createBatcher } from './batcher.ts';
import { createClaimSizing } from './claim-sizing.ts';
import { ConnectGate } from './connect-gate.ts';
import { createNetworkWatch } from './network-watch.ts';
import { PortalGate } from './portal-gate.ts';
import { warmUpEngine } from './warm-up-engine.ts';
import { warmUpList } from './warm-up-list.ts';

/** What a run needs of the store, as promises: the batch worker's client, or any other seam with the same methods. */
export type RunStore = {
  [K in 'claim' | 'commit' | 'schedule' | 'counters']: (...args: Parameters<StoreApi[K]>) => Promise<ReturnType<StoreApi[K]>>;
} & {
  /** Where it is given, the commonest domains are looked up before the run begins. */
  readonly commonDomains?: (listId: ListId, count: number) => Promise<readonly string[]>;
  /** Where it is absent, the user's limits of the day hold for this run alone. */
  readonly dailyGrant?: AskDailyGrant;
};

export type PauseReason = 'interrupted' | 'network_changed' | 'port25_blocked' | 'portal' | 'disk_full' | 'store_failed' | 'defect';

export type RunOutcome =
  | { readonly kind: 'done'; readonly counters: Counters; readonly schedule: ScheduleSummary }
  | { readonly kind: 'paused'; readonly reason: PauseReason; readonly message: string };

export interface RunProgress {
  readonly counters: Counters;
  /** Set while nothing is asked because the next scheduled retry is in the future. */
  readonly waiting: ScheduleSummary | null;
  /** Destinations that nothing is asked of just now; those with most addresses waiting, at most `MOST_SET_ASIDE`. */
  readonly setAside: readonly SetAsideDestination[];
}

export type RunMode = 'full' | 'dns';

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
  /** `dns`: syntax and DNS only; no mail server is asked, only rows that nobody has judged are looked at, and the run does
   *  not wait. What DNS cannot decide stays open for a full run. Default `full`. */
  readonly mode?: RunMode;
  /** This machine's own addresses as one text; where it is given, the run pauses with `network_changed` when they are
   *  others, or when the machine was asleep (faults row 58). */
  readonly localAddresses?: (() => string) | undefined;
  /** Where it is given, the run pauses with `portal` where it finds somebody who answers for all servers (faults row 56). */
  readonly portalCheck?: (() => Promise<string | null>) | undefined;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Hears of each commit. */
  readonly observer?: StoreObserver | undefined;
}

export interface Run {
  readonly done: Promise<RunOutcome>;
  /** Stops asking, lets flights under way end for a moment, commits what was answered. */
  pause(reason: PauseReason, message: string): void;
  /** The connections are dead, or will be in a moment: nothing that fails from now on is charged to anybody, and the run
   *  ends as paused, at once. The host opens the network anew and goes on. `what`: plain words. */
  networkChanged(what: string): void;
}

/** Claimed and not judged. 200 connections have up to 10,000 in their flights; the others wait, so that no destination's
 *  queue runs dry while the next claim is on its way. */
const MAX_OPEN_ADDRESSES = 40_000;
const MAX_OPEN_DOMAINS = 4_000;
/** Room that is worth a claim: a call to the worker costs as much as judging some dozens, so one for each domain that
 *  ends would cost more than all the rest. */
const WORTHWHILE_ADDRESSES = 5_000;
const WORTHWHILE_DOMAINS = 500;
/** Claims that are looked up and routed in one turn of the loop. */
const CLAIMS_A_TURN = 200;
/** Judged and not committed. */
const MAX_UNCOMMITTED = 20_000;
const STOP_GRACE_MS = 3_000;

export function startRun(options: RunOptions): Run {
  const { store, listId, settings, clock = systemClock } = options;
  const dnsOnly = options.mode === 'dns';
  const wait = options.wait && !dnsOnly;
  const startedAtMs = clock.epochMs();
  const changed = createSignal();
  let pause: { reason: PauseReason; message: string } | null = null;
  /** Domains that the store holds for us: until what came of them is committed. */
  const openClaims = new Set<number>();
  let openAddresses = 0;
  let openDomains = 0;
  /** The store had nothing more to hand out: only a claim that ends, or time, brings more. */
  let isDrained = false;
  let commits = 0;

  function requestPause(reason: PauseReason, message: string): void {
    pause ??= { reason, message };
    changed.notify();
  }

  function networkChanged(what: string): void {
    requestPause('network_changed', what);
  }

  const watch = options.localAddresses === undefined ? null : createNetworkWatch({ clock, localAddresses: options.localAddresses, onChange: networkChanged });

  /** What failed without a word from anybody may be our own network's doing: then the row stays open. */
  const isOurs = (record: VerdictRecord): boolean =>
    (watch !== null || pause !== null) && isSilence(record) && (watch?.hasChanged() === true || pause?.reason === 'network_changed');

  const batcher = createBatcher({
    listId,
    settings: settings.batch,
    clock,
    commit: (batch) => store.commit(batch),
    observer: options.observer,
    onCommitted: (ack: CommitAck, batch) => {
      for (const domainId of batch.releasedDomainIds) openClaims.delete(domainId);
      isDrained = false;
      commits += 1;
      options.onProgress?.({ counters: ack.counters, waiting: null, setAside: pipeline.setAside() });
      changed.notify();
    },
    onFailed: (error) => {
      const [reason, message] = storeFailure(error);
      requestPause(reason, message);
    },
  });

  const portalGate = new PortalGate({
    portalCheck: options.portalCheck,
    verdict: (record) => {
      if (!isOurs(record)) batcher.add(record);
    },
    end: (update) => {
      batcher.end(update);
    },
    portal: (found) => {
      requestPause('portal', found);
    },
    released: changed.notify,
  });
  const gate = new ConnectGate({
    verdict: (record) => {
      portalGate.verdict(record);
    },
    end: (update) => {
      portalGate.end(update);
    },
    blocked: (hosts) => {
      // A network that went away looks the same; that is told first.
      watch?.hasChanged();
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
    dnsOnly,
    grantDaily: store.dailyGrant,
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
    onConnect: (target, ok, greeting) => {
      gate.connect(target.ip, ok);
      if (greeting !== undefined) portalGate.greeted(target.mxHost, target.ip, greeting);
    },
    onDefect: (error) => {
      requestPause('defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
  });

  /** Claims and submits what there is room for. False: there is nothing to claim just now. */
  async function feed(): Promise<boolean> {
    const commitsBefore = commits;
    const claims = await store.claim(listId, {
      ...sizing.next(MAX_OPEN_DOMAINS - openDomains, MAX_OPEN_ADDRESSES - openAddresses),
      nowMs: wait ? clock.epochMs() : startedAtMs,
      includeScheduled: !dnsOnly,
    });
    sizing.learn(claims);
    for (const [at, claim] of claims.entries()) {
      // Thousands of small claims at once would hold the loop for tens of milliseconds.
      if (at > 0 && at % CLAIMS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      openClaims.add(claim.domainId);
      openAddresses += claim.addresses.length;
      openDomains += 1;
      pipeline.submit(claim);
    }
    isDrained = claims.length === 0 && commits === commitsBefore;
    return claims.length > 0;
  }

  const hasRoom = () =>
    openAddresses <= MAX_OPEN_ADDRESSES - WORTHWHILE_ADDRESSES &&
    openDomains <= MAX_OPEN_DOMAINS - WORTHWHILE_DOMAINS &&
    batcher.pending < MAX_UNCOMMITTED;

  async function feedUntilDone(): Promise<void> {
    for (;;) {
      if (pause !== null) return;
      const version = changed.version;
      if (!isDrained && hasRoom() && (await feed())) continue;
      if (openClaims.size > 0) {
        if (gate.heldEnds + portalGate.heldEnds === openClaims.size && !portalGate.checking) {
          gate.release();
          portalGate.release();
        }
        await changed.since(version);
        continue;
      }
      await batcher.flush();
      const schedule = await store.schedule(listId);
      if (!wait || schedule.nextAtMs === null) return;
      options.onProgress?.({ counters: await store.counters(listId), waiting: schedule, setAside: pipeline.setAside() });
      await waitFor(schedule.nextAtMs);
      isDrained = false;
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
      await warmUpEngine(options.lists);
      await warmUpList({ store, resolver: options.resolver, listId, clock });
      await feedUntilDone();
    } catch (error) {
      requestPause(...storeFailure(error));
    }
    await pipeline.stop(graceMs());
    watch?.close();
    await batcher.flush();
    if (pause !== null) return { kind: 'paused', ...pause };
    const counters = await store.counters(listId);
    options.onProgress?.({ counters, waiting: null, setAside: pipeline.setAside() });
    return { kind: 'done', counters, schedule: await store.schedule(listId) };
  }

  /** Nobody answers any more on connections that are dead. */
  function graceMs(): number {
    return pause === null || pause.reason === 'network_changed' ? 0 : STOP_GRACE_MS;
  }

  return { done: go(), pause: requestPause, networkChanged };
}

/** Whether this attempt failed with no reply: a time-out, a reset, no DNS. */
function isSilence({ evidence }: VerdictRecord): boolean {
  return evidence.some(({ stage, code }) => code === null && stage !== 'LOCAL');
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
