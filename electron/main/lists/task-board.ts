// Work that the window watches and can cancel: imports and exports. Each has an id, a progress and an end; one that
// ended stays for a minute, so that the window can tell how. A failure is told in words; a defect goes to the log.
import { randomUUID } from 'node:crypto';
import { UserError } from '../../../shared/errors.ts';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Log } from '../log.ts';

const KEPT_MS = 60_000;

export interface TaskStart {
  readonly name: string;
  readonly total: number;
  readonly listId: number | null;
}

export type TaskUpdate = Partial<Pick<TaskProgress, 'done' | 'total' | 'rows' | 'listId' | 'message' | 'bytesPerSecond' | 'secondsLeft' | 'droppedCount' | 'remarkCount' | 'elsewhereCount'>>;

/** Does the work; reports as it goes; rejects with `UserError` `Cancelled` after `signal`. */
export type TaskWork = (report: (update: TaskUpdate) => void, signal: AbortSignal) => Promise<TaskUpdate>;

export interface TaskBoardOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
}

export class TaskBoard {
  readonly #options: TaskBoardOptions;
  readonly #tasks = new Map<string, { progress: TaskProgress; readonly controller: AbortController; readonly ended: Promise<void> }>();

  constructor(options: TaskBoardOptions) {
    this.#options = options;
  }

  get tasks(): readonly TaskProgress[] {
    return [...this.#tasks.values()].map((task) => task.progress);
  }

  get busy(): boolean {
    return this.tasks.some(({ state }) => state === 'running');
  }

  find(id: string): TaskProgress | undefined {
    return this.#tasks.get(id)?.progress;
  }

  /** Starts the work and answers its id at once. */
  begin(start: TaskStart, work: TaskWork): string {
    const id = randomUUID();
    const controller = new AbortController();
    let settle: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => { settle = resolve; });
    this.#tasks.set(id, { progress: { id, ...start, state: 'running', message: null, done: 0, rows: 0 }, controller, ended });
    this.#options.onChange();
    // After this call: the work may want to know its id.
    void Promise.resolve().then(() => this.#run(id, work, controller.signal)).finally(settle);
    return id;
  }

  /** Resolves when it has ended, however. */
  async ended(id: string): Promise<void> {
    await this.#tasks.get(id)?.ended;
  }

  /** One that ended, or never was, stays as it is. `why`: told with its end. */
  cancel(id: string, why: string | null = null): void {
    this.#tasks.get(id)?.controller.abort(why);
  }

  /** Cancels those of a list; resolves when they have ended with how many of them did so without being finished. */
  async stopOf(listId: number, why: string): Promise<number> {
    const ids = this.tasks.flatMap((task) => (task.listId === listId && task.state === 'running' ? [task.id] : []));
    for (const id of ids) this.cancel(id, why);
    await Promise.all(ids.map((id) => this.ended(id)));
    return ids.filter((id) => this.find(id)?.state !== 'done').length;
  }

  /** Cancels all; resolves when nothing runs any more. */
  async stop(): Promise<void> {
    for (const id of this.#tasks.keys()) this.cancel(id);
    await Promise.all([...this.#tasks.values()].map((task) => task.ended));
  }

  async #run(id: string, work: TaskWork, signal: AbortSignal): Promise<void> {
    try {
      if (signal.aborted) throw new UserError('Cancelled', ''); // before it began
      const last = await work((update) => { this.#update(id, update); }, signal);
      this.#update(id, { ...last, state: 'done' });
    } catch (error) {
      const cancelled = error instanceof UserError && error.code === 'Cancelled';
      if (!cancelled) this.#options.log.warn('tasks', 'task failed', { error });
      const message = error instanceof UserError ? error.message : words.tasks.failed;
      this.#update(id, { state: cancelled ? 'cancelled' : 'failed', message: cancelled ? whyOf(signal) : message });
    }
    this.#options.clock.after(KEPT_MS, () => { this.#forget(id); }, { unref: true });
  }

  #update(id: string, update: Partial<TaskProgress>): void {
    const task = this.#tasks.get(id);
    if (task === undefined) return;
    task.progress = { ...task.progress, ...update };
    this.#options.onChange();
  }

  #forget(id: string): void {
    this.#tasks.delete(id);
    this.#options.onChange();
  }
}

function whyOf({ reason }: AbortSignal): string | null {
  return typeof reason === 'string' ? reason : null;
}
