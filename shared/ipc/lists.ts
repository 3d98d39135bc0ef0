// What the window is told about lists, imports, runs, results and exports: the schemas of the IPC contract's larger parts.
// Everything is plain, bounded data; the renderer shows it and never computes a verdict.
import { z } from 'zod';
import { EXTRACTION_CHANGES } from '../address/extraction-change.ts';
import { SMTP_STAGES } from '../verdict/evidence.ts';
import { EXPORT_WORDS } from '../verdict/tool-words/export-words.ts';
import { FLAGS, REASONS, ROW_STATES, STATUSES } from '../verdict/verdict.ts';

export const listId = z.int().min(1);
const count = z.int().min(0);
const status = z.enum(STATUSES);
const reason = z.enum(REASONS);

/** A file that the user chose or dropped. The page knows it by this id and its name, never by its path. */
export const fileRef = z.strictObject({ fileId: z.uuid(), name: z.string(), sizeBytes: count });

/** How a file is read; what is absent is found by itself. */
export const readingOptions = z.strictObject({
  encoding: z.string().max(40).optional(),
  delimiter: z.string().length(1).optional(),
  hasHeader: z.boolean().optional(),
  /** 0-based. */
  addressColumn: z.int().min(0).max(100_000).optional(),
  /** What makes two rows the same: the address (if absent), or the mailbox that it ends in (Gmail's dots, tags). */
  duplicatesBy: z.enum(['address', 'mailbox']).optional(),
});

export const importPreview = z.strictObject({
  file: fileRef,
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
  scheduled: z.strictObject({ byReason: z.partialRecord(reason, count), nextAtMs: count.nullable() }),
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
});

export const resultsFilter = z.strictObject({
  statuses: z.array(status).max(4).optional(),
  reasons: z.array(reason).max(REASONS.length).optional(),
  /** Found in the address or in any original cell, case-insensitive for ASCII. */
  search: z.string().max(200).optional(),
});

/** A page by key: rows after or before a row number, or around one; never by offset. */
export const pageRequest = z.strictObject({
  listId,
  filter: resultsFilter,
  after: count.optional(),
  before: count.optional(),
  limit: z.int().min(1).max(200),
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
});

export const resultPage = z.strictObject({
  rows: z.array(resultRow),
  /** Rows that match in all; null where counting them would take long (a search of a large list). */
  total: count.nullable(),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
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

export const exportChoice = z.strictObject({
  listId,
  /** Absent: every row, those without a verdict too. */
  statuses: z.array(status).max(4).optional(),
});

/** In whose words the verdicts are written, and whose columns. */
export const exportWords = z.enum(EXPORT_WORDS);

/** A place that the user chose in the save dialog. */
export const exportTarget = z.strictObject({ targetId: z.uuid(), name: z.string() });

export type ListView = z.output<typeof listView>;
export type Snapshot = z.output<typeof snapshot>;
export type ImportPreview = z.output<typeof importPreview>;
export type ReadingOptions = z.output<typeof readingOptions>;
export type PageRequest = z.output<typeof pageRequest>;
export type ResultsFilter = z.output<typeof resultsFilter>;
export type ResultRow = z.output<typeof resultRow>;
export type ResultPage = z.output<typeof resultPage>;
export type ResultDetail = z.output<typeof resultDetail>;
export type TaskProgress = z.output<typeof progress>;
export type FileRef = z.output<typeof fileRef>;
