// Appending, merging and splitting as the batch worker does it: the store makes the places, a thread of its own fills
// them, and what it filled appears in one step. When a promise settles the thread is gone, and unless it was fulfilled
// every list is as it was. Between the steps the store's thread is free.
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { enCombine as words } from '../../../shared/words/en-combine.ts';
import type { CallHooks } from '../call-hooks.ts';
import type { Counters } from '../interface.ts';
import type { AppendOptions, AppendReport, CombineProgress, MergeOptions, MergeReport, SplitOptions, SplitReport } from '../store-combine.ts';
import type { CombinePlaces } from '../store/combine-places.ts';
import type { NewList } from '../store/library.ts';
import type { ListRecord } from '../store/list-record.ts';
import { ThreadConnection } from '../thread-connection.ts';
import type { PendingAppend } from './append-file.ts';
import type { SplitPart } from './combiner.ts';
import { joinLists } from './join-lists.ts';
import type { MergePlan, MergedRows } from './merge-lists.ts';
import { newListOf } from './new-list-of.ts';

/** How often is looked whether the caller has cancelled. */
const POLL_MS = 50;
/** Delimiters that any cell can be kept with. */
const USUAL = /^[,;\t|]$/;

type Hooks = CallHooks<CombineProgress>;
type Call = <T>(method: string, ...args: readonly unknown[]) => Promise<T>;

/** Where the work is done: see ThreadConnection. */
export type CombineThread = Pick<ThreadConnection, 'opened' | 'call' | 'close'>;

export class CombineLists {
  readonly #places: CombinePlaces;
  readonly #start: () => CombineThread;

  /** `start`: begins a thread, which does one piece of work. */
  constructor(places: CombinePlaces, start: () => CombineThread) {
    this.#places = places;
    this.#start = start;
  }

  async appendFile(options: AppendOptions, hooks: Hooks): Promise<AppendReport> {
    const { notIn = [], listId } = options;
    if (notIn.includes(listId)) throw new UserError('BadUsage', words.errors.notInItself);
    const others = this.#places.otherLists(notIn);
    const place = this.#places.beginAppend(listId);
    try {
      return await this.#inThread(hooks, async (call) => {
        const { report, columns } = await call<Pick<PendingAppend, 'report' | 'columns'>>('append', { list: place.record, options, others });
        place.widen(columns);
        const counters = await call<Counters>('commit');
        return { ...report, list: place.finish(counters) };
      });
    } finally {
      place.end();
    }
  }

  async mergeLists(options: MergeOptions, hooks: Hooks): Promise<MergeReport> {
    const { listIds, name, sourceColumn, duplicatesBy } = options;
    if (listIds.length < 2) throw new UserError('BadUsage', words.errors.onlyOne);
    if (new Set(listIds).size < listIds.length) throw new UserError('BadUsage', words.errors.twice);
    const sources = listIds.map((listId) => this.#places.source(listId));
    const [first] = sources;
    if (first === undefined || sources.some(({ practice }) => practice !== first.practice)) throw new UserError('BadUsage', words.errors.practice);
    const dialect = { delimiter: USUAL.test(first.delimiter) ? first.delimiter : ',', guarded: false };
    const { columns } = joinLists(sources, sourceColumn);
    const hasHeader = sourceColumn !== undefined || sources.some((source) => source.hasHeader);
    const list: NewList = { ...newListOf(first, name), ...dialect, columns, hasHeader, encoding: 'utf-8', ...(duplicatesBy === undefined ? {} : { duplicatesBy }) };
    const [report] = await this.#filled([list], (files) => this.#inThread(hooks, async (call) => {
      const plan: MergePlan = { sources, dialect, sourceColumn, byMailbox: duplicatesBy === 'mailbox' };
      const merged = await call<MergedRows & { readonly counters: Counters }>('merge', plan, { file: files[0], list });
      return { result: merged, counters: [merged.counters] };
    }), ({ rows, inSeveral }, [made]) => {
      if (made === undefined) throw new Error('a merged list that is not there');
      return [{ list: made, sources: sources.map(({ id, name: sourceName }, index) => ({ listId: id, name: sourceName, rows: rows[index] ?? 0 })), inSeveral }];
    });
    if (report === undefined) throw new Error('a merge without a report');
    return report;
  }

  async splitList({ listId, rule, name }: SplitOptions, hooks: Hooks): Promise<SplitReport> {
    const record = this.#places.source(listId);
    return await this.#inThread(hooks, async (call) => {
      const parts = await call<readonly SplitPart[]>('planSplit', record, rule);
      const [only] = parts;
      if (only === undefined) throw new UserError('BadUsage', words.errors.nothing);
      if (parts.length === 1) throw new UserError('BadUsage', words.errors.onePart(only.label));
      const lists = parts.map(({ label }) => newListOf(record, words.splitName(name ?? record.name, label), this.#keptBy(record)));
      const made = await this.#filled(lists, async (files) => {
        const targets = parts.map(({ group }, index) => ({ group, file: files[index], list: lists[index] }));
        return { result: null, counters: await call<readonly Counters[]>('split', targets) };
      }, (_result, summaries) => [...summaries]);
      return { lists: made };
    });
  }

  #keptBy(record: ListRecord): Pick<NewList, 'duplicatesBy'> {
    const { duplicatesBy } = this.#places.kept(record);
    return duplicatesBy === undefined ? {} : { duplicatesBy };
  }

  /** Places for the lists, which appear when `fill` has filled them, or are erased. */
  async #filled<T, R>(
    lists: readonly NewList[],
    fill: (files: readonly string[]) => Promise<{ readonly result: T; readonly counters: readonly Counters[] }>,
    report: (result: T, made: ReturnType<ReturnType<CombinePlaces['begin']>['finish']>) => R[],
  ): Promise<R[]> {
    const places = this.#places.begin(lists);
    try {
      const { result, counters } = await fill(places.files);
      const made = places.finish(lists.flatMap(({ columns }, index) => {
        const one = counters[index];
        return one === undefined ? [] : [{ columns, counters: one }];
      }));
      return report(result, made);
    } finally {
      places.end();
    }
  }

  async #inThread<T>(hooks: Hooks, work: (call: Call) => Promise<T>): Promise<T> {
    const thread = this.#start();
    const controller = new AbortController();
    const poll = setInterval(() => { if (hooks.cancelled()) controller.abort(); }, POLL_MS);
    try {
      await thread.opened;
      return await work((method, ...args) => thread.call(method, args, (progress) => { hooks.progress(progress as CombineProgress); }, controller.signal) as Promise<never>);
    } finally {
      clearInterval(poll);
      await thread.close().catch(() => undefined);
    }
  }
}

/** `dir`: absolute path of the store's folder. */
export function startCombining(dir: string): CombineThread {
  return new ThreadConnection({ what: 'The work on the lists', name: 'winnow-combine', workerPath: combinePath(), data: { dir } });
}

/** The thread's program: beside the built `entry.cjs`, or in this folder. */
function combinePath(): string {
  return join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'combine-entry.ts' : 'combine.cjs');
}
