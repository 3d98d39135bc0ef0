// What the window is told about lists, imports, runs, results and exports: the schemas of the IPC contract's larger parts.
// Everything is plain, bounded data; the renderer shows it and never computes a verdict.
import { z } from 'zod';
import { preflightViews } from './preflight.ts';
import { EXTRACTION_CHANGES } from '../address/extraction-change.ts';
import { SMTP_STAGES } from '../verdict/evidence.ts';
import { EXPORT_FORMATS } from '../export/export-form.ts';
import { MAIL_PROVIDER_IDS } from '../verdict/mail-providers.ts';
import { FLAGS, REASONS, ROW_STATES, STATUSES } from '../verdict/verdict.ts';

export const listId = z.int().min(1);
const count = z.int().min(0);
const status = z.enum(STATUSES);
const reason = z.enum(REASONS);

/** A file that the user chose or dropped. The page knows it by this id and its name, never by its path. */
export const fileRef = z.strictObject({
  fileId: z.uuid(),
  name: z.string(),
  sizeBytes: count,
  /** Where it lies within the folder that was chosen; absent: it was chosen itself. */
  folder: z.string().optional(),
  /** It was pasted, and is text in memory. */
  pasted: z.literal(true).optional(),
});

/** How a file is read; what is absent is found by itself. */
export const readingOptions = z.strictObject({
  encoding: z.string().max(40).optional(),
  delimiter: z.string().length(1).optional(),
  hasHeader: z.boolean().optional(),
  /** 0-based. */
  addressColumn: z.int().min(0).max(100_000).optional(),
  /** Each address in these columns (names or 1-based numbers), or in all that hold addresses, becomes a row of its own. */
  addressColumns: z.union([z.literal('all'), z.array(z.string().max(1_000)).min(1).max(100)]).optional(),
  /** Name of a workbook's sheet; absent: the first with addresses. */
  sheet: z.string().max(200).optional(),
  /** 1-based row of a sheet that names the columns; absent: found. */
  headerRow: z.int().min(1).max(1_048_576).optional(),
  /** What makes two rows the same: the address (if absent), or the mailbox that it ends in (Gmail's dots, tags). */
  duplicatesBy: z.enum(['address', 'mailbox']).optional(),
  /** Other lists: rows with an address that one of them has are kept and never asked. */
  notIn: z.array(listId).max(1_000).optional(),
});

export const importPreview = z.strictObject({
  file: fileRef,
  /** `text`, `xlsx`, `gzip, jsonl`, …: how the file is read. */
  format: z.string().optional(),
  /** Of a workbook: the sheet that is read, and all that there are. */
  sheet: z.string().optional(),
  /** The sheet's row that names the columns, where others stand above it. */
  headerRow: z.int().min(1).optional(),
  sheetNames: z.array(z.string()).optional(),
  /** 0-based: every column in which enough cells are addresses. */
  addressColumns: z.array(z.int().min(0)).optional(),
  encoding: z.string(),
  delimiter: z.string(),
  hasHeader: z.boolean(),
  columns: z.array(z.string()),
  /** Null where none was found: the user must choose. */
  addressColumn: z.int().min(0).nullable(),
  /** The first rows, header left out; cells cut to 200 characters. At most 50 rows. */
  rows: z.array(z.array(z.string())),
  /** Of the part that was read (at most 1 MiB). */
  sampled: z.strictObject({
    rows: count,
    duplicates: count,
    empty: count,
    invalid: count,
    /** Rows whose address was taken out of a cell that holds more. */
    extracted: count,
    /** Rows on the user's list of addresses never to be asked. */
    suppressed: count,
    wholeFile: z.boolean(),
  }),
});

export const counters = z.strictObject({
  rows: count,
  byState: z.record(z.enum(ROW_STATES), count),
  byStatus: z.record(status, count),
  byReason: z.partialRecord(reason, count),
});

/** A destination that nothing is asked of just now; see engine/destinations/set-aside.ts. */
export const setAside = z.strictObject({
  key: z.string(),
  /** The provider's name, or an MX host. */
  name: z.string(),
  /** `refused`: it refuses this machine; `capped`: the user's own limit of the day is reached. */
  state: z.enum(['suspended', 'refused', 'capped']),
  reason,
  /** What the provider calls it, as `S3150`. */
  code: z.string().nullable(),
  reply: z.string().nullable(),
  sinceMs: count,
  untilMs: count.nullable(),
  /** Addresses that wait for it. */
  waiting: count,
});

