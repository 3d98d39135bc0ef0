// Appending, merging and splitting as the window asks for it: watched and cancelled there like an import. A cancelled or
// failed one leaves every list as it was. What it made or changed is shown when it is done.
import { basename } from 'node:path';
import type { SplitChoice } from '../../../shared/ipc/combine.ts';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import { enCombine } from '../../../shared/words/en-combine.ts';
import type { SelectedRows } from '../../host/reopen-list.ts';
import type { ListId } from '../../worker/interface.ts';
import type { AppendOptions, MergeOptions } from '../../worker/store-combine.ts';
import type { ListStore } from './list-store.ts';
import { TaskBoard, type TaskBoardOptions } from './task-board.ts';

export interface CombineTasksOptions extends TaskBoardOptions {
  readonly store: Pick<ListStore, 'appendFile' | 'mergeLists' | 'splitList'>;
  readonly customLists: () => CustomLists;
  readonly selectedRows: SelectedRows;
  /** The list is there, or has changed: it is shown so from now on. */
  readonly onMade: (listId: ListId) => Promise<void>;
}

export class CombineTasks {
  readonly #options: CombineTasksOptions;
  readonly #board: TaskBoard;

  constructor(options: CombineTasksOptions) {
    this.#options = options;
    this.#board = new TaskBoard(options);
  }

  get tasks(): readonly TaskProgress[] {
    return this.#board.tasks;
  }

  get busy(): boolean {
    return this.#board.busy;
  }

  /** Each answers its task's id at once. */
  append(options: Omit<AppendOptions, 'lists'>, sizeBytes: number): string {
    const { suppress } = this.#options.customLists();
    const lists = suppress === undefined ? {} : { lists: { suppress } };
    const start = { name: basename(options.path), total: sizeBytes, listId: options.listId };
    return this.#board.begin(start, async (report, signal) => {
      const { list, rows, duplicates, elsewhere, suppressed, newColumns } = await this.#options.store.appendFile({ ...options, ...lists }, report, signal);
      await this.#options.onMade(list.id);
      const others = elsewhere.reduce((sum, one) => sum + one.rows, 0);
      return { rows, done: 1, total: 1, message: enCombine.append.done({ rows, duplicates, others, suppressed, columns: newColumns }) };
    });
  }

  merge(options: MergeOptions): string {
    return this.#board.begin({ name: options.name, total: 1, listId: null }, async (report, signal) => {
      const { list, inSeveral } = await this.#options.store.mergeLists(options, report, signal);
      await this.#options.onMade(list.id);
      return { listId: list.id, rows: list.counters.rows, done: 1, total: 1, message: enCombine.merge.done(list.counters.rows, inSeveral) };
    });
  }

  split(listId: ListId, name: string, wish: SplitChoice): string {
    return this.#board.begin({ name, total: 1, listId: null }, async (report, signal) => {
      const rule = wish.by === 'selected' ? { by: 'rows' as const, rows: await this.#options.selectedRows(listId, wish.rule) } : wish;
      const { lists } = await this.#options.store.splitList({ listId, rule }, report, signal);
      for (const { id } of lists) await this.#options.onMade(id);
      return { listId: lists[0]?.id ?? null, done: 1, total: 1, message: enCombine.split.done(lists.length) };
    });
  }

  cancel(taskId: string): void {
    this.#board.cancel(taskId);
  }

  async stop(): Promise<void> {
    await this.#board.stop();
  }
}
