// The sample list of the practice world, as the build puts it beside this program. It is copied into the user's data
// folder before it is imported: inside a package it is no file that the store's thread could read.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Its path and size. */
export async function placeSampleList(userData: string): Promise<{ readonly path: string; readonly sizeBytes: number }> {
  const content = await readFile(join(import.meta.dirname, 'sample-practice.csv'));
  const path = join(userData, 'sample-practice.csv');
  await writeFile(path, content);
  return { path, sizeBytes: content.length };
}
