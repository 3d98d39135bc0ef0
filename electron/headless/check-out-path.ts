// Checks before a long run that its result can be written where the user wants it: an hour later is too late to learn.
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../shared/errors.ts';

/** Throws `BadUsage` if `out` cannot be created or replaced, or is the list itself. Both paths absolute. */
export async function checkOutPath(out: string, listPath: string): Promise<void> {
  const folder = dirname(out);
  const target = await stat(out).catch(() => null);
  if (target?.isDirectory() === true) throw new UserError('BadUsage', `--out ${out} is a folder; name a file in it.`);
  if (target !== null && (await realpath(out)) === (await realpath(listPath).catch(() => listPath))) {
    throw new UserError('BadUsage', `--out ${out} is the list itself; name another file, so that the original stays.`);
  }
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false);
  if (!isFolder) throw new UserError('BadUsage', `--out ${out} cannot be written: there is no folder ${folder}.`);
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new UserError('BadUsage', `--out ${out} cannot be written: the folder ${folder} is not writable.`, { cause });
  }
}
