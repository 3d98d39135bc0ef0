// The store: the library, the lists that are open, and their locks. The one writer of everything under its folder.
// Lists are opened when first used; work on a list (claims, commits) takes its lock for this process.
// What died half way (imports, deletions) is removed when a store is opened, unless another process is still at it.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type {
  ClaimOptions, CommitAck, Counters, DailyGrant, DomainClaim,
  ListId, ListInfo, ListState, ListSummary, ScheduleSummary, StoreApi, StoredDnsAnswer, VerdictBatch,
} from '../interface.ts';
import type { OtherList } from '../intake/other-lists.ts';
import { packBatch } from '../packed/pack-batch.ts';
import type { PackedBatch } from '../packed/packed-batch.ts';
import { AppendGuard } from './append-guard.ts';
import { CombinePlaces } from './combine-places.ts';
import { releaseHeaders } from './database-header.ts';
import { eraseDatabase, eraseFile } from './erase-file.ts';
import { Library, type NewList } from './library.ts';
import { ListImport } from './list-import.ts';
import type { ListRecord } from './list-record.ts';
import { ListLocks, removeOrphanLocks } from './list-locks.ts';
import { copyPath, MIGRATIONS, wasLeftOpen } from './open-database.ts';
import { OpenList } from './open-list.ts';
import { eraseSetAside, setAside } from './quarantine.ts';
import { reconcileLibrary, recoverLibrary } from './recover-library.ts';
import { guarded } from './store-error.ts';
import { StoreJobs } from './store-jobs.ts';
import { StoreKeeper } from './store-keeper.ts';

export class Store implements StoreApi {
  /** Copies, restoring, verdicts of other lists, forgetting by age. */
  readonly care: StoreKeeper;
  /** The queue, and rows that are verified again. */
  readonly jobs: StoreJobs;
  /** Places for lists that are put together or taken apart. */
  readonly places: CombinePlaces;
  readonly #dir: string;
  readonly #library: Library;
  readonly #open = new Map<ListId, OpenList>();
  readonly #locks = new ListLocks();
  readonly #appends = new AppendGuard();
  /** Lists that are looked at before they are opened: something of them could not be read. */
  readonly #suspects = new Set<ListId>();

