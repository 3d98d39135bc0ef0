// The imports of a store, one at a time, in the order in which they were asked for: two at once would only take turns
// at the disk, and hold the memory of two.
import type { CallHooks } from '../call-hooks.ts';
import type { ImportOptions, ImportProgress, ImportReport } from '../interface.ts';
import type { ImportTarget } from './import-dialogue.ts';
import { importFile } from './import-file.ts';

export class ImportQueue {
  readonly #target: ImportTarget;
  #last: Promise<unknown> = Promise.resolve();

  constructor(target: ImportTarget) {
    this.#target = target;
  }

  /** Rejects as `importFile` does; one that fails does not keep the next one from its turn. */
  add(options: ImportOptions, hooks: CallHooks<ImportProgress>): Promise<ImportReport> {
    return this.inTurn(() => importFile(this.#target, options, hooks));
  }

  /** Other work that writes whole lists, in its turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when every import asked for so far is over. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
