// Everything about lists that main does, put together: the store, the runs, imports, exports, the practice world, and
// the one snapshot that tells the window of all of it. The IPC handlers call this; nothing here knows Electron.
// Always holds: what a snapshot says is committed. Never asks the store in order to make one.
import type { AgainChoice, Estimate } from '../../../shared/ipc/jobs.ts';
import type { FileRef, Snapshot } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import type { Clock } from '../../engine/clock.ts';
import type { RunMode, RunProgress } from '../../engine/run/run.ts';
import type { SelectedRows } from '../../host/reopen-list.ts';
import { untilOnline } from '../../host/until-online.ts';
import type { PracticeWorld } from '../../practice/types.ts';
import type { ListId, ListSummary, ScheduleSummary } from '../../worker/interface.ts';
import type { JobRecord } from '../../worker/store-jobs.ts';
import type { Log } from '../log.ts';
import { Deletions } from './deletions.ts';
import { estimateList, SAMPLED_DOMAINS } from './estimate-list.ts';
import { ExportTasks } from './export-tasks.ts';
import { ImportTasks } from './import-tasks.ts';
import { CombineTasks } from './list-combine.ts';
import { ListBook } from './list-book.ts';
import { ListRuns } from './list-runs.ts';
import type { OpenedNetwork } from './opened-network.ts';
import type { ListStore } from './list-store.ts';
import { PracticeHost } from './practice-host.ts';
import { SnapshotSender } from './snapshot-sender.ts';

/** How often rate and time left are looked at while something is asked: they change although nothing is committed. */
const TICK_MS = 1_000;
const NOTHING_SCHEDULED: ScheduleSummary = { byReason: [], nextAtMs: null };

export interface EngineHostOptions {
  readonly store: ListStore;
  /** With the settings that are in force when it is called. `practice`: the world to ask instead of the Internet. */
  readonly openNetwork: (practice: PracticeWorld | null) => Promise<Omit<OpenedNetwork, 'practice'>>;
  /** Rows by rule, from the reader. */
  readonly selectedRows: SelectedRows;
  readonly startPracticeWorld: () => Promise<PracticeWorld>;
  /** The user's own address lists, for imports. Throws where one cannot be read. */
  readonly customLists: () => CustomLists;
  readonly clock: Clock;
  readonly log: Log;
  readonly send: (snapshot: Snapshot) => void;
  /** Files that the window has not taken up yet. */
  readonly opened: () => readonly FileRef[];
  /** What is known of this network. */
  readonly preflight?: () => NonNullable<Snapshot['preflight']>;
  /** What will be forgotten of a list by age. */
  readonly deletionOf?: (listId: ListId) => Snapshot['lists'][number]['deletion'];
  /** Whether something is asked just now. */
  readonly onAsking: (asking: boolean) => void;
}

export class EngineHost {
  readonly imports: ImportTasks;
  readonly exports: ExportTasks;
  readonly combine: CombineTasks;
  readonly #options: EngineHostOptions;
  readonly #book: ListBook;
  readonly #runs: ListRuns;
  readonly #sender: SnapshotSender;
  readonly #practice: PracticeHost;
  readonly #deletions: Deletions;
  readonly #scheduleAskedAtMs = new Map<ListId, number>();
  #cancelTick: (() => void) | null = null;
  #asking = false;

