// Which files are meant by what a user named or dropped: files as they are, whatever their names; of folders the files that
// can be lists by their names, in the folders within them too. What was passed over is told, never silent.
// Bounded in depth and number; links to folders are not followed, so there is no way in circles. Reads no file.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../shared/errors.ts';

export interface CollectedLists {
  /** In the order named; those of a folder by name. No file twice. */
  readonly lists: readonly string[];
  readonly ignored: readonly { readonly path: string; readonly why: string }[];
}

const MAX_DEPTH = 8;
const MAX_LISTS = 1_000;
const MAX_IGNORED = 10_000;
/** A whole home folder is no list. */
const MAX_ENTRIES = 200_000;
const LIST_NAME = /\.(csv|tsv|tab|txt|xlsx|xlsm|jsonl|ndjson|json)(\.gz)?$/i;

/** `paths`: absolute. Throws FileNotFound, FileUnreadable, and FileEmpty for folders that hold no list. */
export async function collectLists(paths: readonly string[]): Promise<CollectedLists> {
  const lists = new Set<string>();
  const ignored: { path: string; why: string }[] = [];
  let looked = 0;
  const pass = (path: string, why: string): void => {
    if (ignored.length < MAX_IGNORED) ignored.push({ path, why });
  };

  async function folder(path: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH) {
      pass(path, `more than ${String(MAX_DEPTH)} folders deep`);
      return;
    }
    const entries = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
      // One within another keeps nothing else out.
      if (depth === 1) throw new UserError('FileUnreadable', `The folder ${path} cannot be read.`, { cause });
      pass(path, 'this folder cannot be read');
      return [];
    });
    looked += entries.length;
    if (looked > MAX_ENTRIES) {
      pass(path, `more than ${String(MAX_ENTRIES)} files and folders to look at`);
      return;
    }
    for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
      const inner = join(path, entry.name);
      // Hidden ones, and the lock files of office programs.
      if (/^(\.|~\$)/.test(entry.name)) pass(inner, 'hidden or temporary');
      else if (entry.isDirectory()) await folder(inner, depth + 1);
      else if (!entry.isFile() && !(entry.isSymbolicLink() && (await isFile(inner)))) pass(inner, 'no file');
      else if (!LIST_NAME.test(entry.name)) pass(inner, 'no list by its name');
      else if (lists.size >= MAX_LISTS) pass(inner, `more than ${String(MAX_LISTS)} files`);
      else lists.add(inner);
    }
  }

  for (const path of paths) {
    const found = await stat(path).catch((cause: unknown) => {
      throw new UserError('FileNotFound', `${path} was not found.`, { cause });
    });
    if (!found.isDirectory()) {
      lists.add(path);
      continue;
    }
    const before = lists.size;
    await folder(path, 1);
    if (lists.size === before) {
      throw new UserError('FileEmpty', `${basename(path)} holds no lists. Looked for CSV, text, Excel (.xlsx) and JSON files, also packed by gzip, in it and its folders.`);
    }
  }
  return { lists: [...lists], ignored };
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then((found) => found.isFile(), () => false);
}
