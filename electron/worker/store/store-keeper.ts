// The store's care for what it holds: daily copies, restoring, verdicts that pass from list to list, forgetting by age.
// Works on the store's own connections, so that a copy sees what is being written, and by its locks.
// Always holds: a file is set aside before another takes its place; what is being worked on is neither replaced nor forgotten.
import { existsSync, statSync } from 'node:fs';
import { UserError } from '../../../shared/errors.ts';
import type { ListId } from '../interface.ts';
import type {
  BackupInfo, BackupOptions, BackupReport, KnownReport, KnownSlice, RestoreReport, RetentionOptions, RetentionReport, StoreCareApi,
} from '../store-care.ts';
import { AddressHash } from './address-hash.ts';
import { Backups, type Backup } from './backups.ts';
import { forgetVerdicts } from './forget-verdicts.ts';
import { isWhole } from './is-whole.ts';
import type { Library } from './library.ts';
import type { ListRecord } from './list-record.ts';
import type { OpenList } from './open-list.ts';
import { setAside } from './quarantine.ts';
import { planRetention } from './retention.ts';
import { guarded, storeError } from './store-error.ts';
import { VerdictReuse } from './verdict-reuse.ts';

/** A copy is made once a day: at the first look after so long. */
const BACKUP_EVERY_MS = 20 * 3_600_000;

export interface KeptStore {
  readonly dir: string;
  readonly library: Library;
  opened(listId: ListId): OpenList;
  /** Locked by this process. */
  working(listId: ListId): OpenList;
  closeFile(listId: ListId): void;
  isLocked(listId: ListId): boolean;
  takeLock(record: ListRecord): void;
  releaseLock(listId: ListId): void;
  deleteList(listId: ListId): void;
}

export class StoreKeeper implements StoreCareApi {
  readonly backupFiles: Backups;
  readonly #store: KeptStore;
  readonly #hash: AddressHash;
  readonly #reuse: VerdictReuse;

  constructor(store: KeptStore) {
    this.#store = store;
    this.backupFiles = new Backups(store.dir);
    this.#hash = new AddressHash(store.dir);
    this.#reuse = new VerdictReuse(store.library.knownVerdicts, this.#hash);
  }

  async backUp({ nowMs, kept, maxListBytes, evenFresh = false }: BackupOptions): Promise<BackupReport> {
    const made: BackupInfo[] = [];
    const tooLarge: ListId[] = [];
    const failed: { listId: ListId | null; message: string }[] = [];
    if (kept === 0) return { made, tooLarge, failed };
    const { library } = this.#store;
    const subjects = [null, ...library.all().filter(({ damage }) => damage === null)];
    for (const list of subjects) {
      const listId = list?.id ?? null;
      if (list !== null && sizeOf(list.file) > maxListBytes) {
        tooLarge.push(list.id);
        continue;
      }
      if (!this.#isDue(listId, list?.file ?? library.database.name, nowMs, evenFresh ? 0 : BACKUP_EVERY_MS)) continue;
      try {
        const database = list === null ? library.database : this.#store.opened(list.id).database;
        made.push(infoOf(await this.backupFiles.make(listId, database, nowMs)));
        // A list that was deleted while it was copied leaves no copy.
        if (list !== null && !library.everyId().includes(list.id)) this.backupFiles.erase(list.id);
        else this.backupFiles.prune(listId, kept);
      } catch (error) {
        const told = storeError(error, list?.file ?? this.#store.dir);
        failed.push({ listId, message: told instanceof Error ? told.message : String(told) });
      }
    }
    return { made, tooLarge, failed };
  }

  backups(): readonly BackupInfo[] {
    return this.backupFiles.all().map(infoOf);
  }

  restoreBackup(listId: ListId): RestoreReport {
    const { dir, library } = this.#store;
    const record = library.get(listId);
    const wasLocked = this.#store.isLocked(listId);
    this.#store.takeLock(record);
    try {
      this.#store.closeFile(listId);
      let setAsideAs: string | null = null;
      const backup = guarded(record.file, () =>
        this.backupFiles.restore(listId, record.file, (path) => isWhole(path, 'list'), () => {
          setAsideAs = setAside(dir, record.file, Date.now());
        }),
      );
      if (backup === null) throw new UserError('NoBackup', `There is no copy of the list "${record.name}" that can be used. Nothing was changed.`);
      library.setDamage(listId, null);
      const counters = this.#store.opened(listId).counters();
      library.setState(listId, counters.byState.pending + counters.byState.scheduled > 0 ? 'paused' : 'done', counters);
      return { atMs: backup.atMs, setAsideAs };
    } finally {
      this.#store.closeFile(listId);
      if (!wasLocked) this.#store.releaseLock(listId);
    }
  }

  reuseVerdicts(slice: KnownSlice): KnownReport {
    const { library } = this.#store;
    return guarded(this.#store.dir, () => {
      const report = this.#reuse.reuse(this.#store.working(slice.listId), slice);
      if (report.rows > 0) library.addReused(slice.listId, report.rows);
      return report;
    });
  }

  rememberVerdicts(slice: KnownSlice): KnownReport {
    return guarded(this.#store.dir, () => {
      this.#store.library.knownVerdicts.removeOutside(slice.nowMs - slice.maxAgeMs, slice.nowMs);
      return this.#reuse.remember(this.#store.opened(slice.listId), slice);
    });
  }

