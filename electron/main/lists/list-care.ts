// What main does for the lists that nobody asks for: daily copies, forgetting by age as the preferences say, and telling
// of it before. Looks once an hour while the app runs. Never rejects for what one list does; it goes on at the next look.
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../../engine/clock.ts';
import type { ListId } from '../../worker/interface.ts';
import type { BackupOptions, BackupReport, RetentionNotice, RetentionOptions, RetentionReport } from '../../worker/store-care.ts';
import type { Log } from '../log.ts';

/** After the start, so that it is over before anything is copied. */
const FIRST_COPIES_MS = 30_000;
const EVERY_MS = 3_600_000;
const BYTES_PER_MB = 1_048_576;

export interface ListCareOptions {
  readonly store: {
    readonly retain: (options: RetentionOptions) => Promise<RetentionReport>;
    readonly backUp: (options: BackupOptions) => Promise<BackupReport>;
  };
  /** In force now. */
  readonly settings: () => Settings['storage'];
  /** Lists that something reads just now. */
  readonly inUse: () => readonly ListId[];
  readonly clock: Clock;
  readonly log: Log;
  /** A list was deleted, or lost its verdicts. */
  readonly onForgotten: (notice: RetentionNotice) => void;
  /** What is coming is another thing now. */
  readonly onChange: () => void;
}

export class ListCare {
  readonly #options: ListCareOptions;
  #coming: ReadonlyMap<ListId, RetentionNotice> = new Map();
  #cancel: (() => void) | null = null;
  #closed = false;

  constructor(options: ListCareOptions) {
    this.#options = options;
  }

  /** What will be forgotten of a list, and when. */
  comingOf(listId: ListId): RetentionNotice | undefined {
    return this.#coming.get(listId);
  }

  /** Resolves when the first look, without the copies, is over. */
  async start(): Promise<void> {
    await this.#retain();
    this.#next(FIRST_COPIES_MS);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #next(afterMs: number): void {
    if (this.#closed) return;
    this.#cancel = this.#options.clock.after(afterMs, () => { void this.#look(); }, { unref: true });
  }

  async #look(): Promise<void> {
    await this.#retain();
    await this.#backUp();
    this.#next(EVERY_MS);
  }

  async #retain(): Promise<void> {
    const { store, settings, inUse, clock, log, onForgotten, onChange } = this.#options;
    const { deleteVerdictsAfterDays, deleteListsAfterDays } = settings();
    try {
      const { coming, done } = await store.retain({ nowMs: clock.epochMs(), verdictsAfterDays: deleteVerdictsAfterDays, listsAfterDays: deleteListsAfterDays, except: inUse() });
      for (const notice of done) {
        log.info('lists', 'forgotten by age', { listId: notice.listId, what: notice.what });
        onForgotten(notice);
      }
      this.#coming = new Map(coming.map((notice) => [notice.listId, notice]));
      onChange();
    } catch (error) {
      if (!this.#closed) log.warn('lists', 'what is too old could not be looked for', { error });
    }
  }

  async #backUp(): Promise<void> {
    const { store, settings, clock, log } = this.#options;
    const { backupsKept, backupMaxListMb } = settings();
    try {
      const { made, failed } = await store.backUp({ nowMs: clock.epochMs(), kept: backupsKept, maxListBytes: backupMaxListMb * BYTES_PER_MB });
      if (made.length > 0) log.info('lists', 'copies made', { count: made.length });
      for (const { listId, message } of failed) log.warn('lists', 'no copy could be made', { listId, message });
    } catch (error) {
      if (!this.#closed) log.warn('lists', 'no copies could be made', { error });
    }
  }
}
