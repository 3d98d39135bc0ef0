// A text file that is renamed and begun anew when it is full: `winnow.log`, `winnow.1.log` (newer) … `winnow.4.log`.
// Writes are synchronous on purpose: the last lines before a crash are the ones that matter, and nothing is logged per
// address. Never throws: a full disk or a folder that is gone costs lines (they are counted), not the app.
import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface RotatingFileOptions {
  readonly folder: string;
  /** File name without its ending. */
  readonly name: string;
  readonly maxBytes: number;
  /** How many files there are at most, the current one included. */
  readonly maxFiles: number;
}

export class RotatingFile {
  readonly path: string;
  readonly #options: RotatingFileOptions;
  #fd: number | null = null;
  #sizeBytes = 0;
  /** The file does not end with a line feed: a write was cut short, by a full disk or by the end of the process. */
  #torn = false;
  #lostLines = 0;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
    this.path = this.#pathOf(0);
  }

  /** Lines that could not be written so far and that no later line has told about yet. */
  get lostLines(): number {
    return this.#lostLines;
  }

  /** Appends one line (without its line feed). Says whether it was written whole. */
  append(line: string): boolean {
    try {
      let bytes = Buffer.from(`${line}\n`, 'utf8');
      this.#open();
      if (this.#sizeBytes > 0 && this.#sizeBytes + bytes.length > this.#options.maxBytes) this.#rotate();
      if (this.#torn) bytes = Buffer.concat([Buffer.from('\n'), bytes]);
      this.#write(bytes);
      this.#lostLines = 0;
      return true;
    } catch {
      this.#lostLines += 1;
      this.close(); // opened again for the next line: the folder may have been deleted or the disk mounted anew
      return false;
    }
  }

  close(): void {
    const fd = this.#fd;
    this.#fd = null;
    if (fd === null) return;
    try {
      closeSync(fd);
    } catch {
      // nothing is left to be saved: every line was handed to the system when it was appended
    }
  }

  #write(bytes: Buffer): void {
    const fd = this.#fd;
    if (fd === null) throw new Error('log file is not open');
    let written = 0;
    try {
      while (written < bytes.length) {
        const count = writeSync(fd, bytes, written);
        if (count === 0) throw new Error('nothing was written');
        written += count;
      }
    } finally {
      this.#sizeBytes += written;
      if (written > 0) this.#torn = written < bytes.length;
    }
  }

  #open(): void {
    if (this.#fd !== null) return;
    mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
    const fd = openSync(this.path, 'a+', 0o600);
    this.#fd = fd;
    this.#sizeBytes = fstatSync(fd).size;
    this.#torn = false;
    if (this.#sizeBytes > 0) {
      const last = Buffer.alloc(1);
      readSync(fd, last, 0, 1, this.#sizeBytes - 1);
      this.#torn = last[0] !== 0x0a;
    }
  }

  #rotate(): void {
    this.close();
    rmSync(this.#pathOf(this.#options.maxFiles - 1), { force: true });
    for (let index = this.#options.maxFiles - 2; index >= 0; index -= 1) {
      renameIfThere(this.#pathOf(index), this.#pathOf(index + 1));
    }
    this.#open();
  }

  #pathOf(index: number): string {
    const { folder, name } = this.#options;
    return join(folder, index === 0 ? `${name}.log` : `${name}.${String(index)}.log`);
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
