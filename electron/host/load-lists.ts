// Reads the user's list files: their entries as plain data for the run and the import, and where they come from.
// Read once, when a run or an import begins. Bad lines are told with file and line and do not stop the rest; a file that
// cannot be read at all is a UserError that names it. Never writes and never looks into a folder.
import { readFileSync, statSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { CustomLists, ListKind, ListSource } from '../../shared/lists/list-kinds.ts';
import { MAX_LIST_LENGTH, parseListFile, type LineProblem } from '../../shared/lists/parse-list-file.ts';

export interface ListProblem extends LineProblem {
  /** The file's path, as it was given. */
  readonly file: string;
}

export interface LoadedLists {
  /** For `createAddressLists` and for other threads. */
  readonly custom: CustomLists;
  /** File name, day of its last change and number of entries of each. */
  readonly sources: readonly ListSource[];
  /** The first bad lines of each file. */
  readonly problems: readonly ListProblem[];
  /** Bad lines in all. */
  readonly badLines: number;
}

/** Throws `UserError` for a file that is missing, a folder, unreadable, no UTF-8 text or too large. */
export function loadLists(files: Readonly<Partial<Record<ListKind, string>>>): LoadedLists {
  const custom: Partial<Record<ListKind, readonly string[]>> = {};
  const sources: ListSource[] = [];
  const problems: ListProblem[] = [];
  let badLines = 0;
  for (const [kind, file] of Object.entries(files) as [ListKind, string][]) {
    const { text, changed } = readText(file);
    const parsed = parseListFile(text, kind, file);
    custom[kind] = parsed.entries;
    badLines += parsed.badLines;
    problems.push(...parsed.problems.map((problem) => ({ file, ...problem })));
    sources.push({ kind, source: basename(file), date: changed.toISOString().slice(0, 10), entries: parsed.entries.length, custom: true });
  }
  return { custom, sources, problems, badLines };
}

function readText(file: string): { readonly text: string; readonly changed: Date } {
  const stats = statOf(file);
  if (stats.isDirectory()) throw new UserError('FileIsFolder', `${file} is a folder; a list is a file.`);
  if (!stats.isFile()) throw new UserError('FileUnreadable', `${file} is no ordinary file.`);
  if (stats.size > MAX_LIST_LENGTH) {
    throw new UserError('BadUsage', `The list ${file} is too large: at most ${String(MAX_LIST_LENGTH / 1_000_000)} MB can be used.`);
  }
  const bytes = told(file, () => readFileSync(file));
  if (bytes.includes(0)) throw new UserError('FileBinary', `${file} is no text file in UTF-8.`);
  try {
    // The decoder keeps no BOM and refuses what is no UTF-8, so that no entry is changed in silence.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), changed: stats.mtime };
  } catch (cause) {
    throw new UserError('FileBinary', `${file} is no text file in UTF-8. Save it as UTF-8 and try again.`, { cause });
  }
}

function statOf(file: string): Stats {
  return told(file, () => statSync(file));
}

function told<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    if (code === 'ENOENT') throw new UserError('FileNotFound', `There is no list ${file}.`, { cause });
    throw new UserError('FileUnreadable', `The list ${file} cannot be read (${code}).`, { cause });
  }
}
