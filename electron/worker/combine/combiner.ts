// What the combining thread does, one piece of work in its life: append, merge, or split, which is planned first. Whoever
// started it makes the new lists' places and lets them appear; this only fills files that nobody else has open.
import type { CallHooks } from '../call-hooks.ts';
import { throwIfCancelled } from '../call-hooks.ts';
import type { Counters } from '../interface.ts';
import type { CombineProgress, SplitRule } from '../store-combine.ts';
import type { NewList } from '../store/library.ts';
import type { ListRecord } from '../store/list-record.ts';
import { appendFile, type AppendRequest, type PendingAppend } from './append-file.ts';
import { ListReading } from './list-reading.ts';
import { ListWriter } from './list-writer.ts';
import { mergeLists, type MergePlan, type MergedRows } from './merge-lists.ts';
import { splitGroups, type SplitGroups } from './split-groups.ts';
import { splitList } from './split-list.ts';

/** A new list's place, and what its file says of it. */
export interface NewFile {
  readonly file: string;
  readonly list: NewList;
}

export interface SplitPart {
  /** Place in the plan. */
  readonly group: number;
  readonly label: string;
  readonly rows: number;
}

type Hooks = CallHooks<CombineProgress>;

export class Combiner {
  #append: PendingAppend | null = null;
  #split: { readonly reading: ListReading; readonly groups: SplitGroups } | null = null;

  /** Reads the file; `commit` makes it last. */
  async append(request: AppendRequest, hooks: Hooks): Promise<Pick<PendingAppend, 'report' | 'columns'>> {
    this.#append = await appendFile(request, (progress) => {
      throwIfCancelled(hooks, 'append');
      hooks.progress(progress);
    });
    const { report, columns } = this.#append;
    return { report, columns };
  }

  commit(): Counters {
    if (this.#append === null) throw new Error('There is nothing to commit.');
    const append = this.#append;
    this.#append = null;
    return append.commit();
  }

  merge(plan: MergePlan, target: NewFile, hooks: Hooks): MergedRows & { readonly counters: Counters } {
    const writer = new ListWriter(target.file);
    try {
      const total = plan.sources.reduce((sum, { counters }) => sum + counters.rows, 0);
      const merged = mergeLists(plan, writer, (rows) => { tell(hooks, 'merge', rows, total); });
      return { ...merged, counters: writer.finish(target.list) };
    } finally {
      writer.close();
    }
  }

  /** Which lists there will be; none of them is empty. */
  planSplit(record: ListRecord, rule: SplitRule): readonly SplitPart[] {
    const reading = new ListReading(record);
    this.#split = { reading, groups: splitGroups(reading, rule) };
    const { of, labels } = this.#split.groups;
    const rows = new Uint32Array(labels.length);
    for (const page of reading.ids()) for (const id of page) rows[of[id] ?? 0] = (rows[of[id] ?? 0] ?? 0) + 1;
    return labels.map((label, group) => ({ group, label, rows: rows[group] ?? 0 })).filter((part) => part.rows > 0);
  }

  /** `targets`: a file for each part of the plan. The counters in their order. */
  split(targets: readonly (NewFile & { readonly group: number })[], hooks: Hooks): readonly Counters[] {
    if (this.#split === null) throw new Error('Nothing is planned.');
    const { reading, groups } = this.#split;
    const writers: (ListWriter | undefined)[] = [];
    try {
      for (const { group, file } of targets) writers[group] = new ListWriter(file);
      const total = reading.record.counters.rows;
      splitList(reading, groups.of, writers, (rows) => { tell(hooks, 'split', rows, total); });
      return targets.map(({ group, list }) => {
        throwIfCancelled(hooks, 'split');
        const writer = writers[group];
        if (writer === undefined) throw new Error('a part without a file');
        return writer.finish(list);
      });
    } finally {
      for (const writer of writers) writer?.close();
    }
  }

  /** What was not committed is undone. */
  close(): void {
    this.#append?.undo();
    this.#append = null;
    this.#split?.reading.close();
    this.#split = null;
  }
}

function tell(hooks: Hooks, what: string, rows: number, total: number): void {
  throwIfCancelled(hooks, what);
  hooks.progress({ done: rows, total: Math.max(rows, total), rows });
}
