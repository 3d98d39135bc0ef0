// Where the command line looks for the user's own list files: a folder that was named, which must be there; else the one
// that the app uses, or, with a store of its own, `address-lists` in that store (its `lists` are the databases). A default folder need not be there.
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { storeDir } from './store-dir.ts';

export interface ListsFolder {
  /** Absolute. */
  readonly path: string;
  /** True where the user named it: then it is an error if it is not there. */
  readonly required: boolean;
}

/** `lists`, `store`: what the user named, if anything. */
export function listsFolder(lists: string | undefined, store: string | undefined): ListsFolder {
  if (lists === '') throw new UserError('BadUsage', '--lists needs the name of a folder.');
  if (lists !== undefined) return { path: resolve(lists), required: true };
  const path = store === undefined ? join(dirname(storeDir(undefined)), 'lists') : join(storeDir(store), 'address-lists');
  return { path, required: false };
}
