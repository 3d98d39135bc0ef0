// A file that appears whole or not at all: written beside its place under another name, synced, then renamed over it.
// Until `commit` the old file is as it was; `abort` leaves nothing. What a killed export left behind is removed by the
// next one to the same place (the name holds the process id).
// Several files are taken over together by `commitAll`: if one of them cannot be, those before it are put back.
import { closeSync, fsyncSync, linkSync, openSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { syncFolder } from '../sync-file.ts';

export class AtomicFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #kept: string;
  readonly #fd: number;
  #isOpen = true;
  #wasThere = false;
  bytes = 0;

  /** `path`: absolute; a link is followed. Throws ExportFailed, FileIsFolder or DiskFull. */
  constructor(path: string) {
    this.path = targetOf(path);
    const folder = dirname(this.path);
    const prefix = `.${basename(this.path).slice(0, 100)}.winnow-`;
    const own = `${prefix}${String(process.pid)}-${randomBytes(4).toString('hex')}`;
    this.#temporary = join(folder, `${own}.tmp`);
    this.#kept = join(folder, `${own}-old.tmp`);
    removeLeftovers(folder, prefix);
    this.#fd = told(path, () => openSync(this.#temporary, 'wx'));
  }

  write(bytes: Uint8Array): void {
    told(this.path, () => {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    });
    this.bytes += bytes.length;
  }

  commit(): void {
    commitAll([this]);
  }

  /** Everything is on the disk, under the other name. */
  sync(): void {
    told(this.path, () => {
      fsyncSync(this.#fd);
      this.#isOpen = false;
      closeSync(this.#fd);
    });
  }

  /** After `sync`. `undoable`: the old file is kept under a second name until `forget`. */
  takeOver(undoable: boolean): void {
    this.#wasThere = undoable && statSync(this.path, { throwIfNoEntry: false }) !== undefined;
    if (this.#wasThere) keep(this.path, this.#kept);
    told(this.path, () => {
      renameSync(this.#temporary, this.path);
    });
  }

  /** Undoes `takeOver`, as far as the disk allows. Never throws. */
  putBack(): void {
    quietly(() => {
      if (this.#wasThere) renameSync(this.#kept, this.path);
      else rmSync(this.path, { force: true });
    });
  }

  /** Lets go of the old file. Never throws: the new one is in its place. */
  forget(): void {
    quietly(() => {
      if (this.#wasThere) rmSync(this.#kept, { force: true });
      syncFolder(dirname(this.path));
    });
  }

  /** After any failure, also of `commit`. Never throws. */
  abort(): void {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    if (wasOpen) quietly(() => { closeSync(this.#fd); });
    quietly(() => { rmSync(this.#temporary, { force: true }); });
  }
}

/** All of them or, as far as the disk allows, none: every one is synced before the first is renamed. */
export function commitAll(files: readonly AtomicFile[]): void {
  for (const file of files) file.sync();
  const taken: AtomicFile[] = [];
  try {
    for (const file of files) {
      file.takeOver(files.length > 1);
      taken.push(file);
    }
  } catch (error) {
    for (const file of taken) file.putBack();
    throw error;
  }
  for (const file of taken) file.forget();
}

/** A second name for what is there now: with it there is no moment without the file. Some disks have none (FAT): what was
 *  there cannot be put back then. */
function keep(path: string, second: string): void {
  quietly(() => { linkSync(path, second); });
}

/** For tidying up: the disk may be gone, and what is told is what went wrong before. */
function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // See above.
  }
}

function targetOf(path: string): string {
  const stats = told(path, () => statSync(path, { throwIfNoEntry: false }));
  if (stats === undefined) return path;
  if (stats.isDirectory()) throw new UserError('FileIsFolder', `${path} is a folder. Name the file to export to.`);
  if (!stats.isFile()) throw new UserError('ExportFailed', `${path} is not a regular file, so it cannot be replaced by an export.`);
  return realpathSync(path);
}

function removeLeftovers(folder: string, prefix: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // A folder that may be written but not listed: leftovers stay.
  }
  for (const name of names) {
    const pid = name.startsWith(prefix) && name.endsWith('.tmp') ? /^(\d+)-/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && isDead(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

function told<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new UserError('DiskFull', `The disk is full: ${path} could not be written. What was there before is as it was.`, { retryable: true, cause: error });
    }
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? 'its folder does not exist' : code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code;
    throw new UserError('ExportFailed', `${path} could not be written: ${why}. What was there before is as it was.`, { retryable: code === 'EIO', cause: error });
  }
}