  constructor(options: EngineHostOptions) {
    const { store, clock, log } = options;
    this.#options = options;
    this.#book = new ListBook(clock);
    this.#sender = new SnapshotSender({ clock, content: () => this.#content(), send: options.send });
    this.#practice = new PracticeHost({ start: options.startPracticeWorld, log });
    this.#deletions = new Deletions({ store, clock, log });
    const onChange = (): void => { this.changed(); };
    this.imports = new ImportTasks({ store, customLists: options.customLists, clock, log, onChange, onImported: (listId) => this.#show(listId) });
    this.combine = new CombineTasks({
      store, customLists: options.customLists, selectedRows: options.selectedRows, clock, log, onChange, onMade: (listId) => this.#show(listId),
    });
    this.exports = new ExportTasks({ store, clock, log, onChange });
    this.#runs = new ListRuns({
      store: { ...store, setState: (listId, state) => this.#setState(listId, state) },
      openNetwork: (listId) => this.#openNetwork(listId),
      selectedRows: options.selectedRows,
      untilOnline: (localAddresses, signal) => untilOnline({ clock, localAddresses, signal }),
      clock,
      log,
      onPhase: (listId) => { this.#onPhase(listId); },
      onCommit: (listId, { committed, counters }) => { this.#book.committed(listId, committed, counters); },
      onProgress: (listId, progress) => { this.#onProgress(listId, progress); },
    });
  }

  /** Reads what there is, and goes on with the lists that were under way when the app ended, however it ended. */
  async open(): Promise<void> {
    await this.#deletions.purge();
    const lists = await this.#options.store.lists();
    for (const list of lists) this.#book.put(list, NOTHING_SCHEDULED);
    await Promise.all(lists.filter((list) => list.counters.byState.scheduled > 0).map((list) => this.#askSchedule(list.id)));
    this.#goOn(lists.filter(({ state }) => state === 'running').reverse(), await this.#options.store.jobs());
    this.changed();
  }

  /** What would be interrupted now: a run, which would go on later, or an import or export, which would not. */
  get underWay(): 'run' | 'task' | null {
    if (this.imports.busy || this.exports.busy || this.combine.busy) return 'task';
    return this.#runs.busy ? 'run' : null;
  }

  /** Addresses of all lists that wait for their next try. */
  get scheduled(): number {
    return this.#book.ids.reduce((sum, listId) => sum + (this.#book.countersOf(listId)?.byState.scheduled ?? 0), 0);
  }

  snapshot(): Snapshot {
    return this.#sender.now();
  }

  changed(): void {
    this.#sender.changed();
  }

  /** What is known of a list; undefined for one that is not there. */
  summaryOf(listId: ListId): ReturnType<ListBook['summaryOf']> {
    return this.#book.summaryOf(listId);
  }

  /** A practice list that was imported and never started. */
  freshPracticeList(): ListId | undefined {
    const fresh = (listId: ListId): boolean => {
      const summary = this.#book.summaryOf(listId);
      return summary?.practice === true && summary.state === 'ready';
    };
    return this.#book.ids.findLast(fresh);
  }

  /** `again`: what is verified again; null: only what is open. */
  async start(listId: ListId, mode?: RunMode, again: AgainChoice | null = null): Promise<void> {
    this.#book.setAgain(listId, again !== null);
    await this.#runs.start(listId, mode, again);
  }

  /** `before`: a list that waits for its turn too; null: behind all. */
  move(listId: ListId, before: ListId | null): void {
    this.#runs.move(listId, before);
    this.changed();
  }

  /** What starting it would mean. Asks nothing but DNS. */
  async estimate(listId: ListId, again: AgainChoice | null): Promise<Estimate> {
    const { store, clock, selectedRows } = this.#options;
    const wish = again?.kind === 'selected' ? { kind: 'rows' as const, rows: await selectedRows(listId, again.rule) } : again;
    const work = await store.workload(listId, SAMPLED_DOMAINS, wish, clock.epochMs());
    const network = await this.#openNetwork(listId);
    try {
      return await estimateList(work, network, clock);
    } finally {
      await network.close();
      // The practice world was opened for this alone, where nothing of the list is going to be asked.
      if (this.#book.summaryOf(listId)?.state === 'done' && this.#runs.phaseOf(listId).kind === 'idle') await this.#practice.letGo(listId);
    }
  }

  /** Answers at once; the snapshot tells when it is silent. */
  pause(listId: ListId): void {
    this.#watched(this.#runs.pause(listId));
  }

  cancel(listId: ListId): void {
    this.#watched(this.#runs.cancel(listId));
  }

  /** The machine goes to sleep; `wake` when it is back. */
  suspend(): void {
    this.#runs.suspend();
  }

  wake(): void {
    this.#runs.wake();
  }

  /** Hidden at once, but after its run was paused and its exports have ended; gone for good when the time for an undo is
   *  over. Resolves with how many exports were not finished. */
  async delete(listId: ListId): Promise<number> {
    const [stoppedExports] = await Promise.all([this.exports.stopOf(listId), this.#runs.pause(listId)]);
    await this.#deletions.hide(listId);
    this.#book.remove(listId);
    await this.#practice.letGo(listId);
    this.changed();
    return stoppedExports;
  }

  async undoDelete(listId: ListId): Promise<void> {
    await this.#deletions.restore(listId);
    await this.#show(listId);
  }

  /** Everything falls silent; what was under way goes on at the next start. The store stays open. */
  async close(): Promise<void> {
    await Promise.all([this.#runs.stop(), this.imports.stop(), this.combine.stop(), this.exports.stop()]);
    this.#cancelTick?.();
    this.#sender.close();
    await this.#practice.close();
    await this.#deletions.purge();
  }

  #content(): Omit<Snapshot, 'sequence'> {
    return {
      lists: this.#book.views((listId) => this.#runs.phaseOf(listId)).map((view) => ({ ...view, deletion: this.#options.deletionOf?.(view.id) })),
      imports: [...this.imports.tasks, ...this.combine.tasks],
      exports: [...this.exports.tasks],
      queue: [...this.#runs.order],
      opened: [...this.#options.opened()],
      ...(this.#options.preflight === undefined ? {} : { preflight: this.#options.preflight() }),
    };
  }

  /** In the order that was kept; what is not in it, by age. */
  #goOn(running: readonly ListSummary[], jobs: readonly JobRecord[]): void {
    const kept = jobs.filter(({ listId }) => running.some(({ id }) => id === listId));
    const others = running.filter(({ id }) => !kept.some(({ listId }) => listId === id));
    for (const { listId, again } of kept) this.#book.setAgain(listId, again !== null);
    this.#runs.resume([...kept, ...others.map(({ id }) => ({ listId: id, again: null }))]);
  }

  async #openNetwork(listId: ListId): Promise<OpenedNetwork> {
    const practice = this.#book.summaryOf(listId)?.practice ?? false;
    const world = practice ? await this.#practice.hold(listId) : null;
    return { ...(await this.#options.openNetwork(world)), practice };
  }

  /** Something else than a run or an import has changed the list, or `gone`: deleted it. */
  async refresh(listId: ListId, gone = false): Promise<void> {
    if (!gone) {
      await this.#show(listId);
      return;
    }
    this.#book.remove(listId);
    await this.#practice.letGo(listId);
    this.changed();
  }

  async #show(listId: ListId): Promise<void> {
    this.#book.put(await this.#options.store.list(listId), NOTHING_SCHEDULED);
    await this.#askSchedule(listId);
    this.changed();
  }

  async #setState(...[listId, state]: Parameters<ListStore['setState']>): Promise<void> {
    await this.#options.store.setState(listId, state);
    this.#book.setState(listId, state);
    if (state === 'done') await this.#practice.letGo(listId);
  }

  #onPhase(listId: ListId): void {
    const phase = this.#runs.phaseOf(listId);
    if (phase.kind === 'running') this.#book.meterOf(listId)?.start();
    else this.#book.meterOf(listId)?.stop();
    if (this.#asking !== this.#runs.asking) {
      this.#asking = this.#runs.asking;
      this.#options.onAsking(this.#asking);
      if (this.#asking) this.#tick();
      else this.#cancelTick?.();
    }
    if (phase.kind !== 'running') this.#watched(this.#askSchedule(listId));
    this.changed();
  }

  #onProgress(listId: ListId, { counters, waiting, setAside }: RunProgress): void {
    this.#book.setCounters(listId, counters);
    this.#book.setSetAside(listId, setAside);
    if (waiting !== null) this.#book.setSchedule(listId, waiting);
    else if (counters.byState.scheduled === 0) this.#book.setSchedule(listId, NOTHING_SCHEDULED);
    else this.#askScheduleNowAndThen(listId);
    this.changed();
  }

  #askScheduleNowAndThen(listId: ListId): void {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - (this.#scheduleAskedAtMs.get(listId) ?? Number.NEGATIVE_INFINITY) < TICK_MS) return;
    this.#scheduleAskedAtMs.set(listId, nowMs);
    this.#watched(this.#askSchedule(listId));
  }

  /** A list that was deleted meanwhile has none. */
  async #askSchedule(listId: ListId): Promise<void> {
    if (this.#book.summaryOf(listId) === undefined) return;
    try {
      this.#book.setSchedule(listId, await this.#options.store.schedule(listId));
      this.changed();
    } catch (error) {
      this.#options.log.warn('lists', 'schedule is not known', { listId, error });
    }
  }

  #tick(): void {
    this.#cancelTick?.();
    this.#cancelTick = this.#options.clock.after(TICK_MS, () => {
      this.changed();
      this.#tick();
    }, { unref: true });
  }

  #watched(work: Promise<void>): void {
    work.catch((error: unknown) => { this.#options.log.error('lists', 'failed', { error }); });
  }
}
