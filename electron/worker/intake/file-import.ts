// The import of one file. Making it reads the file's head and decides how to read it; only `load` stores anything.
// `load` leaves a half-filled database behind when it throws: the store, which gave it its place, erases it.
import { basename } from 'node:path';
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import { ChunkParser } from '../csv/chunk-parser.ts';
import type { Counters, ImportOptions, ImportProgress, ImportReport } from '../interface.ts';
import type { NewList } from '../store/library.ts';
import { ListLoader } from '../store/list-loader.ts';
import { columnsOf, noRows, planIntake, type IntakePlan } from './plan-intake.ts';
import { RowIntake } from './row-intake.ts';
import { SourceFile } from './source-file.ts';
import { utf8Decoder } from './utf8-decoder.ts';

export interface LoadedList {
  readonly report: Omit<ImportReport, 'list'>;
  readonly columns: readonly string[];
  readonly counters: Counters;
}

export class FileImport {
  readonly #source: SourceFile;
  readonly #plan: IntakePlan;
  readonly #options: ImportOptions;
  /** What the library keeps of it. */
  readonly list: NewList;

  /** Throws the UserErrors of files and of `planIntake`. */
  constructor(options: ImportOptions) {
    this.#options = options;
    this.#source = new SourceFile(options.path);
    try {
      this.#plan = planIntake(this.#source, options);
    } catch (error) {
      this.#source.close();
      throw error;
    }
    const { encoding, bomBytes, delimiter, newline, hasHeader, guarded, addressColumn } = this.#plan;
    this.list = {
      name: options.name ?? basename(options.path),
      sourcePath: options.path,
      sourceSize: this.#source.size,
      sourceMtimeMs: this.#source.mtimeMs,
      createdAtMs: Date.now(),
      practice: options.practice === true,
      encoding,
      bom: bomBytes > 0,
      delimiter,
      newline,
      hasHeader,
      guarded,
      columns: columnsOf(this.#plan, 0),
      addressColumn,
    };
  }

  /** Fills a new database at `path`. Throws FileChanged, FileUnreadable, FileEmpty, DiskFull, StoreUnwritable or Cancelled. */
  load(path: string, hooks: CallHooks<ImportProgress>): LoadedList {
    const loader = new ListLoader(path);
    try {
      const { practice, createdAtMs: atMs } = this.list;
      const { duplicatesBy, lists } = this.#options;
      const intake = new RowIntake(loader, { plan: this.#plan, practice, fileBytes: this.#source.size, atMs, duplicatesBy, lists });
      this.#read(intake, hooks);
      throwIfCancelled(hooks, 'import');
      if (intake.rows === 0) throw noRows(this.#source.path, this.#plan.hasHeader);
      const columns = columnsOf(this.#plan, intake.width);
      const { rows, duplicates, empty, extracted, suppressed, blankLines, problems, problemCount } = intake;
      const counters = loader.finish({ list: JSON.stringify({ ...this.list, columns }) });
      return { report: { rows, duplicates, empty, extracted, suppressed, blankLines, problems, problemCount }, columns, counters };
    } catch (error) {
      loader.abort();
      throw error;
    }
  }

  close(): void {
    this.#source.close();
  }

  #read(intake: RowIntake, hooks: CallHooks<ImportProgress>): void {
    const { delimiter, encoding, bomBytes } = this.#plan;
    const parser = new ChunkParser(delimiter, intake);
    const decoder = utf8Decoder(encoding);
    let bytesRead = bomBytes;
    for (const chunk of this.#source.chunks(bomBytes)) {
      throwIfCancelled(hooks, 'import');
      bytesRead += chunk.length;
      parser.push(decoder.write(chunk));
      hooks.progress({ bytesRead, totalBytes: this.#source.size, rows: intake.rows });
    }
    parser.push(decoder.end());
    parser.end();
  }
}
