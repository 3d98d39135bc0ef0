// The store: the library, the lists that are open, and their locks. The one writer of everything under its folder.
// Lists are opened when first used; work on a list (claims, commits) takes its lock for this process.
// What died half way (imports, deletions) is removed when a store is opened, unless another process is still at it.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { NO_HOOKS, type CallHooks } from '../call-hooks.ts';
import { exportRows, type ExportProgress } from '../export/export-rows.ts';
import { FileImport } from '../intake/file-import.ts';
import type {
  ClaimOptions, CommitAck, Counters, DomainClaim, ExportOptions, ExportReport, ImportOptions, ImportProgress, ImportReport,
  ListId, ListInfo, ListState, ListSummary, ScheduleSummary, StoreApi, StoredDnsAnswer, VerdictBatch,
} from '../interface.ts';
import { packBatch } from '../packed/pack-batch.ts';
import type { PackedBatch } from '../packed/packed-batch.ts';
import { releaseHeaders } from './database-header.ts';
import { eraseDatabase, eraseFile } from './erase-file.ts';
import { Library } from './library.ts';
import type { ListRecord } from './list-record.ts';
import { ListLock } from './list-lock.ts';
import { copyPath, MIGRATIONS } from './open-database.ts';
import { OpenList } from './open-list.ts';
import { guarded } from './store-error.ts';

export class Store implements StoreApi {
  readonly #dir: string;
  readonly #library: Library;
  readonly #open = new Map<ListId, OpenList>();
  readonly #locks = new Map<ListId, ListLock>();

  /** `dir`: absolute path; made if missing, for its owner only. Throws StoreNewer, StoreDamaged, StoreUnwritable, DiskFull. */
  constructor(dir: string) {
    this.#dir = dir;
    guarded(dir, () => mkdirSync(join(dir, 'lists'), { recursive: true, mode: 0o700 }));
    this.#library = new Library(dir);
    for (const list of this.#library.unfinished()) this.#removeIfDead(list);
    guarded(dir, () => {
      this.#library.dnsCache.purge(Date.now());
      removeOrphanLocks(join(dir, 'lists'), this.#library);
    });
  }

  importList(options: ImportOptions, hooks: CallHooks<ImportProgress> = NO_HOOKS): ImportReport {
    const file = new FileImport(options);
    try {
      const record = guarded(this.#dir, () =>
        this.#library.add(file.list, (added) => {
          this.#takeLock(added);
        }),
      );
      try {
        const { report, columns, counters } = file.load(record.file, hooks);
        const finished = guarded(this.#dir, () => this.#library.finishImport(record.id, columns, counters));
        return { list: infoOf(finished), ...report };
      } catch (error) {
        this.#discardAfterFailure(record);
        throw error;
      } finally {
        this.#releaseLock(record.id);
      }
    } finally {
      file.close();
    }
  }

  lists(): readonly ListSummary[] {
    return guarded(this.#dir, () => this.#library.all()).map((record) => this.#summary(record));
  }

  list(listId: ListId): ListSummary {
    const record = this.#library.get(listId);
    return summaryOf(record, this.#opened(listId).counters());
  }

  setState(listId: ListId, state: Exclude<ListState, 'importing'>): void {
    const counters = this.#opened(listId).counters();
    guarded(this.#dir, () => {
      this.#library.setState(listId, state, counters);
    });
  }

  lock(listId: ListId): void {
    this.#takeLock(this.#library.get(listId));
  }

  unlock(listId: ListId): void {
    this.#closeFile(listId);
    this.#releaseLock(listId);
  }

  claim(listId: ListId, options: ClaimOptions): readonly DomainClaim[] {
    return this.#working(listId).claim(options);
  }

  commit(batch: VerdictBatch): CommitAck {
    return this.commitPacked(packBatch(batch));
  }

  /** As the client sends it. */
  commitPacked(batch: PackedBatch): CommitAck {
    return this.#working(batch.listId).commit(batch);
  }

  counters(listId: ListId): Counters {
    return this.#opened(listId).counters();
  }

  schedule(listId: ListId): ScheduleSummary {
    return this.#opened(listId).schedule();
  }

  commonDomains(listId: ListId, count: number): readonly string[] {
    return this.#opened(listId).commonDomains(count);
  }

  dnsCacheGet(keys: readonly string[]): readonly (StoredDnsAnswer | null)[] {
    return guarded(this.#dir, () => this.#library.dnsCache.get(keys, Date.now()));
  }

  dnsCacheSet(entries: readonly StoredDnsAnswer[]): void {
    guarded(this.#dir, () => {
      this.#library.dnsCache.set(entries, Date.now());
    });
  }

  dnsCacheClear(): void {
    guarded(this.#dir, () => {
      this.#library.dnsCache.clear();
    });
  }

  exportList(options: ExportOptions, hooks: CallHooks<ExportProgress> = NO_HOOKS): ExportReport {
    const list = this.#opened(options.listId);
    return exportRows(list, options, hooks);
  }

  deleteList(listId: ListId): void {
    const record = this.#library.get(listId);
    this.#takeLock(record);
    this.#delete(record);
  }

  hideList(listId: ListId): void {
    const record = this.#library.get(listId);
    this.#takeLock(record);
    this.#closeFile(listId);
    guarded(this.#dir, () => {
      this.#library.setHidden(listId, Date.now());
    });
  }

