// What the store does to last: backups, restoring, verdicts that other lists can use again, and forgetting by age.
// Plain, structured-cloneable data, as in `interface`, whose `StoreApi` has these methods too. Times are epoch milliseconds.
import type { ListId } from './interface.ts';

export interface BackupOptions {
  readonly nowMs: number;
  /** Newest copies that stay, of the library and of each list; 0: none are made, and what there is stays. */
  readonly kept: number;
  /** Lists with a larger file are left out. */
  readonly maxListBytes: number;
  /** Also what has a copy of the last hours, if it has changed since. */
  readonly evenFresh?: boolean;
}

export interface BackupInfo {
  /** Null: of the library. */
  readonly listId: ListId | null;
  readonly atMs: number;
  readonly bytes: number;
}

export interface BackupReport {
  /** Made now. */
  readonly made: readonly BackupInfo[];
  /** Lists that are larger than the bound. */
  readonly tooLarge: readonly ListId[];
  /** What could not be copied, and why, for people. */
  readonly failed: readonly { readonly listId: ListId | null; readonly message: string }[];
}

export interface RestoreReport {
  /** When the copy was made that is in place now. */
  readonly atMs: number;
  /** Absolute path of the file that was set aside; null if there was none. */
  readonly setAsideAs: string | null;
}

/** Whose world the verdicts are of; those of one are never found for another: `real`, or a lab's name. */
export type VerdictScope = string;

/** One slice of a list. Call again from `nextRow` until it is null. */
export interface KnownSlice {
  readonly listId: ListId;
  readonly afterRow: number;
  readonly scope: VerdictScope;
  /** What verdicts depend on beside the servers (settings, lists): only those of the same fit are found. */
  readonly fit: string;
  readonly nowMs: number;
  /** Older verdicts are neither kept nor found. */
  readonly maxAgeMs: number;
  /** So many are remembered at most, the newest; absent: a million. */
  readonly maxRows?: number;
}

export interface KnownReport {
  /** Null: the list's end. */
  readonly nextRow: number | null;
  /** Rows of this slice that got a verdict, or whose verdict is remembered now. */
  readonly rows: number;
  /** When the oldest of them was checked; null: none. */
  readonly oldestAtMs: number | null;
}

export interface RetentionOptions {
  readonly nowMs: number;
  /** Days since the list was last worked on; 0: never. */
  readonly verdictsAfterDays: number;
  readonly listsAfterDays: number;
  /** Lists that are in use, as by an export: nothing happens to them now. */
  readonly except?: readonly ListId[];
  /** Only says what would be done and what is coming; nobody counts as told by it. */
  readonly dryRun?: boolean;
}

/** Something that is going to be forgotten. */
export interface RetentionNotice {
  readonly listId: ListId;
  readonly name: string;
  readonly what: 'list' | 'verdicts';
  /** Never earlier than a day after it was first told. */
  readonly atMs: number;
}

export interface RetentionReport {
  /** Within the next days, the first one first; in a dry run also what is due. */
  readonly coming: readonly RetentionNotice[];
  /** Just now. */
  readonly done: readonly RetentionNotice[];
}

export interface StoreCareApi {
  /** Copies what has changed and has no copy of the last hours, in slices between other calls. Never throws for one file. */
  backUp(options: BackupOptions): Promise<BackupReport>;
  /** The newest first. */
  backups(): readonly BackupInfo[];
  /** Puts the newest good copy in the place of a list's file, which is set aside. Throws ListNotFound, NoBackup, StoreInUse. */
  restoreBackup(listId: ListId): RestoreReport;
  /** Gives rows that nobody has asked the verdict that the same address got for another list. Locks the list. */
  reuseVerdicts(slice: KnownSlice): KnownReport;
  /** Remembers what servers said for certain of this list's addresses, under a keyed hash and never as addresses. */
  rememberVerdicts(slice: KnownSlice): KnownReport;
  /** Remembered verdicts. */
  knownVerdicts(): number;
  /** Forgets them all, and the key with them. */
  forgetKnownVerdicts(): void;
  /** Forgets what is too old and was told a day before; says what comes next. */
  retain(options: RetentionOptions): RetentionReport;
}
