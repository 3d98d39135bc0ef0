// Which list is asked about now, and which are next. One at a time, so that a destination never sees more of us than the
// settings allow; lists take turns in the order in which they were started, or that the user gave them (`run-queue`). A
// list that only waits for its next retry lets others go ahead and is queued again when that is due (`sleeping-lists`).
// Always holds: a list that was started and not paused, cancelled or finished is `running` in the store, so that the
// next start goes on with it, whatever ends this process. When a list's state says paused, nothing of it is sent.
import { UserError } from '../../../shared/errors.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { Clock } from '../../engine/clock.ts';
import type { RunMode, RunOutcome, RunProgress } from '../../engine/run/run.ts';
import type { SelectedRows } from '../../host/reopen-list.ts';
import type { CommitAck, ListId } from '../../worker/interface.ts';
import type { AgainWish, JobRecord } from '../../worker/store-jobs.ts';
import type { Log } from '../log.ts';
import type { RunsStore } from './list-store.ts';
import type { OpenedNetwork } from './opened-network.ts';
import { runList, type Active, type Ending } from './run-list.ts';
import { RunQueue } from './run-queue.ts';
import { SleepingLists } from './sleeping-lists.ts';

export type RunPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly nextAtMs: number | null }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'failed'; readonly message: string };

export interface ListRunsOptions {
  readonly store: RunsStore;
  /** Rows by rule, for verifying again. */
  readonly selectedRows: SelectedRows;
  /** Opened for each run, with the settings that are in force then. */
  readonly openNetwork: (listId: ListId) => Promise<OpenedNetwork>;
  /** Resolves when this machine is in a network again, by what that run's network knew of it. Ends with the signal. */
  readonly untilOnline: (localAddresses: OpenedNetwork['localAddresses'], signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** The list's phase or its state in the store is another one now. */
  readonly onPhase: (listId: ListId) => void;
  readonly onCommit: (listId: ListId, ack: CommitAck) => void;
  readonly onProgress: (listId: ListId, progress: RunProgress) => void;
}

export class ListRuns {
  readonly #options: ListRunsOptions;
  #active: Active | null = null;
  readonly #queue: RunQueue;
  readonly #asleep: SleepingLists;
  readonly #failures = new Map<ListId, string>();
  /** Lists that are looked at by DNS only. */
  readonly #dnsOnly = new Set<ListId>();
  #stopped = false;
  /** Nothing is begun meanwhile: the machine goes to sleep, or has no network yet. */
  #asleepMachine = false;
  #offline = false;
  readonly #stopping = new AbortController();

