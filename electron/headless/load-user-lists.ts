// The user's own address lists for one run of the command line: every `<kind>.txt` that lies in their folder. Strict, as a
// script has nobody to ask: a folder that was named and is not there, a file that cannot be read, or a line that is no
// entry ends the command before anything is imported or asked, and says which file and line.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { createAddressLists, LIST_KINDS, type AddressLists, type CustomLists, type ListKind } from '../../shared/lists/address-lists.ts';
import { loadLists } from '../host/load-lists.ts';
import type { ListsFolder } from './lists-folder.ts';

export interface UserLists {
  readonly custom: CustomLists;
  readonly lists: AddressLists;
  /** `suppress (1204)`, one for each file that was found. */
  readonly lines: readonly string[];
}

/** Throws BadUsage, or the UserErrors of `loadLists`. */
export function loadUserLists({ path, required }: ListsFolder): UserLists {
  if (required && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UserError('BadUsage', `--lists ${path} is no folder. It should hold files such as suppress.txt.`);
  }
  const files: Partial<Record<ListKind, string>> = {};
  for (const kind of LIST_KINDS) {
    const file = join(path, `${kind}.txt`);
    if (existsSync(file)) files[kind] = file;
  }
  if (required && Object.keys(files).length === 0) {
    throw new UserError('BadUsage', `--lists ${path} holds none of ${LIST_KINDS.map((kind) => `${kind}.txt`).join(', ')}.`);
  }
  const { custom, sources, problems, badLines } = loadLists(files);
  if (badLines > 0) {
    const told = problems.slice(0, 10).map(({ file, line, text, problem }) => `  ${file}, line ${String(line)}: "${text}": ${problem}`);
    const more = badLines > told.length ? [`  … and ${String(badLines - told.length)} more`] : [];
    throw new UserError('BadUsage', `The address lists have lines that cannot be used:\n${[...told, ...more].join('\n')}`);
  }
  return { custom, lists: createAddressLists(custom, sources), lines: sources.map(({ kind, entries }) => `${kind} (${String(entries)})`) };
}
