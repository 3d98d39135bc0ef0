// An import under way: its list is in the library, locked and seen by nobody, until `finish`; `discard` leaves nothing.
// After either it is over. A process that dies meanwhile leaves a half file, which the next open of the store erases.
import type { Counters, ImportReport, ListInfo } from '../interface.ts';
import type { RowBatch } from '../intake/row-batch.ts';
import type { ReadSummary } from '../intake/intake-protocol.ts';
import { ListLoader, type LoadedCounts } from './list-loader.ts';

export interface ListImportEnd {
  /** The list appears. Throws DiskFull, StoreUnwritable. */
  finish(columns: readonly string[], counters: Counters): ListInfo;
  /** Erases all of it. Never throws. */
  discard(): void;
}

export class ListImport {
  /** Absolute path of the list's database. */
  readonly file: string;
  readonly #end: ListImportEnd;
  readonly #loader: ListLoader;

  /** Throws StoreUnwritable, DiskFull. */
  constructor(file: string, end: ListImportEnd) {
    this.file = file;
    this.#end = end;
    this.#loader = new ListLoader(file);
  }

  add(batch: RowBatch): void {
    this.#loader.add(batch);
  }

  /** All rows are there. Lets go of the file, for whoever completes it. */
  loaded(): LoadedCounts {
    return this.#loader.close();
  }

  /** Once the file is complete. */
  finish({ columns, ...report }: ReadSummary, counters: Counters): ImportReport {
    return { list: this.#end.finish(columns, counters), ...report };
  }

  discard(): void {
    this.#loader.close();
    this.#end.discard();
  }
}
