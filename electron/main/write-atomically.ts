// Writes a file all or nothing: under another name beside it, synced, then renamed over it. Whoever reads it sees the old
// one or the new one. Rejects with the system's error; then nothing has changed and nothing is left behind.
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface WriteOptions {
  /** Modification time that the file gets, epoch milliseconds; now if absent. */
  readonly modifiedMs?: number;
}

/** `content`: text, or its pieces in order. The file is the user's alone (mode 0600). */
export async function writeAtomically(path: string, content: string | Iterable<string>, options: WriteOptions = {}): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      for (const piece of typeof content === 'string' ? [content] : content) await file.write(piece);
      if (options.modifiedMs !== undefined) await file.utimes(new Date(), new Date(options.modifiedMs));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes the rename itself survive a power cut. Windows cannot open a folder, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // the file is complete under its name either way
  }
}
