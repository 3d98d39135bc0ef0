// What came of a drop, a dialog or the command line: every file that may be a list, known to the registry, and what was
// passed over with the reason. One that cannot be read never keeps the others out.
// The page is told names within what was chosen, never where that lies. Opens no file.
import { basename, dirname, isAbsolute, relative } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { MAX_FILES, MAX_PASSED_OVER, type ChosenFiles } from '../../../shared/ipc/imports.ts';
import type { FileRef } from '../../../shared/ipc/lists.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import { collectLists } from '../../host/collect-lists.ts';
import type { FileRegistry } from './file-registry.ts';
import { withoutPath } from './without-path.ts';

/** `paths`: absolute, of files and folders. Throws what is wrong with it where there is one and nothing comes of it. */
export async function chooseFiles(registry: FileRegistry, paths: readonly string[]): Promise<ChosenFiles> {
  const files: FileRef[] = [];
  const passedOver: { name: string; why: string }[] = [];
  const seen = new Set<string>();
  let passedOverCount = 0;
  let lastError: UserError | null = null;
  const pass = (name: string, why: string): void => {
    passedOverCount++;
    if (passedOver.length < MAX_PASSED_OVER) passedOver.push({ name, why });
  };
  /** Within what was chosen: `Folder/inner/a.csv`. */
  const within = (chosen: string, path: string): string => relative(dirname(chosen), path);

  for (const chosen of paths) {
    try {
      const { lists, ignored } = await listsIn(chosen);
      for (const { path, why } of ignored) pass(within(chosen, path), why);
      for (const path of lists) {
        if (seen.has(path)) continue;
        seen.add(path);
        if (files.length >= MAX_FILES) pass(within(chosen, path), words.files.tooMany);
        else await add(chosen, path);
      }
    } catch (error) {
      fail(chosen, chosen, error);
    }
  }
  const only = paths.length === 1 ? errorOf() : null;
  if (files.length === 0 && only !== null) throw only;
  return { files, passedOver, passedOverCount };

  /** Set by `fail`, which the compiler does not see. */
  function errorOf(): UserError | null {
    return lastError;
  }

  async function add(chosen: string, path: string): Promise<void> {
    try {
      files.push(await registry.register(path, path === chosen ? undefined : within(chosen, dirname(path))));
    } catch (error) {
      fail(chosen, path, error);
    }
  }

  function fail(chosen: string, path: string, error: unknown): void {
    if (!(error instanceof UserError)) throw error;
    lastError = withoutPath(error, path);
    pass(within(chosen, path), withoutPath(error, path).message);
  }
}

async function listsIn(chosen: string): ReturnType<typeof collectLists> {
  if (!isAbsolute(chosen) || chosen.includes('\0')) throw new UserError('FileUnreadable', words.files.notAFile);
  return await collectLists([chosen]).catch((error: unknown) => {
    // As the registry says it.
    if (error instanceof UserError && error.code === 'FileNotFound') throw new UserError('FileNotFound', words.files.notFound(basename(chosen)), { cause: error });
    throw error;
  });
}
