// Where the programs of the store's threads lie beside the program that hosts them: built, or as source when it is run
// straight from the checkout. The built host is `dist/main` or `dist/headless`, the source is this folder; both have the
// worker's folder beside them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The batch worker: the one writer. */
export function workerPath(): string {
  return programPath('entry');
}

/** The reader: pages, counts and previews. */
export function readerPath(): string {
  return programPath('reader');
}

function programPath(name: 'entry' | 'reader'): string {
  const built = join(import.meta.dirname, `../worker/${name}.cjs`);
  return existsSync(built) ? built : join(import.meta.dirname, `../worker/${name === 'entry' ? 'entry' : 'reader-entry'}.ts`);
}
