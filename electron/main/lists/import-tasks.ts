// Imports: from a file that the user chose to a list that is there. Watched and cancelled by the window; a cancelled or
// failed import leaves nothing. Knows how the page's reading options are said to the store.
import { basename } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { ReadingOptions, TaskProgress } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { ImportOptions, ListId } from '../../worker/interface.ts';
import type { ListStore } from './list-store.ts';
import { TaskBoard, type TaskBoardOptions } from './task-board.ts';

export interface ImportTasksOptions extends TaskBoardOptions {
  readonly store: Pick<ListStore, 'importList'>;
  /** The user's own address lists. Throws where one cannot be read: then nothing is imported. */
  readonly customLists: () => CustomLists;
  /** The list is stored: it is shown from now on. */
  readonly onImported: (listId: ListId) => Promise<void>;
}

export class ImportTasks {
  readonly #options: ImportTasksOptions;
  readonly #board: TaskBoard;

  constructor(options: ImportTasksOptions) {
    this.#options = options;
    this.#board = new TaskBoard(options);
  }

  get tasks(): readonly TaskProgress[] {
    return this.#board.tasks;
  }

  get busy(): boolean {
    return this.#board.busy;
  }

  /** Answers the import's id at once. */
  start(path: string, sizeBytes: number, reading: ReadingOptions): string {
    return this.#begin({ path, ...givenReading(reading), ...importLists(this.#options.customLists()) }, sizeBytes);
  }

  /** Imports as practice, and answers when the list is there. */
  async practice(path: string, sizeBytes: number, name: string): Promise<ListId> {
    const id = this.#begin({ path, name, practice: true }, sizeBytes);
    await this.#board.ended(id);
    const { listId, message } = this.#board.find(id) ?? { listId: null, message: null };
    if (listId === null) throw new UserError('Cancelled', message ?? words.tasks.failed);
    return listId;
  }

  cancel(importId: string): void {
    this.#board.cancel(importId);
  }

  async stop(): Promise<void> {
    await this.#board.stop();
  }

  #begin(options: ImportOptions, sizeBytes: number): string {
    const name = options.name ?? basename(options.path);
    return this.#board.begin({ name, total: sizeBytes, listId: null }, async (report, signal) => {
      const { list, rows } = await this.#options.store.importList(
        options,
        ({ bytesRead, totalBytes, rows }) => { report({ done: bytesRead, total: totalBytes, rows }); },
        signal,
      );
      await this.#options.onImported(list.id);
      return { listId: list.id, rows, done: sizeBytes, total: sizeBytes };
    });
  }
}

/** An import asks only who is never to be asked: no other list need travel to its thread. */
export function importLists({ suppress }: CustomLists): Pick<ImportOptions, 'lists'> {
  return suppress === undefined ? {} : { lists: { suppress } };
}

function givenReading({ encoding, delimiter, hasHeader, addressColumn, addressColumns, sheet, duplicatesBy }: ReadingOptions): Partial<ImportOptions> {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(hasHeader === undefined ? {} : { hasHeader }),
    ...(addressColumn === undefined ? {} : { addressColumn }),
    ...(addressColumns === undefined ? {} : { addressColumns }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(duplicatesBy === undefined ? {} : { duplicatesBy }),
  };
}
