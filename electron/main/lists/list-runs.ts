// Which list is asked about now, and which are next. One at a time, so that a destination never sees more of us than the
// settings allow; lists take turns in the order in which they were started. A list that only waits for its next retry
// lets others go ahead and is queued again when that is due.
// Always holds: a list that was started and not paused, cancelled or finished is `running` in the store, so that the
// next start goes on with it, whatever ends this process. When a list's state says paused, nothing of it is sent.
import { UserError } from '../../../shared/errors.ts';
import type { AddressLists } from '../../../shared/lists/address-lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { Clock } from '../../engine/clock.ts';
import { startRun, type Run, type RunOptions, type RunOutcome, type RunProgress } from '../../engine/run/run.ts';
import type { CommitAck, ListId, VerdictBatch } from '../../worker/interface.ts';
import type { Log } from '../log.ts';
import type { RunsStore } from './list-store.ts';

/** What one run asks with. */
export interface OpenedNetwork extends Pick<RunOptions, 'settings' | 'resolver' | 'pool' | 'observer'> {
  readonly lists: AddressLists;
  readonly practice: boolean;
  close(): Promise<void>;
}

export type RunPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly nextAtMs: number | null }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'failed'; readonly message: string };

export interface ListRunsOptions {
  readonly store: RunsStore;
  /** Opened for each run, with the settings that are in force then. */
  readonly openNetwork: (listId: ListId) => Promise<OpenedNetwork>;
  readonly clock: Clock;
  readonly log: Log;
  /** The list's phase or its state in the store is another one now. */
  readonly onPhase: (listId: ListId) => void;
  readonly onCommit: (listId: ListId, ack: CommitAck) => void;
  readonly onProgress: (listId: ListId, progress: RunProgress) => void;
}

/** How a run is made to end before its time. `yield`: another list goes ahead. `quit`: the next start goes on. */
type Ending = 'pause' | 'cancel' | 'yield' | 'quit';

interface Active {
  readonly listId: ListId;
  ending: Ending | null;
  run: Run | null;
  /** Epoch milliseconds of the next retry while nothing is asked until then. */
  waitingUntilMs: number | null;
  done: Promise<void>;
}

export class ListRuns {
  readonly #options: ListRunsOptions;
  #active: Active | null = null;
  #queue: ListId[] = [];
  readonly #asleep = new Map<ListId, { readonly untilMs: number; readonly cancel: () => void }>();
  readonly #failures = new Map<ListId, string>();
  #stopped = false;

  constructor(options: ListRunsOptions) {
    this.#options = options;
  }

  /** Whether any list is under way: running, queued or waiting. */
  get busy(): boolean {
    return this.#active !== null || this.#queue.length > 0 || this.#asleep.size > 0;
  }

  /** Whether something is asked just now. */
  get asking(): boolean {
    return this.#active !== null && this.#active.waitingUntilMs === null;
  }