  knownVerdicts(): number {
    return guarded(this.#store.dir, () => this.#store.library.knownVerdicts.count);
  }

  forgetKnownVerdicts(): void {
    guarded(this.#store.dir, () => {
      this.#store.library.knownVerdicts.clear();
      this.#hash.forgetKey();
    });
  }

  retain(options: RetentionOptions): RetentionReport {
    const { library } = this.#store;
    return guarded(this.#store.dir, () => {
      // A run of this process is locked, whatever its state says.
      const plan = planRetention(library.all().filter(({ id }) => !this.#store.isLocked(id) && options.except?.includes(id) !== true), options);
      if (options.dryRun === true) return { coming: [...plan.due, ...plan.coming], done: [] };
      for (const listId of plan.firstTold) library.setTold(listId, options.nowMs);
      for (const listId of plan.takenBack) library.setTold(listId, null);
      const done = plan.due.filter(({ listId, what }) => this.#forgotten(listId, what));
      return { coming: plan.coming, done };
    });
  }

  /** False where it has to wait for another process. */
  #forgotten(listId: ListId, what: 'list' | 'verdicts'): boolean {
    try {
      if (what === 'list') {
        this.#store.deleteList(listId);
        return true;
      }
      const { library } = this.#store;
      const counters = forgetVerdicts(this.#store.working(listId).database);
      // Its copies have them too.
      this.backupFiles.erase(listId);
      library.setForgotten(listId, counters);
      this.#store.closeFile(listId);
      this.#store.releaseLock(listId);
      return true;
    } catch (error) {
      if (error instanceof UserError && error.code === 'StoreInUse') return false;
      throw error;
    }
  }

  #isDue(listId: ListId | null, file: string, nowMs: number, everyMs: number): boolean {
    const newest = this.backupFiles.of(listId)[0];
    // One that is ahead of now was made by a clock that was wrong.
    if (newest === undefined || newest.atMs > nowMs) return true;
    return nowMs - newest.atMs >= everyMs && changedAtMs(file) > newest.atMs;
  }
}

function infoOf({ listId, atMs, bytes }: Backup): BackupInfo {
  return { listId, atMs, bytes };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function changedAtMs(file: string): number {
  const times = [file, `${file}-wal`].filter((path) => existsSync(path)).map((path) => statSync(path).mtimeMs);
  return Math.max(0, ...times);
}
