// Whether a file that is open is still where it was. A drive that was removed, or a folder that was moved or deleted, takes
// nothing away from a process that has the file open: it would go on writing to a place that nobody may ever see again.
import { statSync } from 'node:fs';
import { UserError } from '../../../shared/errors.ts';

export class PresentFile {
  readonly #path: string;
  readonly #place: string | null;

  /** `path`: absolute; open, and there. */
  constructor(path: string) {
    this.#path = path;
    this.#place = placeOf(path);
  }

  /** Throws StoreUnwritable, retryable; what the file system throws for a folder that cannot be looked into. */
  mustBeThere(): void {
    const now = placeOf(this.#path);
    if (now === this.#place && now !== null) return;
    throw new UserError(
      'StoreUnwritable',
      `${this.#path} is not there any more: the drive was removed, or the folder was moved or deleted. Nothing that was told is lost with it; put it back and go on.`,
      { retryable: true },
    );
  }
}

/** Which file it is, whatever it is called. */
function placeOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : `${String(stats.dev)} ${String(stats.ino)}`;
}
