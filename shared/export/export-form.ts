// What an export is to look like: the one schema for the window, the user's presets, the command line and the worker.
// What is absent has its default: a CSV file as the source was, every row, every column, our verdict behind it.
import { z } from 'zod';
import { EXPORT_WORDS } from '../verdict/tool-words/export-words.ts';
import { STATUSES } from '../verdict/verdict.ts';

/** `html`: a one-page summary of the list instead of its rows. */
export const EXPORT_FORMATS = ['csv', 'tsv', 'xlsx', 'jsonl', 'html'] as const;
export const EXPORT_ENCODINGS = ['utf-8', 'utf-16le', 'windows-1252'] as const;
export const EXPORT_DELIMITERS = [',', ';', '\t', '|'] as const;
export const LINE_ENDS = ['lf', 'crlf'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export type ExportEncoding = (typeof EXPORT_ENCODINGS)[number];

/** A column's name, or `:original` (all of the list's), `:address`, `:verdict` (all of ours, or of the tool in whose
 *  words it is), `:N` (the list's column number N, from 1), `:verdict:N` (of those that tell the verdict). */
const columnName = z.string().min(1).max(1_000);

const COLUMNS_AT_MOST = 10_000;

export const exportForm = z.strictObject({
  format: z.enum(EXPORT_FORMATS).optional(),
  /** Rows with these statuses; absent: every row, those without a verdict too. */
  statuses: z.array(z.enum(STATUSES)).min(1).max(STATUSES.length).optional(),
  /** One file for each status, named after it, instead of one for all. */
  filePerStatus: z.boolean().optional(),
  /** Leaves out rows that repeat an earlier one. */
  withoutDuplicates: z.boolean().optional(),
  /** In their order; absent: `:original`, `:verdict`. */
  columns: z.array(columnName).min(1).max(COLUMNS_AT_MOST).optional(),
  /** In whose words the verdicts are said, and whose columns `:verdict` is; default `winnow`. To our own import the columns
   *  of another tool are columns like any other. */
  words: z.enum(EXPORT_WORDS).optional(),
  /** Default true: cells that a spreadsheet would run as a formula get a leading apostrophe (text formats only: a cell
   *  of a workbook is text by its type). */
  spreadsheetSafe: z.boolean().optional(),
  /** Of CSV; default: the source's. */
  delimiter: z.enum(EXPORT_DELIMITERS).optional(),
  /** Of CSV and TSV; default UTF-8. */
  encoding: z.enum(EXPORT_ENCODINGS).optional(),
  /** Of CSV and TSV; default: as the source had it, and always for UTF-16. */
  bom: z.boolean().optional(),
  /** Default: the source's. */
  lineEnd: z.enum(LINE_ENDS).optional(),
});

/** Nothing of it is changed by anybody. */
type Frozen<T> = { readonly [K in keyof T]: T[K] extends readonly (infer E)[] | undefined ? readonly E[] | undefined : T[K] };

export type ExportForm = Frozen<z.output<typeof exportForm>>;