  restoreList(listId: ListId): void {
    const record = this.#hiddenList(listId);
    this.#takeLock(record);
    guarded(this.#dir, () => {
      this.#library.setHidden(listId, null);
    });
    this.#releaseLock(listId);
  }

  purgeHidden(hiddenBeforeMs = Number.POSITIVE_INFINITY): void {
    const hidden = () => guarded(this.#dir, () => this.#library.hidden(hiddenBeforeMs));
    for (const record of hidden()) {
      if (!this.#tryLock(record)) continue;
      // Under the lock it is looked at again: another process may have restored it just now.
      if (hidden().some((list) => list.id === record.id)) this.#delete(record);
      else this.#releaseLock(record.id);
    }
  }

  /** Everything acknowledged is on disk already; this lets go of files and locks. */
  close(): void {
    for (const list of this.#open.values()) list.close();
    this.#open.clear();
    for (const id of [...this.#locks.keys()]) this.#releaseLock(id);
    this.#library.close();
    releaseHeaders(this.#dir);
    releaseHeaders(join(this.#dir, 'lists'));
  }

  /** A list that is worked on: locked by this process. Throws StoreInUse. */
  #working(listId: ListId): OpenList {
    if (!this.#locks.has(listId)) this.lock(listId);
    return this.#opened(listId);
  }

  #opened(listId: ListId): OpenList {
    const known = this.#open.get(listId);
    if (known !== undefined) return known;
    const list = new OpenList(this.#library.get(listId));
    this.#open.set(listId, list);
    return list;
  }

  /** A list whose file cannot be read is shown with what was last known of it: one damaged file harms one list. */
  #summary(record: ListRecord): ListSummary {
    try {
      if (this.#open.has(record.id)) return summaryOf(record, this.#opened(record.id).counters());
      const list = new OpenList(record);
      try {
        return summaryOf(record, list.counters());
      } finally {
        list.close();
      }
    } catch (error) {
      if (error instanceof UserError) return summaryOf(record, record.counters);
      throw error;
    }
  }

  #closeFile(listId: ListId): void {
    this.#open.get(listId)?.close();
    this.#open.delete(listId);
  }

  #hiddenList(listId: ListId): ListRecord {
    const record = guarded(this.#dir, () => this.#library.hidden(Number.POSITIVE_INFINITY)).find((list) => list.id === listId);
    if (record === undefined) throw new UserError('ListNotFound', `List ${String(listId)} cannot be brought back: it is not among the deleted ones.`);
    return record;
  }

  /** The list's lock is held. */
  #delete(record: ListRecord): void {
    this.#closeFile(record.id);
    guarded(this.#dir, () => {
      this.#library.setState(record.id, 'deleting', record.counters);
    });
    this.#discard(record);
  }

  #takeLock(record: ListRecord): void {
    if (!this.#locks.has(record.id)) this.#locks.set(record.id, ListLock.take(lockPath(record), record.name));
  }

  #releaseLock(listId: ListId): void {
    this.#locks.get(listId)?.release();
    this.#locks.delete(listId);
  }

  /** Removes a list of which nothing shall be left. */
  #discard(record: ListRecord): void {
    guarded(record.file, () => {
      // It names the list's domains.
      if (record.state !== 'importing') this.#library.dnsCache.clear();
      eraseDatabase(record.file, MIGRATIONS.list.map((_, index) => copyPath(record.file, index + 1)));
      this.#library.remove(record.id);
      // A copy from before a migration knows the list too; the migration is long done.
      const library = join(this.#dir, 'library.db');
      for (const index of MIGRATIONS.library.keys()) eraseFile(copyPath(library, index + 1));
    });
    this.#releaseLock(record.id);
    rmSync(lockPath(record), { force: true });
  }

  /** What went wrong first is what is told; a list that cannot be removed now is removed at the next open. */
  #discardAfterFailure(record: ListRecord): void {
    try {
      this.#discard(record);
    } catch {
      // Still marked as unfinished.
    }
  }

  #removeIfDead(record: ListRecord): void {
    if (this.#tryLock(record)) this.#discard(record);
  }

  /** False if another process has the list. */
  #tryLock(record: ListRecord): boolean {
    if (this.#locks.has(record.id)) return true;
    const lock = ListLock.tryTake(lockPath(record));
    if (lock !== null) this.#locks.set(record.id, lock);
    return lock !== null;
  }
}

function lockPath(record: ListRecord): string {
  return `${record.file.slice(0, -'.db'.length)}.lock`;
}

/** The lock of a list whose import was killed before the library knew of it. No list is added meanwhile. */
function removeOrphanLocks(folder: string, library: Library): void {
  library.whileNoneIsAdded((known) => {
    for (const name of readdirSync(folder)) {
      const id = /^(\d+)\.lock$/.exec(name)?.[1];
      if (id === undefined || known.has(Number(id))) continue;
      const lock = ListLock.tryTake(join(folder, name));
      if (lock === null) continue;
      rmSync(join(folder, name), { force: true });
      lock.release();
    }
  });
}

function infoOf(record: ListRecord): ListInfo {
  const { id, name, sourcePath, createdAtMs, practice, encoding, delimiter, hasHeader, columns, addressColumn } = record;
  return { id, name, sourcePath, createdAtMs, practice, encoding, delimiter, hasHeader, columns, addressColumn };
}

function summaryOf(record: ListRecord, counters: Counters): ListSummary {
  return { ...infoOf(record), state: record.state, counters };
}
