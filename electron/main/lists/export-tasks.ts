// Exports: from a list to a file where the save dialog said. Watched and cancelled by the window; a cancelled or failed
// export leaves what was there before. Only a finished export can be shown in its folder.
import { basename } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { ExportOptions } from '../../worker/interface.ts';
import type { ListStore } from './list-store.ts';
import { TaskBoard, type TaskBoardOptions } from './task-board.ts';

export interface ExportTasksOptions extends TaskBoardOptions {
  readonly store: Pick<ListStore, 'exportList'>;
}

export class ExportTasks {
  readonly #options: ExportTasksOptions;
  readonly #board: TaskBoard;
  readonly #finished = new Map<string, string>();

  constructor(options: ExportTasksOptions) {
    this.#options = options;
    this.#board = new TaskBoard(options);
  }

  get tasks(): readonly TaskProgress[] {
    return this.#board.tasks;
  }

  get busy(): boolean {
    return this.#board.busy;
  }

  /** Answers the export's id at once. `totalRows`: rows of the list, all of which are looked at. */
  start(options: ExportOptions, totalRows: number): string {
    const start = { name: basename(options.outPath), total: totalRows, listId: options.listId };
    const id: string = this.#board.begin(start, async (report, signal) => {
      const { rows } = await this.#options.store.exportList(
        options,
        (progress) => { report({ done: progress.rows, total: progress.totalRows }); },
        signal,
      );
      this.#finished.set(id, options.outPath);
      return { rows, done: totalRows, total: totalRows };
    });
    return id;
  }

  cancel(exportId: string): void {
    this.#board.cancel(exportId);
  }

  /** Where a finished export lies. */
  pathOf(exportId: string): string {
    const path = this.#finished.get(exportId);
    if (path === undefined) throw new UserError('FileNotFound', words.files.unknownTask);
    return path;
  }

  async stop(): Promise<void> {
    await this.#board.stop();
  }
}
