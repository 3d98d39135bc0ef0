// Deletes files so that their bytes are gone: overwritten with zeros, synced, then unlinked.
// (On copy-on-write disks old blocks may live on until reused; what we can reach is gone.)
import { closeSync, fstatSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { releaseHeaders } from './database-header.ts';

const ZEROS = Buffer.alloc(1_048_576);

/** A missing file is fine. Throws file system errors. No database connection may have the file open. */
export function eraseFile(path: string): void {
  let fd: number;
  try {
    fd = openSync(path, 'r+');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  try {
    const size = fstatSync(fd).size;
    for (let position = 0; position < size; ) position += writeSync(fd, ZEROS, 0, Math.min(ZEROS.length, size - position), position);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  rmSync(path, { force: true });
}

/** A list's database with all that SQLite and we keep beside it; the lock's file stays with its holder. */
export function eraseDatabase(path: string, copies: readonly string[]): void {
  releaseHeaders(path);
  for (const suffix of ['', '-wal', '-shm', '-journal']) eraseFile(`${path}${suffix}`);
  for (const copy of copies) eraseFile(copy);
}