  constructor(options: ListRunsOptions) {
    this.#options = options;
    this.#queue = new RunQueue({
      setJobs: (jobs) => options.store.setJobs(jobs),
      onFailed: (error) => { options.log.warn('run', 'the queue could not be kept', { error }); },
      isKept: (listId) => !this.#dnsOnly.has(listId),
    });
    this.#asleep = new SleepingLists(options.clock, (listId) => {
      this.#queue.add(listId);
      this.#next();
      options.onPhase(listId);
    });
  }

  /** Whether any list is under way: running, queued or waiting. */
  get busy(): boolean {
    return this.#active !== null || this.#queue.size > 0 || this.#asleep.size > 0;
  }

  /** Whether something is asked just now. */
  get asking(): boolean {
    return this.#active !== null && this.#active.waitingUntilMs === null;
  }

  /** Who is under way, in the order in which they are asked about: the first now, then those that wait for their turn,
   *  then those that wait for a retry. */
  get order(): readonly ListId[] {
    return [...new Set([...this.#activeIds(), ...this.#queue.waiting, ...this.#asleep.ids])];
  }

  /** `before`: a list that waits for its turn too; null: behind all. */
  move(listId: ListId, before: ListId | null): void {
    this.#queue.move(listId, before);
    this.#keepQueue();
    this.#options.onPhase(listId);
  }

  phaseOf(listId: ListId): RunPhase {
    const active = this.#active?.listId === listId ? this.#active : null;
    if (active !== null && active.ending !== null && active.ending !== 'yield') return { kind: 'pausing' };
    if (active !== null) return active.waitingUntilMs === null ? { kind: 'running' } : { kind: 'waiting', nextAtMs: active.waitingUntilMs };
    if (this.#queue.has(listId)) return { kind: 'queued' };
    const untilMs = this.#asleep.untilMsOf(listId);
    if (untilMs !== undefined) return { kind: 'waiting', nextAtMs: untilMs };
    const failure = this.#failures.get(listId);
    return failure === undefined ? { kind: 'idle' } : { kind: 'failed', message: failure };
  }

  /** Starts, or goes on. Does nothing for a list that is under way already. A DNS-only run is `paused` in the store: it was
   *  wished for because servers cannot be asked, so the next start must not go on with a full one by itself.
   *  `again`: what is verified again, when its turn has come. */
  async start(listId: ListId, mode: RunMode = 'full', again: AgainWish | null = null): Promise<void> {
    const ending = this.#active?.listId === listId ? this.#active : null;
    if (ending !== null && ending.ending !== null && ending.ending !== 'yield') await ending.done;
    if (this.#stopped || this.#isUnderWay(listId)) return;
    this.#failures.delete(listId);
    if (mode === 'dns') this.#dnsOnly.add(listId);
    else this.#dnsOnly.delete(listId);
    if (again !== null) this.#queue.setWish(listId, again);
    this.#queue.add(listId);
    // Before the list counts as running: what is not known of it then could not be made up for.
    this.#keepQueue();
    const stored = this.#options.store.setState(listId, mode === 'dns' ? 'paused' : 'running');
    this.#next();
    this.#options.onPhase(listId);
    await stored;
  }

  /** Goes on with lists that were under way when the app ended, in this order; their state in the store says so already. */
  resume(jobs: readonly JobRecord[]): void {
    for (const { listId, again } of jobs) {
      this.#queue.setWish(listId, again);
      this.#queue.add(listId);
    }
    this.#keepQueue();
    this.#next();
    for (const { listId } of jobs) this.#options.onPhase(listId);
  }

  /** Resolves when nothing of this list is sent any more and its state is stored. */
  async pause(listId: ListId): Promise<void> {
    await this.#end(listId, 'pause');
  }

  /** As `pause`, but the list counts as done: what is open stays open, and is asked only if it is started again. */
  async cancel(listId: ListId): Promise<void> {
    await this.#end(listId, 'cancel');
  }

  /** The machine goes to sleep: connections are closed while that can still be done, and nothing is begun until `wake`. */
  suspend(): void {
    this.#asleepMachine = true;
    this.#active?.run?.networkChanged('this machine goes to sleep');
  }

  wake(): void {
    this.#asleepMachine = false;
    this.#asleep.rearm();
    this.#next();
  }

  /** The app ends: everything falls silent, and goes on at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopping.abort();
    this.#queue.clear();
    this.#asleep.clear();
    if (this.#active !== null) await this.#endActive(this.#active, 'quit');
  }

  async #end(listId: ListId, ending: 'pause' | 'cancel'): Promise<void> {
    if (this.#active?.listId === listId) {
      await this.#endActive(this.#active, ending);
      return;
    }
    const wasWaiting = this.#queue.has(listId) || this.#asleep.has(listId);
    if (!wasWaiting && ending === 'pause') return;
    this.#queue.remove(listId);
    this.#asleep.remove(listId);
    this.#failures.delete(listId);
    if (ending === 'cancel') this.#queue.setWish(listId, null);
    this.#keepQueue();
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
    return this.#active?.listId === listId || this.#queue.has(listId) || this.#asleep.has(listId);
  }

  #next(): void {
    if (this.#active !== null) {
      this.#giveWay(this.#active);
      return;
    }
    if (this.#stopped || this.#asleepMachine || this.#offline) return;
    const listId = this.#queue.take();
    if (listId === undefined) return;
    const active: Active = { listId, ending: null, run: null, waitingUntilMs: null, localAddresses: undefined, done: Promise.resolve() };
    this.#active = active;
    active.done = this.#go(active);
    this.#options.onPhase(listId);
  }

  /** A run that only waits need not keep others waiting. */
  #giveWay(active: Active): void {
    if (active.waitingUntilMs === null || active.ending !== null || this.#queue.size === 0) return;
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
    this.#keepQueue();
    this.#options.onPhase(listId);
    this.#next();
  }

  #runOnce(active: Active): Promise<RunOutcome | null> {
    const { listId } = active;
    return runList({
      ...this.#options,
      active,
      mode: this.#dnsOnly.has(listId) ? 'dns' : 'full',
      again: this.#queue.wishOf(listId),
      onReopened: () => {
        this.#queue.setWish(listId, null);
        this.#keepQueue();
      },
      onBegun: () => { if (this.#asleepMachine) this.suspend(); },
      onProgress: (progress) => { this.#progress(active, progress); },
    });
  }

  #activeIds(): readonly ListId[] {
    return this.#active === null || this.#active.ending === 'pause' || this.#active.ending === 'cancel' ? [] : [this.#active.listId];
  }

  /** Not while the app ends: the next start goes on with what is kept. */
  #keepQueue(): void {
    if (!this.#stopped) void this.#queue.keep(this.#activeIds(), this.#asleep.ids);
  }

  #progress(active: Active, progress: RunProgress): void {
    const wasWaiting = active.waitingUntilMs !== null;
    active.waitingUntilMs = progress.waiting?.nextAtMs ?? null;
    this.#options.onProgress(active.listId, progress);
    if (wasWaiting !== (active.waitingUntilMs !== null)) this.#options.onPhase(active.listId);
    this.#giveWay(active);
  }

  async #settle({ listId, ending, waitingUntilMs, localAddresses }: Active, outcome: RunOutcome | null): Promise<void> {
    const { store } = this.#options;
    if (outcome?.kind === 'paused' && outcome.reason === 'network_changed' && (ending === null || ending === 'yield')) {
      this.#options.log.info('run', 'network changed', { listId, message: outcome.message });
      this.#goOnOnline(listId, localAddresses);
    } else if (outcome?.kind === 'paused' && outcome.reason !== 'interrupted' && outcome.reason !== 'network_changed') {
      this.#options.log.warn('run', 'run stopped', { listId, reason: outcome.reason, message: outcome.message });
      this.#failures.set(listId, outcome.reason === 'defect' ? words.run.defect : words.run.failed(outcome.message));
      await store.setState(listId, 'paused');
    } else if (outcome?.kind === 'done' || ending === 'cancel') {
      await store.setState(listId, 'done');
    } else if (ending === 'pause') {
      await store.setState(listId, 'paused');
    } else if (ending === 'yield' && !this.#stopped) {
      this.#asleep.add(listId, waitingUntilMs ?? this.#options.clock.epochMs());
    }
  }

  /** Faults row 58: the same list again, before all others, on a network that is opened anew. */
  #goOnOnline(listId: ListId, localAddresses: OpenedNetwork['localAddresses']): void {
    this.#queue.addFirst(listId);
    this.#offline = true;
    void this.#options.untilOnline(localAddresses, this.#stopping.signal).then(() => {
      this.#offline = false;
      this.#next();
    });
  }

  /** Its state in the store stays: what could not be begun, because another process has it, is not ours to change. */
  #fail(listId: ListId, error: unknown): void {
    this.#options.log.warn('run', 'run failed', { listId, error });
    this.#failures.set(listId, error instanceof UserError ? error.message : words.run.defect);
  }
}
