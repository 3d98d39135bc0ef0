// What the desktop shows of jobs while nobody looks at the window: progress on the taskbar or dock, and a notice when a
// list has come to its end. Made of the same snapshots as the window's view.
// Always holds: no notice while the window has the focus, none where the user has switched it off, and no address in any.
// Knows nothing of Electron.
import type { ListView, Snapshot } from '../../shared/ipc/lists.ts';
import { enJobs as words } from '../../shared/words/en-jobs.ts';

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** What a click on it opens. */
  readonly listId: number;
}

export interface JobSignsOptions {
  readonly isFocused: () => boolean;
  /** The user's setting, in force now. */
  readonly mayNotify: () => boolean;
  readonly notify: (notice: Notice) => void;
  /** Share of the work that is done; null: nothing is under way. `waiting`: nothing is asked just now. */
  readonly progress: (share: number | null, waiting: boolean) => void;
}

const ACTIVE: ReadonlySet<ListView['state']> = new Set(['running', 'waiting', 'pausing']);

export class JobSigns {
  readonly #options: JobSignsOptions;
  /** Lists that were under way in the last snapshot. */
  #active = new Set<number>();
  #shown = '';

  constructor(options: JobSignsOptions) {
    this.#options = options;
  }

  take({ lists }: Pick<Snapshot, 'lists'>): void {
    const active = lists.filter(({ state }) => ACTIVE.has(state));
    for (const list of lists) if (this.#active.has(list.id)) this.#tell(list);
    this.#active = new Set(active.map(({ id }) => id));
    this.#showProgress(active);
  }

  #tell(list: ListView): void {
    if (list.state !== 'done' && list.state !== 'failed') return;
    if (this.#options.isFocused() || !this.#options.mayNotify()) return;
    const name = list.name.includes('@') ? words.notice.aList : list.name;
    const { notice } = words;
    const { deliverable, undeliverable, risky, unknown } = list.counters.byStatus;
    this.#options.notify(
      list.state === 'done'
        ? { title: notice.done(name), body: notice.doneText(shown(deliverable), shown(undeliverable), shown(risky + unknown)), listId: list.id }
        : { title: notice.failed(name), body: notice.failedText, listId: list.id },
    );
  }

  #showProgress(active: readonly ListView[]): void {
    const sum = (count: (list: ListView) => number): number => active.reduce((total, list) => total + count(list), 0);
    const done = sum(({ counters }) => counters.byState.done);
    const total = done + sum(({ counters }) => counters.byState.pending + counters.byState.scheduled);
    // In hundredths: the taskbar shows no more, and each call goes to the window manager.
    const share = active.length === 0 ? null : Math.floor((100 * done) / Math.max(1, total)) / 100;
    const waiting = active.length > 0 && active.every(({ state }) => state === 'waiting');
    const text = `${String(share)} ${String(waiting)}`;
    if (text === this.#shown) return;
    this.#shown = text;
    this.#options.progress(share, waiting);
  }
}

function shown(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}
