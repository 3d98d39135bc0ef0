// The sorted and filtered views of lists, each made once and kept: pages come out of it by key or position in
// microseconds. Of a list the newest question's view is kept; asking something else ends the making of the one before
// with `Cancelled`. Columns are kept for one list at a time, and nothing longer than some minutes after the last question.
// While verdicts come, a view is made again, at most a tenth of the time; pages are of the one before until then.
import { UserError } from '../../../shared/errors.ts';
import type { PageRequest, ResultPage, ResultsFilter } from '../../../shared/ipc/lists.ts';
import type { ListId } from '../interface.ts';
import { buildView, changesWithVerdicts, type ViewQuery } from './build-view.ts';
import { FixedColumns } from './fixed-columns.ts';
import type { ListFiles } from './list-files.ts';
import type { ListView } from './list-view.ts';
import type { Columns } from './matching-rows.ts';
import { RowView } from './row-view.ts';
import { VerdictColumns } from './verdict-columns.ts';
import { isReady, viewPage } from './view-page.ts';

/** How long a page waits for what is missing before it is answered with what there is. */
const PATIENCE_MS = 60;
/** A view that was made faster than this is made again whenever verdicts have come. */
const CHEAP_MS = 30;
const REST_FACTOR = 10;
const KEEP_MS = 300_000;

interface Job {
  readonly view: RowView;
  share: number;
  cancelled: boolean;
}

/** One question to a list, with what is known of its answer. */
interface Shown {
  readonly listId: ListId;
  readonly key: string;
  readonly query: ViewQuery;
  view: RowView | null;
  job: Job | null;
  failure: { readonly error: unknown } | null;
  tookMs: number;
  endedMs: number;
}

export class ListViews {
  readonly #files: ListFiles;
  readonly #shown = new Map<ListId, Shown>();
  #columns: (Columns & { readonly listId: ListId }) | null = null;
  #forget: NodeJS.Timeout | null = null;

  constructor(files: ListFiles) {
    this.#files = files;
  }

  async page(request: PageRequest): Promise<ResultPage> {
    const { listId, filter, sort } = request;
    const shown = this.#ask(listId, { filter, sort });
    const version = this.#files.use(listId, (list) => versionOf(list, shown.query));
    if (shown.job === null && this.#isDue(shown, version)) this.#start(shown, version);
    const deadlineMs = performance.now() + PATIENCE_MS;
    // Whoever asks again and again for what is being made must not keep it from being made.
    if (shown.job !== null) await turn();
    for (;;) {
      if (shown.failure !== null) throw shown.failure.error;
      if (this.#shown.get(listId) !== shown) throw new UserError('Cancelled', 'The search was given up for another one.');
      const missing = shown.view === null ? shown.job !== null && !isReady(shown.job.view, request) : shown.job !== null;
      if (!missing || performance.now() >= deadlineMs) break;
      await turn();
    }
    const view = shown.view ?? shown.job?.view;
    if (view === undefined) throw new Error('a view that is neither made nor being made');
    return this.#files.use(listId, (list) =>
      list.database.transaction(() => viewPage(list, view, request, shown.job?.share ?? 1, view.version === version))(),
    );
  }

  /** Every row that matches, ascending. Not to be changed. */
  async matching(listId: ListId, filter: ResultsFilter): Promise<Uint32Array> {
    const query = { filter };
    const version = this.#files.use(listId, (list) => versionOf(list, query));
    const shown = this.#shown.get(listId);
    if (shown?.key === keyOf(query) && shown.view?.version === version) return shown.view.rows;
    const job = this.#newJob(listId, version);
    await this.#run(listId, query, job);
    return job.view.rows;
  }

  /** What is being made ends with `Cancelled`. */
  close(): void {
    for (const { job } of this.#shown.values()) if (job !== null) job.cancelled = true;
    this.#shown.clear();
    this.#columns = null;
    if (this.#forget !== null) clearTimeout(this.#forget);
  }

  /** From now on the newest question of the list. */
  #ask(listId: ListId, query: ViewQuery): Shown {
    this.#forgetLater();
    const key = keyOf(query);
    const before = this.#shown.get(listId);
    if (before?.key === key) return before;
    const job = before?.job ?? null;
    if (job !== null) job.cancelled = true;
    const shown: Shown = { listId, key, query, view: null, job: null, failure: null, tookMs: 0, endedMs: 0 };
    this.#shown.set(listId, shown);
    return shown;
  }

  #isDue({ view, tookMs, endedMs }: Shown, version: string): boolean {
    if (view === null) return true;
    return view.version !== version && (tookMs < CHEAP_MS || performance.now() - endedMs >= REST_FACTOR * tookMs);
  }

  #start(shown: Shown, version: string): void {
    const { listId, query } = shown;
    const job = this.#newJob(listId, version);
    const startedMs = performance.now();
    shown.job = job;
    this.#run(listId, query, job).then(
      () => {
        shown.view = job.view;
        shown.job = null;
        shown.endedMs = performance.now();
        shown.tookMs = shown.endedMs - startedMs;
      },
      (error: unknown) => {
        shown.failure = { error };
        if (this.#shown.get(listId) === shown) this.#shown.delete(listId);
      },
    );
  }

  #newJob(listId: ListId, version: string): Job {
    const last = this.#files.use(listId, (list) => list.lastRow());
    return { view: new RowView(version, last), share: 0, cancelled: false };
  }

  async #run(listId: ListId, query: ViewQuery, job: Job): Promise<void> {
    let current: ListView = this.#files.use(listId, (list) => list);
    const source = {
      list: () => current,
      tell: (share: number) => {
        job.share = Math.min(0.99, share);
      },
    };
    const steps = buildView(job.view, query, source, this.#columnsOf(listId, current));
    for (;;) {
      if (job.cancelled) throw new UserError('Cancelled', 'The search was given up for another one.');
      const step = this.#files.use(listId, (list) => {
        current = list;
        return steps.next();
      });
      if (step.done === true) return;
      await turn();
    }
  }

  #columnsOf(listId: ListId, list: ListView): Columns {
    const last = list.lastRow();
    const version = list.verdictVersion();
    const kept = this.#columns?.listId === listId && this.#columns.fixed.last === last ? this.#columns : null;
    if (kept === null) {
      for (const [id, { job }] of this.#shown) if (id !== listId && job === null) this.#shown.delete(id);
    }
    const fixed = kept?.fixed ?? new FixedColumns(last);
    const verdicts = kept?.verdicts.version === version ? kept.verdicts : new VerdictColumns(version, fixed);
    this.#columns = { listId, fixed, verdicts };
    return this.#columns;
  }

  #forgetLater(): void {
    if (this.#forget !== null) clearTimeout(this.#forget);
    this.#forget = setTimeout(() => { this.close(); }, KEEP_MS);
    this.#forget.unref();
  }
}

/** Changes whenever the rows of a view, or their order, may have. */
function versionOf(list: ListView, query: ViewQuery): string {
  return `${String(list.lastRow())} ${changesWithVerdicts(query) ? list.verdictVersion() : ''}`;
}

function keyOf({ filter, sort }: ViewQuery): string {
  return JSON.stringify([filter, sort ?? null]);
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
