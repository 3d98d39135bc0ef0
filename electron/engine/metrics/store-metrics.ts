// The store's side of the metrics: what was committed, how long the store worked on it, and how long it waited its turn.
import type { Clock } from '../clock.ts';
import { BOUNDS_OF, plain, type Family } from './family.ts';
import type { StoreObserver } from './observers.ts';
import { RecentTally } from './recent-tally.ts';
import { bucketOf } from './scale.ts';
import { Tally } from './tally.ts';

export class StoreMetrics implements StoreObserver {
  readonly recent: { readonly commit: RecentTally; readonly queue: RecentTally };
  readonly #clock: Clock;
  readonly #sizes = new Tally();
  readonly #commits = new Tally();
  readonly #queued = new Tally();

  constructor(clock: Clock) {
    this.#clock = clock;
    const nowMs = clock.monotonicMs();
    this.recent = { commit: new RecentTally(nowMs), queue: new RecentTally(nowMs) };
  }

  committed(verdicts: number, tookMs: number, queuedMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    const took = bucketOf(tookMs);
    const queued = bucketOf(queuedMs);
    this.#sizes.add(bucketOf(verdicts), verdicts);
    this.#commits.add(took, tookMs);
    this.#queued.add(queued, queuedMs);
    this.recent.commit.add(nowMs, took, tookMs, verdicts, false);
    this.recent.queue.add(nowMs, queued, queuedMs, 1, false);
  }

  families(): readonly Family[] {
    const { waits, sizes } = BOUNDS_OF;
    return [
      { kind: 'counter', name: 'winnow_store_verdicts_total', help: 'Verdicts committed.', labels: [], read: () => plain(this.#sizes.sum) },
      { kind: 'histogram', unit: 'things', bounds: sizes, name: 'winnow_store_batch_verdicts', help: 'Verdicts of a committed batch.', labels: [], read: () => [{ labels: {}, tally: this.#sizes }] },
      { kind: 'histogram', unit: 'seconds', bounds: waits, name: 'winnow_store_commit_duration_seconds', help: 'How long the writer worked on a batch.', labels: [], read: () => [{ labels: {}, tally: this.#commits }] },
      { kind: 'histogram', unit: 'seconds', bounds: waits, name: 'winnow_store_queue_duration_seconds', help: 'How long a batch waited for the writer.', labels: [], read: () => [{ labels: {}, tally: this.#queued }] },
    ];
  }
}
