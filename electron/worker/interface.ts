// The store's interface: the narrow seam between everything that asks and the one thread that writes.
// Only plain, structured-cloneable data passes here; between store and engine only claims and committed batches do.
// Synchronous inside the batch worker; `worker/client` gives the same methods as promises.
import type { CustomLists } from '../../shared/lists/list-kinds.ts';
import type { Flag, Reason, RowState, Status } from '../../shared/verdict/verdict.ts';
import type { CatchAll, Evidence, Heard, RandomFact } from '../../shared/verdict/evidence.ts';

export type ListId = number;

export interface ImportOptions {
  /** Absolute path of the file to import. */
  readonly path: string;
  /** Shown name; the file's base name by default. */
  readonly name?: string;
  /** Header name (exact, then case-insensitive) or 1-based number of the address column; found by itself if absent. */
  readonly column?: string;
  /** Several address columns (header names or 1-based numbers), or every one that is found: each address in them becomes a
   *  row of its own, with the record's other cells and two more: the address, and the column it stood in. */
  readonly addressColumns?: readonly string[] | 'all';
  /** Absolute paths of several files that become this one list; `path` only says where it came from. */
  readonly together?: readonly string[];
  /** How each of `together` is read, in the same order, where it is not read as all are. */
  readonly togetherReading?: readonly SourceReading[];
  /** The list itself, pasted or piped; `path` only says what it is called. */
  readonly text?: string;
  /** Name or 1-based number of the sheet of a workbook; absent: the first with addresses. */
  readonly sheet?: string;
  /** 1-based row of a sheet that names the columns, with what stands above it left out; absent: found. */
  readonly headerRow?: number;
  /** 0-based number of the address column; wins over `column` (names need not be unique, numbers are). */
  readonly addressColumn?: number;
  /** Marks the list as practice wherever it is shown. */
  readonly practice?: boolean;
  /** Overrides of what is detected. */
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly hasHeader?: boolean;
  /** `mailbox`: addresses that a provider delivers to one mailbox (dots, tags) are duplicates too. Default `address`. */
  readonly duplicatesBy?: 'address' | 'mailbox';
  /** The user's own lists. Addresses that are to be suppressed are kept, and never asked. */
  readonly lists?: CustomLists;
  /** Other lists: rows with an address that one of them has are kept, and never asked. */
  readonly notIn?: readonly ListId[];
}

/** How one file is read. */
export type SourceReading = Pick<ImportOptions, 'encoding' | 'delimiter' | 'hasHeader' | 'sheet' | 'headerRow' | 'addressColumn' | 'addressColumns'>;

export interface ImportProgress {
  readonly bytesRead: number;
  readonly totalBytes: number;
  readonly rows: number;
  /** Of the last few seconds; absent while there is nothing to reckon with yet. */
  readonly bytesPerSecond?: number;
  /** Milliseconds until all bytes are read, at this rate. The indexes take about as long again. */
  readonly leftMs?: number;
}

/** A record that was not read cleanly; it is imported as far as it could be read unless `dropped`. */
export interface ImportProblem {
  readonly row: number;
  readonly line: number;
  readonly problem: string;
  readonly dropped: boolean;
}

export interface ListInfo {
  readonly id: ListId;
  readonly name: string;
  readonly sourcePath: string;
  readonly createdAtMs: number;
  readonly practice: boolean;
  readonly encoding: string;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly columns: readonly string[];
  /** 0-based. */
  readonly addressColumn: number;
}

/** Rows with an address that another list has. */
export interface ElsewhereRows {
  readonly listId: ListId;
  /** That list's. */
  readonly name: string;
  readonly rows: number;
}

