// A list file of the user's as main keeps it: read, with the name that it had, and written as a copy that is read the same
// way again. The copy holds the usable entries only, one a line, below a comment with the name of the file they are from.
// Messages name the file, never its folder: they are shown by the page.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { ListKind } from '../../../shared/lists/list-kinds.ts';
import { loadLists } from '../../host/load-lists.ts';

export interface ReadListFile {
  /** Of the file that the user chose, also when its copy is read. */
  readonly name: string;
  readonly entries: readonly string[];
  /** Last change of the file that the user chose: ISO day, and epoch milliseconds. */
  readonly date: string;
  readonly modifiedMs: number;
  /** The first lines that cannot be used, and how many there are. */
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
  readonly badLines: number;
}

const FROM = '# From: ';
const MAX_NAME = 255;
const ENTRIES_PER_PIECE = 10_000;

/** Throws a UserError for a file that cannot be read at all. */
export function readListFile(kind: ListKind, path: string): ReadListFile {
  try {
    const { custom, sources, problems, badLines } = loadLists({ [kind]: path });
    const { mtimeMs } = statSync(path);
    return {
      name: nameIn(path) ?? basename(path),
      entries: custom[kind] ?? [],
      date: sources[0]?.date ?? '',
      modifiedMs: mtimeMs,
      problems: problems.map(({ line, text, problem }) => ({ line, problem: `“${text}”: ${problem}` })),
      badLines,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, retryable } = error;
    throw new UserError(code, message.replaceAll(path, basename(path)), { retryable, cause: error });
  }
}

/** The pieces of the copy's text. */
export function* copyOf({ name, entries }: ReadListFile): Generator<string> {
  yield `${FROM}${name.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').slice(0, MAX_NAME)}\n`;
  for (let at = 0; at < entries.length; at += ENTRIES_PER_PIECE) {
    yield `${entries.slice(at, at + ENTRIES_PER_PIECE).map(lineOf).join('\n')}\n`;
  }
}

/** Quoted local parts hold what a line would be cut at; such an entry is written as a CSV cell. */
function lineOf(entry: string): string {
  return /[",;\t#\s]/.test(entry) ? `"${entry.replaceAll('"', '""')}"` : entry;
}

/** The name in the first line of a copy; null for any other file. */
function nameIn(path: string): string | null {
  const bytes = Buffer.alloc(FROM.length + MAX_NAME * 4);
  const file = openSync(path, 'r');
  try {
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0));
    const line = text.slice(0, text.indexOf('\n'));
    return line.startsWith(FROM) && line.length > FROM.length ? line.slice(FROM.length) : null;
  } finally {
    closeSync(file);
  }
}
