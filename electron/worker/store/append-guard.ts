// Lists to which a file is being appended just now: nobody else of this process writes to them, hides or deletes them
// meanwhile. (The list's lock keeps other processes away.)
import { UserError } from '../../../shared/errors.ts';
import { enCombine as words } from '../../../shared/words/en-combine.ts';
import type { ListId } from '../interface.ts';

export class AppendGuard {
  readonly #names = new Map<ListId, string>();

  has(listId: ListId): boolean {
    return this.#names.has(listId);
  }

  begin(listId: ListId, name: string): void {
    this.#names.set(listId, name);
  }

  end(listId: ListId): void {
    this.#names.delete(listId);
  }

  /** Throws StoreInUse. */
  check(listId: ListId): void {
    const name = this.#names.get(listId);
    if (name !== undefined) throw new UserError('StoreInUse', words.errors.combining(name), { retryable: true });
  }
}
