// Exports: from a list to a file where the save dialog said. Watched and cancelled by the window; a cancelled or failed
// export leaves what was there before. Only a finished export can be shown in its folder.
import { basename } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { TaskProgress } from '../../../shared/ipc/lists.ts';
import { enExport } from '../../../shared/words/en-export.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { ExportOptions, ExportProgress, ExportReport } from '../../worker/export/export-api.ts';
import type { ListStore } from './list-store.ts';
import { TaskBoard, type TaskBoardOptions, type TaskUpdate } from './task-board.ts';

export interface ExportTasksOptions extends TaskBoardOptions {
  readonly store: Pick<ListStore, 'exportList' | 'summaryPage' | 'writeExport'>;
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
    return this.#begin(options, totalRows, async (report, signal) => {
      const written = await this.#options.store.exportList(options, report, signal);
      return { path: written.files[0]?.path ?? options.outPath, rows: written.rows, notes: notesOf(written) };
    });
  }

  /** The one-page summary as a PDF. `print`: makes it of HTML. */
  startPdf(options: Pick<ExportOptions, 'listId' | 'outPath'>, totalRows: number, print: (html: string) => Promise<Uint8Array>): string {
    return this.#begin(options, totalRows, async (report, signal) => {
      const { store } = this.#options;
      const bytes = await print(await store.summaryPage(options.listId, report, signal));
      if (signal.aborted) throw new UserError('Cancelled', '');
      await store.writeExport(options, bytes);
      return { path: options.outPath, rows: totalRows, notes: null };
    });
  }

  cancel(exportId: string): void {
    this.#board.cancel(exportId);
  }

  /** The lists that are being exported. */
  get listIds(): readonly number[] {
    return this.tasks.flatMap(({ listId, state }) => (state === 'running' && listId !== null ? [listId] : []));
  }

  /** The list is going to be deleted: its exports end, and leave no file. Resolves with how many, when nothing reads it. */
  async stopOf(listId: number): Promise<number> {
    return await this.#board.stopOf(listId, words.tasks.listDeleted);
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

  #begin({ listId, outPath }: Pick<ExportOptions, 'listId' | 'outPath'>, totalRows: number, work: (report: (progress: ExportProgress) => void, signal: AbortSignal) => Promise<Done>): string {
    const start = { name: basename(outPath), total: totalRows, listId };
    const id: string = this.#board.begin(start, async (update, signal): Promise<TaskUpdate> => {
      const { path, rows, notes } = await work((progress) => { update({ done: progress.rows, total: progress.totalRows }); }, signal);
      this.#finished.set(id, path);
      return { rows, done: totalRows, total: totalRows, message: notes };
    });
    return id;
  }
}

interface Done {
  readonly path: string;
  readonly rows: number;
  /** What the user must know of the file, or null. */
  readonly notes: string | null;
}

function notesOf({ replaced, cutCells, sheets }: ExportReport): string | null {
  const notes = [
    ...(replaced.count > 0 ? [enExport.replaced(replaced.count.toLocaleString('en'), replaced.characters.join(' '))] : []),
    ...(cutCells > 0 ? [enExport.cut(cutCells.toLocaleString('en'))] : []),
    ...(sheets > 1 ? [enExport.sheets(sheets.toLocaleString('en'))] : []),
  ];
  return notes.length === 0 ? null : notes.join(' ');
}
