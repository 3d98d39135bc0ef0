// Gathers verdicts into batches and has them committed in order, two at most under way: the writer has the next one at
// hand when it is done with the one before, and never waits for this thread.
// Batches are as small as freshness wants, and grow while they follow one another faster than anybody could see, or while
// the writer does not keep up: one sync for many.
// Always holds: only what the store has acknowledged is reported. A batch that fails is reported as failed and is never
// half written; its rows stay open in the store and are asked again by the next run.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CommitAck, DomainUpdate, ListId, VerdictBatch, VerdictRecord } from '../../worker/interface.ts';
import type { Clock } from '../clock.ts';
import { NO_STORE_OBSERVER, type StoreObserver } from '../metrics/observers.ts';

export interface BatcherOptions {
  readonly listId: ListId;
  readonly settings: Settings['batch'];
  readonly clock: Clock;
  readonly commit: (batch: VerdictBatch) => Promise<CommitAck>;
  readonly onCommitted: (ack: CommitAck, batch: VerdictBatch) => void;
  /** A commit failed; nothing more is committed after that. */
  readonly onFailed: (error: unknown) => void;
  readonly observer?: StoreObserver | undefined;
}

export interface Batcher {
  add(record: VerdictRecord): void;
  /** The domain's claim ends with everything that was added for it before. */
  end(update: DomainUpdate): void;
  /** Verdicts that are not committed yet. */
  readonly pending: number;
  /** Commits all that was added; resolves when it is acknowledged or has failed. */
  flush(): Promise<void>;
}

const MAX_UNDER_WAY = 2;
/** How far a batch may grow, in batches of the settings. More would make the loop wait for its packing. */
const MAX_GROWTH = 16;
/** Full batches that follow one another faster than that are too small: every commit writes each page that it touches. */
const LEAST_APART_MS = 60;

export function createBatcher(options: BatcherOptions): Batcher {
  const { settings, clock, observer = NO_STORE_OBSERVER } = options;
  const underWay = new Set<Promise<void>>();
  let verdicts: VerdictRecord[] = [];
  let domains: DomainUpdate[] = [];
  let pending = 0;
  let failed = false;
  let cancelTimer: (() => void) | null = null;
  let wanted = settings.maxVerdicts;
  let lastSentMs = Number.NEGATIVE_INFINITY;

  const isEmpty = () => verdicts.length === 0 && domains.length === 0;

  function schedule(): void {
    if (failed || isEmpty()) return;
    if (verdicts.length >= wanted && underWay.size < MAX_UNDER_WAY) send();
    // While a commit is under way its acknowledgement looks again: a slow disk is not asked for many small syncs.
    else if (underWay.size === 0) cancelTimer ??= clock.after(settings.maxDelayMs, onTimer);
  }

  function onTimer(): void {
    cancelTimer = null;
    // Nothing came up to the mark in time: smaller batches will do.
    wanted = Math.max(settings.maxVerdicts, Math.floor(wanted / 2));
    if (!failed && !isEmpty()) send();
  }

  function grow(): void {
    wanted = Math.min(wanted * 2, settings.maxVerdicts * MAX_GROWTH);
  }

  function send(): void {
    cancelTimer?.();
    cancelTimer = null;
    const batch: VerdictBatch = { listId: options.listId, verdicts, domains, releasedDomainIds: domains.map((domain) => domain.domainId) };
    verdicts = [];
    domains = [];
    const nowMs = clock.monotonicMs();
    if (batch.verdicts.length >= wanted && nowMs - lastSentMs < LEAST_APART_MS) grow();
    lastSentMs = nowMs;
    const commit = committed(batch).finally(() => {
      underWay.delete(commit);
      // As many again came while this was written: the writer is the slower one.
      if (verdicts.length >= wanted) grow();
      schedule();
    });
    underWay.add(commit);
  }

  async function committed(batch: VerdictBatch): Promise<void> {
    const startedMs = clock.monotonicMs();
    try {
      const ack = await options.commit(batch);
      const answeredMs = clock.monotonicMs() - startedMs;
      const { tookMs = answeredMs } = ack;
      observer.committed(batch.verdicts.length, tookMs, Math.max(0, answeredMs - tookMs));
      pending -= batch.verdicts.length;
      options.onCommitted(ack, batch);
    } catch (error) {
      if (failed) return;
      failed = true;
      options.onFailed(error);
    }
  }

  return {
    add(record) {
      verdicts.push(record);
      pending += 1;
      schedule();
    },
    end(update) {
      domains.push(update);
      schedule();
    },
    get pending() {
      return pending;
    },
    async flush() {
      while (underWay.size > 0 || (!failed && !isEmpty())) {
        if (!failed && !isEmpty() && underWay.size < MAX_UNDER_WAY) send();
        await Promise.race(underWay);
      }
    },
  };
}