export const listView = z.strictObject({
  id: listId,
  name: z.string(),
  createdAtMs: count,
  practice: z.boolean(),
  columns: z.array(z.string()),
  /** 0-based. */
  addressColumn: z.int().min(0),
  /** `waiting`: nothing is asked until `scheduled.nextAtMs`, or, where `message` says so, until another list is finished.
   *  `failed`: stopped by something that `message` tells. */
  state: z.enum(['ready', 'running', 'waiting', 'pausing', 'paused', 'done', 'failed']),
  /** Why it waits for another list, is paused or failed, in words; null otherwise. */
  message: z.string().nullable(),
  counters,
  /** Verdicts a second over the last 10 s; 0 while nothing is asked. */
  ratePerSec: z.number().min(0),
  /** Null where nothing honest can be said yet. */
  secondsLeft: z.number().min(0).nullable(),
  /** What waits for its next try, the most first. */
  scheduled: z.strictObject({
    byReason: z.array(z.strictObject({ reason, count, nextAtMs: count })),
    nextAtMs: count.nullable(),
  }),
  /** While it is under way: those with most addresses waiting, at most 50. */
  setAside: z.array(setAside),
  /** Its file cannot be used: why, and when its newest copy was made (epoch milliseconds; null: there is none). */
  damaged: z.strictObject({ message: z.string(), backupAtMs: count.nullable() }).optional(),
  /** Rows with a verdict that was given for another list. */
  reused: count.optional(),
  /** What will be deleted by age, and when (epoch milliseconds). */
  deletion: z.strictObject({ what: z.enum(['list', 'verdicts']), atMs: count }).optional(),
});

const progress = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  message: z.string().nullable(),
  done: count,
  /** Bytes (import) or rows (export) in all. */
  total: count,
  rows: count,
  /** The list that came of an import, or that is exported. */
  listId: listId.nullable(),
  /** Of an import: of the last few seconds; absent while there is nothing to reckon with. */
  bytesPerSecond: z.number().min(0).optional(),
  secondsLeft: z.number().min(0).optional(),
  /** Of an import that is done: records that were left out, and remarks on others. */
  droppedCount: count.optional(),
  remarkCount: count.optional(),
  /** Rows that are not asked because another list has their address. */
  elsewhereCount: count.optional(),
});

export const snapshot = z.strictObject({
  /** Grows by one with each snapshot. */
  sequence: count,
  lists: z.array(listView),
  /** Those under way and those that ended in the last minute. */
  imports: z.array(progress),
  exports: z.array(progress),
  /** Files that were opened from outside the page (menu, command line, another start) and not yet asked a preview of. */
  opened: z.array(fileRef).optional(),
  preflight: preflightViews.optional(),
  /** Lists under way, in the order in which they are asked about. */
  queue: z.array(listId).optional(),
});

export const resultsFilter = z.strictObject({
  statuses: z.array(status).max(4).optional(),
  reasons: z.array(reason).max(REASONS.length).optional(),
  /** Domains of the addresses, whole, in either case, as A-labels or as people write them. */
  domains: z.array(z.string().min(1).max(255)).max(50).optional(),
  /** Who runs the mail server, or filters for it: any of these. */
  providers: z.array(z.enum(MAIL_PROVIDER_IDS)).max(MAIL_PROVIDER_IDS.length).optional(),
  /** Verdicts with any of these marks. */
  flags: z.array(z.enum(FLAGS)).max(FLAGS.length).optional(),
  duplicates: z.enum(['only', 'without']).optional(),
  /** Found in the address or in any original cell, case-insensitive for ASCII. */
  search: z.string().max(200).optional(),
});

export const SORT_KEYS = ['row', 'address', 'domain', 'status', 'checkedAt', 'score'] as const;

/** Rows that have nothing to be sorted by (no verdict yet) come last in both directions; equal ones in row order. */
export const resultsSort = z.strictObject({ key: z.enum(SORT_KEYS), descending: z.boolean() });

/** A page by key: rows that come after or before a row in the order that is asked for, or around one; or from a
 *  position (0-based) on. Positions of a status or reason alone, in row order, are not known: `at` counts rows there. */
