// What the window is told and may wish about choosing files and importing several of them, and the report of an import.
// Bounded, like all that crosses: of very many files or problems the first are told, and how many there are.
import { z } from 'zod';
import { fileRef, readingOptions } from './lists.ts';

const count = z.int().min(0);

/** As many files as one drop, one dialog or one import may bring. */
export const MAX_FILES = 1_000;
/** As many of what was passed over as are told by name. */
export const MAX_PASSED_OVER = 200;
/** As many problems of an import as the page is told. */
export const MAX_PROBLEMS_TOLD = 200;

/** `name`: within the folder that was chosen, never a path of this machine. */
const passedOver = z.strictObject({ name: z.string(), why: z.string() });

/** What came of a drop or a dialog: files that may be lists, and what was passed over. Both empty: cancelled. */
export const chosenFiles = z.strictObject({
  files: z.array(fileRef),
  passedOver: z.array(passedOver).max(MAX_PASSED_OVER),
  passedOverCount: count,
});

/** `together`: one list of all of them; else one each, one after the other. */
export const severalRequest = z.strictObject({
  files: z.array(z.strictObject({ fileId: z.uuid(), reading: readingOptions })).min(1).max(MAX_FILES),
  together: z.boolean(),
});

/** What an import made of its file. Known for the session, of the last imports. */
export const importReport = z.strictObject({
  name: z.string(),
  rows: count,
  duplicates: count,
  empty: count,
  extracted: count,
  suppressed: count,
  /** Rows that are not asked because another list has their address, by list. */
  elsewhere: z.array(z.strictObject({ name: z.string(), rows: count })),
  blankLines: count,
  /** The first of them, those that were left out before the others. */
  problems: z.array(z.strictObject({ row: count, line: count, problem: z.string(), dropped: z.boolean() })).max(MAX_PROBLEMS_TOLD),
  problemCount: count,
  droppedCount: count,
});

export type ChosenFiles = z.output<typeof chosenFiles>;
export type ImportReportView = z.output<typeof importReport>;