  /** `dir`: absolute path; made if missing, for its owner only. `recover`: a library that is damaged is set aside, and the
   *  last copy of it put in its place. Throws StoreNewer, StoreDamaged, StoreUnwritable, DiskFull. */
  constructor(dir: string, { recover = false }: { readonly recover?: boolean } = {}) {
    this.#dir = dir;
    guarded(dir, () => mkdirSync(join(dir, 'lists'), { recursive: true, mode: 0o700 }));
    this.#library = recover ? recoveredLibrary(dir) : new Library(dir);
    this.care = new StoreKeeper({
      dir,
      library: this.#library,
      opened: (listId) => this.#opened(listId),
      working: (listId) => this.#working(listId),
      closeFile: (listId) => { this.#closeFile(listId); },
      isLocked: (listId) => this.#locks.has(listId),
      takeLock: (record) => {
        this.#appends.check(record.id);
        this.#locks.take(record);
      },
      releaseLock: (listId) => { this.#locks.release(listId); },
      deleteList: (listId) => { this.deleteList(listId); },
    });
    this.jobs = new StoreJobs({ dir, library: this.#library, opened: (listId) => this.#opened(listId), working: (listId) => this.#working(listId) });
    this.places = new CombinePlaces({
      dir,
      library: this.#library,
      appends: this.#appends,
      opened: (listId) => this.#opened(listId),
      closeFile: (listId) => { this.#closeFile(listId); },
      summary: (listId) => this.list(listId),
      isLocked: (listId) => this.#locks.has(listId),
      takeLock: (record) => { this.#locks.take(record); },
      releaseLock: (listId) => { this.#locks.release(listId); },
      discard: (record) => { this.#discardAfterFailure(record); },
    });
    if (this.#library.database.readonly) return; // where nothing can be written, nothing has to be mended
    for (const list of this.#library.unfinished()) this.#removeIfDead(list);
    guarded(dir, () => {
      this.#library.dnsCache.purge(Date.now());
      removeOrphanLocks(join(dir, 'lists'), this.#library);
    });
  }

  /** A list whose rows come in batches, until its `finish` nobody sees it. Throws DiskFull, StoreUnwritable. */
  beginImport(list: NewList): ListImport {
    const record = guarded(this.#dir, () =>
      this.#library.add(list, (added) => {
        this.#locks.take(added);
      }),
    );
    const end = {
      finish: (columns: readonly string[], counters: Counters) => {
        const finished = guarded(this.#dir, () => this.#library.finishImport(record.id, columns, counters));
        this.#locks.release(record.id);
        return infoOf(finished);
      },
      discard: () => {
        this.#discardAfterFailure(record);
        this.#locks.release(record.id);
      },
    };
    try {
      return new ListImport(record.file, end);
    } catch (error) {
      end.discard();
      throw error;
    }
  }

  otherLists(listIds: readonly ListId[]): readonly OtherList[] {
    return this.places.otherLists(listIds);
  }

  lists(): readonly ListSummary[] {
    return guarded(this.#dir, () => this.#library.all()).map((record) => this.#summary(record));
  }

  list(listId: ListId): ListSummary {
    const counters = this.#opened(listId).counters();
    return summaryOf(this.#library.get(listId), counters);
  }

  setState(listId: ListId, state: Exclude<ListState, 'importing'>): void {
    const counters = this.#opened(listId).counters();
    guarded(this.#dir, () => {
      this.#library.setState(listId, state, counters);
    });
  }

  lock(listId: ListId): void {
    this.#appends.check(listId);
    this.#locks.take(this.#library.get(listId));
  }

  unlock(listId: ListId): void {
    if (this.#appends.has(listId)) return;
    this.#closeFile(listId);
    this.#locks.release(listId);
  }

  claim(listId: ListId, options: ClaimOptions): readonly DomainClaim[] {
    return this.#noting(listId, () => this.#working(listId).claim(options));
  }

  commit(batch: VerdictBatch): CommitAck {
    return this.commitPacked(packBatch(batch));
  }

  /** As the client sends it. */
  commitPacked(batch: PackedBatch): CommitAck {
    return this.#noting(batch.listId, () => this.#working(batch.listId).commit(batch));
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

  dailyGrant(grant: DailyGrant): number {
    return guarded(this.#dir, () => this.#library.dailyCounts.grant(grant));
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

  deleteList(listId: ListId): void {
    this.#appends.check(listId);
    const record = this.#library.get(listId);
    this.#locks.take(record);
    this.#delete(record);
  }

  hideList(listId: ListId): void {
    this.#appends.check(listId);
    const record = this.#library.get(listId);
    this.#locks.take(record);
    this.#closeFile(listId);
    guarded(this.#dir, () => {
      this.#library.setHidden(listId, Date.now());
    });
  }

  restoreList(listId: ListId): void {
    const record = this.#hiddenList(listId);
    this.#locks.take(record);
    guarded(this.#dir, () => {
      this.#library.setHidden(listId, null);
    });
    this.#locks.release(listId);
  }

  purgeHidden(hiddenBeforeMs = Number.POSITIVE_INFINITY): void {
    const hidden = () => guarded(this.#dir, () => this.#library.hidden(hiddenBeforeMs));
    for (const record of hidden()) {
      if (!this.#locks.tryTake(record)) continue;
      // Under the lock it is looked at again: another process may have restored it just now.
      if (hidden().some((list) => list.id === record.id)) this.#delete(record);
      else this.#locks.release(record.id);
    }
  }

  /** Everything acknowledged is on disk already; this lets go of files and locks. */
  close(): void {
    for (const list of this.#open.values()) list.close();
    this.#open.clear();
    this.#locks.releaseAll();
    this.#library.close();
    releaseHeaders(this.#dir);
    releaseHeaders(join(this.#dir, 'lists'));
  }

  /** A list that is worked on: locked by this process. Throws StoreInUse. */
  #working(listId: ListId): OpenList {
    this.#appends.check(listId);
    if (!this.#locks.has(listId)) this.lock(listId);
    return this.#opened(listId);
  }

  #opened(listId: ListId): OpenList {
    const known = this.#open.get(listId);
    if (known !== undefined) return known;
    const list = this.#openSound(this.#library.get(listId));
    this.#open.set(listId, list);
    return list;
  }

  /** Looks first where there is a reason to doubt: a process died with the file open, or a read failed. What is damaged is
   *  set aside, so that nothing writes to it any more. */
  #openSound(record: ListRecord): OpenList {
    if (record.damage !== null) throw new UserError('StoreDamaged', record.damage);
    const check = this.#suspects.delete(record.id) || wasLeftOpen(record.file);
    try {
      const list = new OpenList(record, { check });
      list.record = this.places.mended(record, list);
      return list;
    } catch (error) {
      throw error instanceof UserError && error.code === 'StoreDamaged' ? this.#quarantined(record, error) : error;
    }
  }

  /** The error to tell. Where the file cannot be moved now (another process has it) it stays as it is. */
  #quarantined(record: ListRecord, error: UserError): UserError {
    const wasLocked = this.#locks.has(record.id);
    if (!existsSync(record.file) || !this.#locks.tryTake(record)) return error;
    try {
      const path = setAside(this.#dir, record.file, Date.now());
      const damage = `The file of the list "${record.name}" is damaged. It was set aside as ${path ?? ''}, and nothing of it was deleted.`;
      this.#library.setDamage(record.id, damage);
      return new UserError('StoreDamaged', damage, { cause: error });
    } catch {
      return error;
    } finally {
      if (!wasLocked) this.#locks.release(record.id);
    }
  }

  /** A list of which something could not be read is looked at when it is opened the next time. */
  #noting<T>(listId: ListId, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof UserError && error.code === 'StoreDamaged') this.#suspects.add(listId);
      throw error;
    }
  }

  /** A list whose file cannot be read is shown with what was last known of it: one damaged file harms one list. */
  #summary(record: ListRecord): ListSummary {
    try {
      if (this.#open.has(record.id)) return summaryOf(record, this.#opened(record.id).counters());
      const list = this.#openSound(record);
      try {
        return summaryOf(list.record, list.counters());
      } finally {
        list.close();
      }
    } catch (error) {
      if (error instanceof UserError) return this.#damagedSummary(record, error);
      throw error;
    }
  }

  #damagedSummary(record: ListRecord, error: UserError): ListSummary {
    const summary = summaryOf(record, record.counters);
    if (error.code !== 'StoreDamaged') return summary;
    const [backup] = this.care.backupFiles.of(record.id);
    return { ...summary, damage: error.message, ...(backup === undefined ? {} : { backupAtMs: backup.atMs }) };
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
      if (record.state === 'importing') return;
      for (const listId of [record.id, null]) this.care.backupFiles.erase(listId);
      eraseSetAside(this.#dir, String(record.id));
    });
    this.#locks.remove(record);
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
    if (this.#locks.tryTake(record)) this.#discard(record);
  }
}

/** One that can be read is left as it is. */
function recoveredLibrary(dir: string): Library {
  try {
    return new Library(dir);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'StoreDamaged') throw error;
    guarded(dir, () => recoverLibrary(dir, Date.now()));
    const library = new Library(dir);
    reconcileLibrary(dir, library);
    return library;
  }
}

function infoOf(record: ListRecord): ListInfo {
  const { id, name, sourcePath, createdAtMs, practice, encoding, delimiter, hasHeader, columns, addressColumn } = record;
  return { id, name, sourcePath, createdAtMs, practice, encoding, delimiter, hasHeader, columns, addressColumn };
}

function summaryOf(record: ListRecord, counters: Counters): ListSummary {
  return { ...infoOf(record), state: record.state, counters, reused: record.reused };
}
