// Imports: from files that the user chose, or a text that was pasted, to lists that are there. Watched and cancelled by the
// window; a cancelled or failed import leaves nothing. Several go one after the other, in their order; one that fails does
// not keep the next from its turn. What each came to is told as long as the session lasts, of the last ones.
// Knows how the page's reading options are said to the store.
import { basename } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { ReadingOptions, TaskProgress } from '../../../shared/ipc/lists.ts';
import type { CustomLists } from '../../../shared/lists/list-kinds.ts';
import { enImport } from '../../../shared/words/en-import.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { ImportOptions, ImportReport, ListId } from '../../worker/interface.ts';
import type { ListStore } from './list-store.ts';
import { TaskBoard, type TaskBoardOptions } from './task-board.ts';

/** As many reports as are kept: of two imports of as many files as there may be. */
const MAX_REPORTS = 2_000;

export interface ImportTasksOptions extends TaskBoardOptions {
  readonly store: Pick<ListStore, 'importList'>;
  /** The user's own address lists. Throws where one cannot be read: then nothing is imported. */
  readonly customLists: () => CustomLists;
  /** The list is stored: it is shown from now on. */
  readonly onImported: (listId: ListId) => Promise<void>;
}

/** One file of several. */
export interface ChosenSource {
  readonly path: string;
  readonly sizeBytes: number;
  readonly reading: ReadingOptions;
}

export class ImportTasks {
  readonly #options: ImportTasksOptions;
  readonly #board: TaskBoard;
  readonly #reports = new Map<string, ImportReport>();

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

  /** Answers the import's id at once. `text`: what was pasted; `path` only says what it is called then. */
  start(path: string, sizeBytes: number, reading: ReadingOptions, text?: string): string {
    const pasted = text === undefined ? {} : { text };
    return this.#begin({ path, ...pasted, ...givenReading(reading), ...importLists(this.#options.customLists()) }, sizeBytes);
  }

  /** A list each, one after the other. Answers their ids at once. */
  startEach(sources: readonly ChosenSource[]): string[] {
    const lists = importLists(this.#options.customLists());
    let before: string | null = null;
    return sources.map(({ path, sizeBytes, reading }) => {
      before = this.#begin({ path, ...givenReading(reading), ...lists }, sizeBytes, before);
      return before;
    });
  }

  /** All of them as one list, called by the first one's name. What duplicates are, and in which
   *  lists they may not be, the first one's reading says. */
  startTogether(sources: readonly ChosenSource[]): string {
    const [first] = sources;
    if (first === undefined) throw new UserError('BadUsage', words.files.unknown);
    const { duplicatesBy, notIn } = first.reading;
    const options: ImportOptions = {
      path: first.path,
      name: sources.length === 1 ? basename(first.path) : enImport.batch.togetherName(basename(first.path), String(sources.length - 1)),
      together: sources.map(({ path }) => path),
      togetherReading: sources.map(({ reading }) => givenReading({ ...reading, duplicatesBy: undefined, notIn: undefined })),
      ...(duplicatesBy === undefined ? {} : { duplicatesBy }),
      ...(notIn === undefined ? {} : { notIn }),
      ...importLists(this.#options.customLists()),
    };
    return this.#begin(options, sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
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

  /** Throws FileNotFound for an import that was never done, or long ago. */
  report(importId: string): ImportReport {
    const report = this.#reports.get(importId);
    if (report === undefined) throw new UserError('FileNotFound', enImport.batch.unknown);
    return report;
  }

  async stop(): Promise<void> {
    await this.#board.stop();
  }

  /** `before`: the import whose end is waited for. */
  #begin(options: ImportOptions, sizeBytes: number, before: string | null = null): string {
    const name = options.name ?? basename(options.path);
    const id = this.#board.begin({ name, total: sizeBytes, listId: null }, async (tell, signal) => {
      if (before !== null) await orAborted(this.#board.ended(before), signal);
      const report = await this.#options.store.importList(
        options,
        ({ bytesRead, totalBytes, rows, bytesPerSecond, leftMs }) => {
          tell({
            done: bytesRead,
            total: totalBytes,
            rows,
            ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
            ...(leftMs === undefined ? {} : { secondsLeft: leftMs / 1_000 }),
          });
        },
        signal,
      );
      const { list, rows, problems, problemCount, elsewhere = [] } = report;
      this.#keep(id, report);
      await this.#options.onImported(list.id);
      const droppedCount = report.droppedCount ?? problems.filter(({ dropped }) => dropped).length;
      return { listId: list.id, rows, done: sizeBytes, total: sizeBytes, droppedCount, remarkCount: problemCount - droppedCount, elsewhereCount: elsewhere.reduce((sum, one) => sum + one.rows, 0) };
    });
    return id;
  }

  #keep(id: string, report: ImportReport): void {
    this.#reports.set(id, report);
    const [oldest] = this.#reports.keys();
    if (this.#reports.size > MAX_REPORTS && oldest !== undefined) this.#reports.delete(oldest);
  }
}

/** Resolves when `work` has ended; rejects with Cancelled as soon as the signal says so. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => { reject(new UserError('Cancelled', '')); };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}

/** An import asks only who is never to be asked: no other list need travel to its thread. */
export function importLists({ suppress }: CustomLists): Pick<ImportOptions, 'lists'> {
  return suppress === undefined ? {} : { lists: { suppress } };
}

function givenReading({ encoding, delimiter, hasHeader, addressColumn, addressColumns, sheet, headerRow, duplicatesBy, notIn }: ReadingOptions): Partial<ImportOptions> {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(hasHeader === undefined ? {} : { hasHeader }),
    ...(addressColumn === undefined ? {} : { addressColumn }),
    ...(addressColumns === undefined ? {} : { addressColumns }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(duplicatesBy === undefined ? {} : { duplicatesBy }),
    ...(notIn === undefined ? {} : { notIn }),
  };
}
