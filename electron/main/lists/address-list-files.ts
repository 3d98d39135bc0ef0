// The user's own address lists: copies of the files that were chosen, `<folder>/<kind>.txt`, and what is made of them for
// imports and runs. A file is read completely before anything is changed, and written all or nothing; the command line
// finds the same copies. Always holds: with a list that cannot be read nothing is imported and nobody is asked, because
// the list that is missing might be the one of people who are never to be asked. Entries never leave this process.
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { topLevelDomainList } from '../../../shared/address/top-level-domains.ts';
import { UserError } from '../../../shared/errors.ts';
import type { AddressListsState, AddressListState } from '../../../shared/ipc/address-lists.ts';
import { createAddressLists, LIST_KINDS, type AddressLists, type CustomLists, type ListKind } from '../../../shared/lists/address-lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { Log } from '../log.ts';
import { writeAtomically } from '../write-atomically.ts';
import { copyOf, readListFile, type ReadListFile } from './list-file-copy.ts';

export interface AddressListFilesOptions {
  readonly folder: string;
  readonly log: Log;
}

type Held = { readonly file: ReadListFile } | { readonly problem: string };

export class AddressListFiles {
  readonly #options: AddressListFilesOptions;
  readonly #held = new Map<ListKind, Held>();
  #made: AddressLists | null = null;

  constructor(options: AddressListFilesOptions) {
    this.#options = options;
    for (const kind of LIST_KINDS) this.#read(kind);
  }

  /** For imports and other threads. Throws the UserError of a list that cannot be read. */
  custom(): CustomLists {
    const custom: Partial<Record<ListKind, readonly string[]>> = {};
    for (const [kind, held] of this.#held) {
      if ('problem' in held) throw new UserError('FileUnreadable', held.problem);
      custom[kind] = held.file.entries;
    }
    return custom;
  }

  /** For runs; made once for each change. Throws as `custom` does. */
  lists(): AddressLists {
    this.#made ??= createAddressLists(this.custom());
    return this.#made;
  }

  state(): AddressListsState {
    const builtIn = createAddressLists().sources;
    const lists = LIST_KINDS.map((kind): AddressListState => {
      const held = this.#held.get(kind);
      if (held !== undefined && 'problem' in held) return { kind, source: '', date: null, entries: 0, custom: true, problem: held.problem };
      if (held !== undefined) {
        const { name, date, entries } = held.file;
        return { kind, source: name, date, entries: entries.length, custom: true, problem: null };
      }
      const given = builtIn.find((source) => source.kind === kind);
      if (given === undefined) return { kind, source: '', date: null, entries: 0, custom: false, problem: null };
      return { kind, source: given.source, date: given.date === '' ? null : given.date, entries: given.entries, custom: false, problem: null };
    });
    const { count, date, source } = topLevelDomainList();
    return { lists, topLevelDomains: { count, date, source } };
  }

  /** What is in a file, completely. Throws a UserError for one that cannot be read at all. */
  examine(kind: ListKind, path: string): ReadListFile {
    return readListFile(kind, path);
  }

  /** Puts the usable entries of a file in force. Throws a UserError; then everything is as it was. */
  async take(kind: ListKind, path: string): Promise<void> {
    const file = readListFile(kind, path);
    if (file.entries.length === 0) throw new UserError('FileEmpty', words.lists.empty(file.name));
    await this.#changing(async () => {
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.#pathOf(kind), copyOf(file), { modifiedMs: file.modifiedMs });
    });
    this.#read(kind);
  }

  /** The built-in list is in force again, where there is one. */
  async remove(kind: ListKind): Promise<void> {
    await this.#changing(() => rm(this.#pathOf(kind), { force: true }));
    this.#read(kind);
  }

  #pathOf(kind: ListKind): string {
    return join(this.#options.folder, `${kind}.txt`);
  }

  #read(kind: ListKind): void {
    const path = this.#pathOf(kind);
    this.#made = null;
    this.#held.delete(kind);
    if (!existsSync(path)) return;
    try {
      const file = readListFile(kind, path);
      this.#held.set(kind, { file });
      if (file.badLines > 0) this.#options.log.warn('lists', 'an address list has lines that cannot be used', { kind, badLines: file.badLines });
    } catch (error) {
      this.#options.log.error('lists', 'an address list cannot be read', { kind, error });
      this.#held.set(kind, { problem: error instanceof UserError ? error.message : words.tasks.failed });
    }
  }

  async #changing(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      throw full
        ? new UserError('DiskFull', words.lists.full, { retryable: true, cause: error })
        : new UserError('StoreUnwritable', words.lists.notKept, { retryable: true, cause: error });
    }
  }
}
