// Puts files and the names of files on disk, so that they survive a power cut (fsync, also of the folder).
import { closeSync, fsyncSync, openSync } from 'node:fs';

/** No SQLite connection of this process may have the file open: closing it here would drop SQLite's locks (POSIX). */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** After a rename, a new file or a deletion in `folder`. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
