// A file that appears whole or not at all: written beside its place under another name, synced, then renamed over it.
// Until `commit` the old file is as it was; `abort` leaves nothing. What a killed export left behind is removed by the
// next one to the same place (the name holds the process id).
import { closeSync, fsyncSync, openSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { syncFolder } from '../sync-file.ts';

/** Text is gathered up to this many UTF-16 units between writes. */
const BUFFER_UNITS = 1_048_576;

export class AtomicFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #fd: number;
  #buffered: string[] = [];
  #bufferedUnits = 0;
  bytes = 0;

  /** `path`: absolute; a link is followed. Throws ExportFailed, FileIsFolder or DiskFull. */
  constructor(path: string) {
    this.path = targetOf(path);
    const folder = dirname(this.path);
    const prefix = `.${basename(this.path).slice(0, 100)}.winnow-`;
    this.#temporary = join(folder, `${prefix}${String(process.pid)}-${randomBytes(4).toString('hex')}.tmp`);
    removeLeftovers(folder, prefix);
    this.#fd = told(path, () => openSync(this.#temporary, 'wx'));
  }

  write(text: string): void {
    this.#buffered.push(text);
    this.#bufferedUnits += text.length;
    if (this.#bufferedUnits >= BUFFER_UNITS) this.#flush();
  }

  commit(): void {
    this.#flush();
    told(this.path, () => {
      fsyncSync(this.#fd);
      closeSync(this.#fd);
      renameSync(this.#temporary, this.path);
      syncFolder(dirname(this.path));
    });
  }

  /** After any failure, also of `commit`. Never throws. */
  abort(): void {
    try {
      closeSync(this.#fd);
    } catch {
      // Closed by a commit that failed later.
    }
    rmSync(this.#temporary, { force: true });
  }

  #flush(): void {
    const bytes = Buffer.from(this.#buffered.join(''), 'utf8');
    this.#buffered = [];
    this.#bufferedUnits = 0;
    told(this.path, () => {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    });
    this.bytes += bytes.length;
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