export const pageRequest = z.strictObject({
  listId,
  filter: resultsFilter,
  /** By row number if absent. */
  sort: resultsSort.optional(),
  after: count.optional(),
  before: count.optional(),
  at: count.optional(),
  limit: z.int().min(1).max(200),
});

/** Rows by rule, millions of them without naming one: all that match or none, but those in `turned`, which are the other
 *  way round. It means the rows that match when it is used. */
export const rowSelection = z.strictObject({
  filter: resultsFilter,
  all: z.boolean(),
  /** First and last row number; ascending, without overlap. */
  turned: z.array(z.tuple([z.int().min(1), z.int().min(1)])).max(10_000),
});

export const resultRow = z.strictObject({
  /** 1-based number of the data row. */
  row: z.int().min(1),
  /** The address cell as it was, cut to 320 characters. */
  address: z.string(),
  state: z.enum(ROW_STATES),
  /** A duplicate shows its first row's. */
  status: status.nullable(),
  reason: reason.nullable(),
  score: z.int().min(0).max(100).nullable(),
  reply: z.string().nullable(),
  duplicateOf: z.int().min(1).nullable(),
  /** The list that has its address, for a row that was left out for that. */
  otherList: listId.optional(),
});

export const resultPage = z.strictObject({
  rows: z.array(resultRow),
  /** Rows that match in all, exactly; null while they are being counted. */
  total: count.nullable(),
  /** About so many, by what was looked at so far; null where nothing can be said, or `total` is known. */
  about: count.nullable(),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
  /** Position of the first of these rows among all that match, 0-based; null where it is not known. */
  start: count.nullable(),
  /** Share of the work that is done while rows are still being sorted or searched for: ask again for what is missing.
   *  Null: nothing is missing. */
  building: z.number().min(0).max(1).nullable(),
  /** False: verdicts have come since these rows were chosen and sorted; ask again in a while. */
  upToDate: z.boolean(),
});

export const resultDetail = z.strictObject({
  row: resultRow,
  cells: z.array(z.strictObject({ column: z.string(), value: z.string() })),
  /** The address that was asked, where the cell holds more than it: what was taken off, and how many more there are. */
  extracted: z.strictObject({ address: z.string(), changes: z.array(z.enum(EXTRACTION_CHANGES)), others: count }).nullable(),
  didYouMean: z.string().nullable(),
  flags: z.array(z.enum(FLAGS)),
  mx: z.string().nullable(),
  checkedAtMs: count.nullable(),
  attempt: count.nullable(),
  retryAtMs: count.nullable(),
  evidence: z.array(
    z.strictObject({
      stage: z.enum([...SMTP_STAGES, 'DNS', 'LOCAL']),
      code: z.int().nullable(),
      enhanced: z.string().nullable(),
      text: z.string(),
      mxHost: z.string().nullable(),
      ip: z.string().nullable(),
      tls: z.enum(['none', 'unverified', 'verified']).nullable(),
      atMs: count,
      attempt: count,
    }),
  ),
});

/** Which rows an export takes. */
export const exportChoice = z.strictObject({
  listId,
  /** Absent: every row, those without a verdict too. */
  statuses: z.array(status).min(1).max(STATUSES.length).optional(),
  withoutDuplicates: z.boolean().optional(),
  /** Of these rows only. */
  selection: rowSelection.optional(),
});

/** The formats of the worker, and the one-page summary printed. */
export const exportKind = z.enum([...EXPORT_FORMATS, 'pdf']);

/** A place that the user chose in the save dialog. */
export const exportTarget = z.strictObject({ targetId: z.uuid(), name: z.string() });

export type ListView = z.output<typeof listView>;
export type SetAsideView = z.output<typeof setAside>;
export type Snapshot = z.output<typeof snapshot>;
export type ImportPreview = z.output<typeof importPreview>;
export type ReadingOptions = z.output<typeof readingOptions>;
export type PageRequest = z.output<typeof pageRequest>;
export type ResultsFilter = z.output<typeof resultsFilter>;
export type ResultsSort = z.output<typeof resultsSort>;
export type SortKey = ResultsSort['key'];
export type RowSelection = z.output<typeof rowSelection>;
export type ResultRow = z.output<typeof resultRow>;
export type ResultPage = z.output<typeof resultPage>;
export type ResultDetail = z.output<typeof resultDetail>;
export type TaskProgress = z.output<typeof progress>;
export type ExportKind = z.output<typeof exportKind>;
export type FileRef = z.output<typeof fileRef>;