export interface ImportReport {
  readonly list: ListInfo;
  /** Data rows stored, header and wholly blank lines not counted. */
  readonly rows: number;
  readonly duplicates: number;
  /** Counted apart from `duplicates`; by list, none without rows. */
  readonly elsewhere?: readonly ElsewhereRows[];
  /** Rows whose address cell is empty. */
  readonly empty: number;
  /** Rows whose address was taken out of a cell that is none as it stands. */
  readonly extracted: number;
  /** Rows on the user's list of addresses never to be asked. */
  readonly suppressed: number;
  /** Lines with nothing at all on them, not stored. */
  readonly blankLines: number;
  /** The first 10,000 records that were left out and as many remarks on others, and how many there were. */
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  /** Those of them that were left out. */
  readonly droppedCount?: number;
  /** `text`, `xlsx`, `gzip, jsonl`, …: how the file was read. */
  readonly format?: string;
  /** The sheet that was read, and all that there are. */
  readonly sheet?: string;
  readonly sheetNames?: readonly string[];
  /** Milliseconds until all rows were written, and until the indexes were there too and everything was on disk. */
  readonly tookMs?: { readonly rows: number; readonly all: number };
}

/** Kept by the writer, never counted by a scan. */
export interface Counters {
  readonly rows: number;
  readonly byState: Readonly<Record<RowState, number>>;
  /** Verdicts of rows of their own (duplicates not counted again), scheduled rows included. */
  readonly byStatus: Readonly<Record<Status, number>>;
  readonly byReason: Readonly<Partial<Record<Reason, number>>>;
}

/** What is known of a domain for the whole job; written with each batch, handed out with each claim. */
export interface DomainFacts {
  readonly catchAll: CatchAll;
  /** Whether any real recipient of this domain was accepted (a bare 550 means "not found" only then). */
  readonly acceptedAny: boolean;
  /** What `catchAll` rests on: the last answer to the domain's random recipient. Null: none was got, or none was kept
   *  (a list of before version 3). */
  readonly random: RandomFact | null;
}

/** What an earlier attempt has decided for a row that is asked again. */
export interface EarlierVerdict {
  readonly reason: Reason;
  readonly heard: Heard;
  readonly reply: string | null;
  readonly mx: string | null;
}

export interface ClaimedAddress {
  readonly rowId: number;
  /** Normalised: local part as it was, domain as lower-case A-label. Never holds control characters. */
  readonly address: string;
  /** 1 for the first time that this address is asked. */
  readonly attempt: number;
  /** Null for the first attempt. */
  readonly earlier: EarlierVerdict | null;
}

/** Work for one domain. No domain is in two open claims at once. */
export interface DomainClaim {
  readonly listId: ListId;
  readonly domainId: number;
  /** Lower-case A-label. */
  readonly domain: string;
  readonly facts: DomainFacts;
  readonly addresses: readonly ClaimedAddress[];
}

export interface ClaimOptions {
  readonly maxDomains: number;
  readonly maxAddressesPerDomain: number;
  /** Epoch milliseconds: scheduled rows with `retryAtMs <= nowMs` are due. */
  readonly nowMs: number;
  /** Whether due scheduled rows are handed out too, or only rows that were never asked. */
  readonly includeScheduled: boolean;
}

export interface VerdictRecord {
  readonly rowId: number;
  readonly reason: Reason;
  /** 0-100. */
  readonly score: number;
  readonly flags: readonly Flag[];
  readonly didYouMean: string | null;
  /** From what the reason was decided; an attempt that hears less does not take an earlier one's verdict back. */
  readonly heard: Heard;
  /** The reply that decided, as `code enhanced text`, or what happened instead. */
  readonly reply: string | null;
  readonly mx: string | null;
  readonly checkedAtMs: number;
  readonly attempt: number;
  /** Not null: ask again at this time; the row is `scheduled`. */
  readonly retryAtMs: number | null;
  /** True for a bare 550 (no enhanced code, no telling words) on a domain that has accepted nobody yet:
   *  the store turns it into `mailbox_not_found` when a batch says that the domain accepted somebody. */
  readonly provisional: boolean;
  readonly evidence: readonly Evidence[];
}

export interface DomainUpdate extends DomainFacts {
  readonly domainId: number;
}

/** All of it is committed in one transaction (`synchronous=FULL`), or nothing. */
export interface VerdictBatch {
  readonly listId: ListId;
  readonly verdicts: readonly VerdictRecord[];
  readonly domains: readonly DomainUpdate[];
  /** Domains whose claims end with this batch. Claimed rows without a verdict become claimable again. */
  readonly releasedDomainIds: readonly number[];
}