  phaseOf(listId: ListId): RunPhase {
    const active = this.#active?.listId === listId ? this.#active : null;
    if (active !== null && active.ending !== null && active.ending !== 'yield') return { kind: 'pausing' };
    if (active !== null) return active.waitingUntilMs === null ? { kind: 'running' } : { kind: 'waiting', nextAtMs: active.waitingUntilMs };
    if (this.#queue.includes(listId)) return { kind: 'queued' };
    const asleep = this.#asleep.get(listId);
    if (asleep !== undefined) return { kind: 'waiting', nextAtMs: asleep.untilMs };
    const failure = this.#failures.get(listId);
    return failure === undefined ? { kind: 'idle' } : { kind: 'failed', message: failure };
  }

  /** Starts, or goes on. Does nothing for a list that is under way already. */
  async start(listId: ListId): Promise<void> {
    const ending = this.#active?.listId === listId ? this.#active : null;
    if (ending !== null && ending.ending !== null && ending.ending !== 'yield') await ending.done;
    if (this.#stopped || this.#isUnderWay(listId)) return;
    this.#failures.delete(listId);
    this.#queue.push(listId);
    const stored = this.#options.store.setState(listId, 'running');
    this.#next();
    this.#options.onPhase(listId);
    await stored;
  }

  /** Resolves when nothing of this list is sent any more and its state is stored. */
  async pause(listId: ListId): Promise<void> {
    await this.#end(listId, 'pause');
  }

  /** As `pause`, but the list counts as done: what is open stays open, and is asked only if it is started again. */
  async cancel(listId: ListId): Promise<void> {
    await this.#end(listId, 'cancel');
  }

  /** The app ends: everything falls silent, and goes on at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#queue = [];
    for (const asleep of this.#asleep.values()) asleep.cancel();
    this.#asleep.clear();
    if (this.#active !== null) await this.#endActive(this.#active, 'quit');
  }

  async #end(listId: ListId, ending: 'pause' | 'cancel'): Promise<void> {
    if (this.#active?.listId === listId) {
      await this.#endActive(this.#active, ending);
      return;
    }
    const wasWaiting = this.#queue.includes(listId) || this.#asleep.has(listId);
    if (!wasWaiting && ending === 'pause') return;
    this.#queue = this.#queue.filter((other) => other !== listId);
    this.#asleep.get(listId)?.cancel();
    this.#asleep.delete(listId);
    this.#failures.delete(listId);
    await this.#options.store.setState(listId, ending === 'pause' ? 'paused' : 'done');
    this.#options.onPhase(listId);
  }

  async #endActive(active: Active, ending: Ending): Promise<void> {
    // The user's word counts more than giving way, and to end more than to pause.
    if (active.ending === null || active.ending === 'yield' || ending === 'cancel') active.ending = ending;
    active.run?.pause('interrupted', ending);
    this.#options.onPhase(active.listId);
    await active.done;
  }

  #isUnderWay(listId: ListId): boolean {
    return this.#active?.listId === listId || this.#queue.includes(listId) || this.#asleep.has(listId);
  }

  #next(): void {
    if (this.#active !== null) {
      this.#giveWay(this.#active);
      return;
    }
    const listId = this.#queue.shift();
    if (listId === undefined || this.#stopped) return;
    const active: Active = { listId, ending: null, run: null, waitingUntilMs: null, done: Promise.resolve() };
    this.#active = active;
    active.done = this.#go(active);
    this.#options.onPhase(listId);
  }

  /** A run that only waits need not keep others waiting. */
  #giveWay(active: Active): void {
    if (active.waitingUntilMs === null || active.ending !== null || this.#queue.length === 0) return;
    active.ending = 'yield';
    active.run?.pause('interrupted', 'yield');
  }

  async #go(active: Active): Promise<void> {
    const { listId } = active;
    try {
      const outcome = await this.#runOnce(active);
      await this.#settle(active, outcome);
    } catch (error) {
      this.#fail(listId, error);
    }
    this.#active = null;
    this.#options.onPhase(listId);
    this.#next();
  }

  /** Null: it was ended before it began. The list is unlocked and the network closed when it returns. */
  async #runOnce(active: Active): Promise<RunOutcome | null> {
    const { store, clock } = this.#options;
    const { listId } = active;
    await store.lock(listId);
    try {
      const network = await this.#options.openNetwork(listId);
      try {
        if (active.ending !== null) return null;
        active.run = startRun({
          store: { ...store, commit: (batch) => this.#commit(listId, batch) },
          listId,
          settings: network.settings,
          resolver: network.resolver,
          pool: network.pool,
          lists: network.lists,
          clock,
          practice: network.practice,
          wait: true,
          onProgress: (progress) => { this.#progress(active, progress); },
          observer: network.observer,
        });
        return await active.run.done;
      } finally {
        await network.close();
      }
    } finally {
      await store.unlock(listId);
    }
  }

  async #commit(listId: ListId, batch: VerdictBatch): ReturnType<RunsStore['commit']> {
    const ack = await this.#options.store.commit(batch);
    this.#options.onCommit(listId, ack);
    return ack;
  }

  #progress(active: Active, progress: RunProgress): void {
    const wasWaiting = active.waitingUntilMs !== null;
    active.waitingUntilMs = progress.waiting?.nextAtMs ?? null;
    this.#options.onProgress(active.listId, progress);
    if (wasWaiting !== (active.waitingUntilMs !== null)) this.#options.onPhase(active.listId);
    this.#giveWay(active);
  }

  async #settle({ listId, ending, waitingUntilMs }: Active, outcome: RunOutcome | null): Promise<void> {
    const { store } = this.#options;
    if (outcome?.kind === 'paused' && outcome.reason !== 'interrupted') {
      this.#options.log.warn('run', 'run stopped', { listId, reason: outcome.reason, message: outcome.message });
      this.#failures.set(listId, outcome.reason === 'defect' ? words.run.defect : words.run.failed(outcome.message));
      await store.setState(listId, 'paused');
    } else if (outcome?.kind === 'done' || ending === 'cancel') {
      await store.setState(listId, 'done');
    } else if (ending === 'pause') {
      await store.setState(listId, 'paused');
    } else if (ending === 'yield' && !this.#stopped) {
      this.#sleep(listId, waitingUntilMs ?? this.#options.clock.epochMs());
    }
  }

  #sleep(listId: ListId, untilMs: number): void {
    const { clock } = this.#options;
    const cancel = clock.after(untilMs - clock.epochMs(), () => {
      this.#asleep.delete(listId);
      this.#queue.push(listId);
      this.#next();
      this.#options.onPhase(listId);
    });
    this.#asleep.set(listId, { untilMs, cancel });
  }

  /** Its state in the store stays: what could not be begun, because another process has it, is not ours to change. */
  #fail(listId: ListId, error: unknown): void {
    this.#options.log.warn('run', 'run failed', { listId, error });
    this.#failures.set(listId, error instanceof UserError ? error.message : words.run.defect);
  }
}
