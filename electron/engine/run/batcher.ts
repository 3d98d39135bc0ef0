// Gathers verdicts into batches and has them committed, one batch at a time and in order.
// Always holds: only what the store has acknowledged is reported. A batch that fails is reported as failed and is never
// half written; its rows stay open in the store and are asked again by the next run.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { CommitAck, DomainUpdate, ListId, VerdictBatch, VerdictRecord } from '../../worker/interface.ts';
import type { Clock } from '../clock.ts';

export interface BatcherOptions {
  readonly listId: ListId;
  readonly settings: Settings['batch'];
  readonly clock: Clock;
  readonly commit: (batch: VerdictBatch) => Promise<CommitAck>;
  readonly onCommitted: (ack: CommitAck, batch: VerdictBatch) => void;
  /** A commit failed; nothing more is committed after that. */
  readonly onFailed: (error: unknown) => void;
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

export function createBatcher(options: BatcherOptions): Batcher {
  const { settings, clock } = options;
  let verdicts: VerdictRecord[] = [];
  let domains: DomainUpdate[] = [];
  let pending = 0;
  let failed = false;
  let committing: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;
  let flushing = false;

  function schedule(): void {
    if (failed) return;
    if (verdicts.length >= settings.maxVerdicts) void commitNext();
    else cancelTimer ??= clock.after(settings.maxDelayMs, onTimer);
  }

  function onTimer(): void {
    cancelTimer = null;
    void commitNext();
  }

  function commitNext(): Promise<void> {
    committing ??= commitAll().finally(() => {
      committing = null;
    });
    return committing;
  }

  async function commitAll(): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    while (!failed && (verdicts.length > 0 || domains.length > 0)) {
      const batch: VerdictBatch = {
        listId: options.listId,
        verdicts,
        domains,
        releasedDomainIds: domains.map((domain) => domain.domainId),
      };
      verdicts = [];
      domains = [];
      try {
        const ack = await options.commit(batch);
        pending -= batch.verdicts.length;
        options.onCommitted(ack, batch);
      } catch (error) {
        failed = true;
        options.onFailed(error);
      }
      // Small batches that arrive meanwhile wait for their timer, so that a slow disk is not asked for many small syncs.
      if (verdicts.length < settings.maxVerdicts && !flushing) break;
    }
    if (verdicts.length > 0 || domains.length > 0) schedule();
  }

  const hasMore = () => !failed && (committing !== null || verdicts.length > 0 || domains.length > 0);

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
      flushing = true;
      try {
        // A commit under way may have looked for more before `flushing` was set: ask until nothing is left.
        while (hasMore()) await commitNext();
      } finally {
        flushing = false;
      }
    },
  };
}
