// The exporting thread's host: reads lists and writes files, beside the one writer, which it never delays. Each export has
// a connection and a snapshot of its own. Open the store first: it is what makes and migrates the databases.
import { UserError } from '../../../shared/errors.ts';
import { NO_HOOKS, type CallHooks } from '../call-hooks.ts';
import { ReaderLibrary } from '../reader/reader-library.ts';
import { storeError } from '../store/store-error.ts';
import { AtomicFile } from './atomic-file.ts';
import type { ExportApi, ExportOptions, ExportProgress, ExportReport, ExportTo } from './export-api.ts';
import { exportSummary } from './export-summary.ts';
import { exportTargets } from './export-targets.ts';
import { exportText } from './export-text.ts';
import { exportWorkbooks } from './export-workbooks.ts';
import { ListSnapshot } from './list-snapshot.ts';
import { summaryFacts } from './summary-facts.ts';
import { summaryPage } from './summary-page.ts';

export class Exporter implements ExportApi {
  readonly #library: ReaderLibrary;

  /** `dir`: absolute path of a store's folder. Throws what `openReading` throws. */
  constructor(dir: string) {
    this.#library = new ReaderLibrary(dir);
  }

  exportList(options: ExportOptions, hooks: CallHooks<ExportProgress> = NO_HOOKS): ExportReport | Promise<ExportReport> {
    if (options.format === 'xlsx') return this.#workbooks(options, hooks);
    const write = options.format === 'html' ? exportSummary : exportText;
    return this.#reading(options.listId, (snapshot) => write(snapshot, options, hooks));
  }

  summaryPage(listId: number, hooks: CallHooks<ExportProgress> = NO_HOOKS): string {
    return this.#reading(listId, (snapshot) => summaryPage(summaryFacts(snapshot, hooks)));
  }

  writeExport({ listId, outPath }: ExportTo, bytes: Uint8Array): void {
    exportTargets(this.#library.get(listId), { listId, outPath });
    const file = new AtomicFile(outPath);
    try {
      file.write(bytes);
      file.commit();
    } catch (error) {
      file.abort();
      throw error;
    }
  }

  close(): void {
    this.#library.close();
  }

  #reading<T>(listId: number, read: (snapshot: ListSnapshot) => T): T {
    const snapshot = this.#open(listId);
    try {
      return read(snapshot);
    } catch (error) {
      throw this.#told(error, snapshot);
    } finally {
      snapshot.close();
    }
  }

  async #workbooks(options: ExportOptions, hooks: CallHooks<ExportProgress>): Promise<ExportReport> {
    const snapshot = this.#open(options.listId);
    try {
      return await exportWorkbooks(snapshot, options, hooks);
    } catch (error) {
      throw this.#told(error, snapshot);
    } finally {
      snapshot.close();
    }
  }

  #open(listId: number): ListSnapshot {
    return new ListSnapshot(this.#library.get(listId));
  }

  /** What a file does that is being deleted says nothing: if it is, that is what is told. */
  #told(error: unknown, { record }: ListSnapshot): unknown {
    const told = storeError(error, record.file);
    if (told instanceof UserError && told.code === 'StoreDamaged') this.#library.get(record.id);
    return told;
  }
}
