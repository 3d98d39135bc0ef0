// Where the batch worker's entry lies beside this program: built, or as source when run straight from the checkout.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export function workerPath(): string {
  const built = join(import.meta.dirname, '../worker/entry.cjs');
  return existsSync(built) ? built : join(import.meta.dirname, '../worker/entry.ts');
}