export interface CommitAck {
  readonly committed: number;
  readonly counters: Counters;
  /** Milliseconds that the writer worked on it, the wait for its turn left out; told by the worker. */
  readonly tookMs?: number;
}

/** Rows that wait for their next try for one reason. */
export interface ScheduledReason {
  readonly reason: Reason;
  /** At least 1. */
  readonly count: number;
  /** Epoch milliseconds at which the first of them is asked. */
  readonly nextAtMs: number;
}

export interface ScheduleSummary {
  /** The most rows first. */
  readonly byReason: readonly ScheduledReason[];
  /** Epoch milliseconds of the next retry, or null if nothing is scheduled. */
  readonly nextAtMs: number | null;
}

/** Recipients of one day, asked for before they are asked about. */
export interface DailyGrant {
  /** Local calendar day, as 2026-11-21. */
  readonly day: string;
  /** Whose count it is: the MX pattern of the user's rule. */
  readonly key: string;
  /** Recipients; below 0: so many of an earlier grant were not used. */
  readonly want: number;
  /** Recipients a day. */
  readonly cap: number;
}

/** A DNS answer that outlives a run. The store does not look into it. */
export interface StoredDnsAnswer {
  /** Type and name: `MX example.com`. */
  readonly key: string;
  /** JSON. */
  readonly answer: string;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

export type ListState = 'importing' | 'ready' | 'running' | 'paused' | 'done';

export interface ListSummary extends ListInfo {
  readonly state: ListState;
  readonly counters: Counters;
  /** Why its file cannot be used, for people; absent: it can. */
  readonly damage?: string;
  /** Of a list that cannot be used: when its newest copy was made (epoch milliseconds); absent: there is none. */
  readonly backupAtMs?: number;
  /** Rows with a verdict that was given for another list. */
  readonly reused?: number;
}

/** The methods as the worker implements them. Every failure a user can cause is a `UserError`. */
export interface StoreApi {
  /** All lists, newest first, without those whose import never finished. */
  lists(): readonly ListSummary[];
  list(listId: ListId): ListSummary;
  setState(listId: ListId, state: Exclude<ListState, 'importing'>): void;
  /** Takes the list's lock for this process until `close` or `unlock`; `StoreInUse` if another process holds it. */
  lock(listId: ListId): void;
  unlock(listId: ListId): void;
  /** Work that is due, in row order of each domain's first open row; an empty array if there is none just now. */
  claim(listId: ListId, options: ClaimOptions): readonly DomainClaim[];
  commit(batch: VerdictBatch): CommitAck;
  counters(listId: ListId): Counters;
  schedule(listId: ListId): ScheduleSummary;
  /** The domains with most of the list's rows among those that have rows without a verdict, the commonest first. */
  commonDomains(listId: ListId, count: number): readonly string[];
  /** How many of those wanted are granted, durably; 0: the day's cap is reached. All lists count together. */
  dailyGrant(grant: DailyGrant): number;
  /** In the keys' order; null for what is not kept or has expired. */
  dnsCacheGet(keys: readonly string[]): readonly (StoredDnsAnswer | null)[];
  /** Not durable when it returns. What is too much goes, first what would expire next. */
  dnsCacheSet(entries: readonly StoredDnsAnswer[]): void;
  /** Forgets all of them and overwrites their bytes. Deleting a list does so too: they name its domains. */
  dnsCacheClear(): void;
  /** Deletes the list's file; its bytes are overwritten first. */
  deleteList(listId: ListId): void;
  /** A deletion that can be undone: nobody sees the list, but nothing of it is lost. Stays locked by this process, so
   *  that no other one purges it meanwhile; hidden still after a crash. End its run first. Throws StoreInUse. */
  hideList(listId: ListId): void;
  /** Undoes `hideList`: the list is there again, in the state that it had. Throws ListNotFound if it was purged. */
  restoreList(listId: ListId): void;
  /** Deletes hidden lists as `deleteList` does; those of another process stay. `hiddenBeforeMs` (epoch milliseconds):
   *  only those that were hidden before it; absent: all. Call it at the start, and when the time for undoing is over. */
  purgeHidden(hiddenBeforeMs?: number): void;
  close(): void;
}
