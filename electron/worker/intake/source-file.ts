// The file that is imported, open for reading: what it is, its bytes in chunks, and whether it is still the same.
// Every failure is a `UserError` that names the path. Never writes.
import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { UserError, type UserErrorCode } from '../../../shared/errors.ts';
import { incompleteTail } from './utf8-census.ts';

export const CHUNK_BYTES = 1_048_576;

export class SourceFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** How much of it is read at most; `size` unless it is only looked at. */
  readonly #limit: number;
  readonly #fd: number;
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);

  /** `limitBytes`: only that much from its start is read, whole UTF-8 sequences of it.
   *  Throws FileNotFound, FileIsFolder, FileUnreadable or FileEmpty. */
  constructor(path: string, limitBytes = Number.POSITIVE_INFINITY) {
    this.path = path;
    const stats = attempt(path, () => statSync(path));
    if (stats.isDirectory()) throw new UserError('FileIsFolder', `${path} is a folder. Name the list's file in it (a CSV or text file).`);
    // A pipe or a device has no size and cannot be read twice.
    if (!stats.isFile()) throw new UserError('FileUnreadable', `${path} is not a regular file, so it cannot be imported.`);
    this.#fd = attempt(path, () => openSync(path, 'r'));
    const opened = fstatSync(this.#fd);
    this.size = opened.size;
    this.mtimeMs = opened.mtimeMs;
    this.#limit = Math.min(limitBytes, this.size);
    if (this.size === 0) {
      this.close();
      throw new UserError('FileEmpty', `${path} is empty. Looked for rows with e-mail addresses, with or without a header.`);
    }
  }

  /** The first bytes, at most `length`. */
  head(length: number): Buffer {
    const head = Buffer.allocUnsafe(Math.min(length, this.#limit));
    return this.#whole(head.subarray(0, this.#read(head, 0)), 0);
  }

  /** The file from `start` to its end. A chunk is only valid until the next one. Throws FileChanged, FileUnreadable. */
  *chunks(start = 0): Generator<Buffer, void, undefined> {
    let position = start;
    for (;;) {
      this.#checkUnchanged();
      const length = this.#read(this.#chunk.subarray(0, Math.max(0, Math.min(CHUNK_BYTES, this.#limit - position))), position);
      if (length === 0) break;
      yield this.#whole(this.#chunk.subarray(0, length), position);
      position += length;
    }
    if (position < this.#limit) throw this.#changed('became shorter');
  }

  /** The bytes at a place, as many of `length` as are there; whatever the limit. Throws FileChanged, FileUnreadable. */
  at(position: number, length: number): Buffer {
    this.#checkUnchanged();
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - position)));
    return bytes.subarray(0, this.#read(bytes, position));
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** What a limit cuts is not a broken sequence: the cut one is left out. */
  #whole(bytes: Buffer, position: number): Buffer {
    const cut = this.#limit < this.size && position + bytes.length >= this.#limit;
    return cut ? bytes.subarray(0, bytes.length - incompleteTail(bytes)) : bytes;
  }

  #read(target: Buffer, position: number): number {
    let filled = 0;
    while (filled < target.length) {
      const length = attempt(this.path, () => readSync(this.#fd, target, filled, target.length - filled, position + filled));
      if (length === 0) break;
      filled += length;
    }
    return filled;
  }

  #checkUnchanged(): void {
    const stats = statSync(this.path, { throwIfNoEntry: false });
    if (stats === undefined) throw this.#changed('was removed');
    const opened = fstatSync(this.#fd);
    if (stats.ino !== opened.ino || stats.dev !== opened.dev) throw this.#changed('was replaced');
    if (!this.#same(opened)) throw this.#changed('was changed');
  }

  #same(stats: Stats): boolean {
    return stats.size === this.size && stats.mtimeMs === this.mtimeMs;
  }

  #changed(how: string): UserError {
    return new UserError('FileChanged', `${this.path} ${how} while it was imported. Nothing was kept; import it again.`, { retryable: true });
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const known: Readonly<Record<string, readonly [UserErrorCode, string]>> = {
      ENOENT: ['FileNotFound', 'was not found'],
      ENOTDIR: ['FileNotFound', 'was not found (a part of the path is not a folder)'],
      EISDIR: ['FileIsFolder', 'is a folder'],
      EACCES: ['FileUnreadable', 'cannot be read: permission denied'],
      EPERM: ['FileUnreadable', 'cannot be read: permission denied'],
    };
    const [userCode, what] = known[code] ?? ['FileUnreadable', `cannot be read (${code})`];
    throw new UserError(userCode, `${path} ${what}.`, { cause: error });
  }
}
