// The address lists: what is in force, and a file of the user's in the place of one. The page knows the chosen file by an
// id and its name; its path stays in main.
import { basename } from 'node:path';
import type { AddressListChoice } from '../../../../shared/ipc/address-lists.ts';
import type { FileRegistry } from '../../files/file-registry.ts';
import type { AddressListFiles } from '../../lists/address-list-files.ts';
import type { Handlers } from '../dispatch.ts';

export interface AddressListHandlerOptions {
  readonly addressLists: AddressListFiles;
  readonly files: FileRegistry;
  /** Shows the open dialog. */
  readonly askForListFile: () => Promise<string | null>;
}

type AddressListChannel = 'addressLists.get' | 'addressLists.choose' | 'addressLists.take' | 'addressLists.remove';

/** Faulty lines that are told one by one. */
const SHOWN_PROBLEMS = 5;

export function addressListHandlers({ addressLists, files, askForListFile }: AddressListHandlerOptions): Pick<Handlers, AddressListChannel> {
  return {
    'addressLists.get': () => addressLists.state(),
    'addressLists.choose': async ({ kind }): Promise<AddressListChoice> => {
      const path = await askForListFile();
      if (path === null) return { outcome: 'cancelled' };
      const { fileId } = await files.register(path);
      const { entries, problems, badLines } = addressLists.examine(kind, path);
      if (badLines > 0) {
        const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ line, problem }) => ({ line, problem }));
        return { outcome: 'faulty', fileId, name: basename(path), entries: entries.length, problems: shown, problemCount: badLines };
      }
      await addressLists.take(kind, path);
      return { outcome: 'taken', state: addressLists.state() };
    },
    'addressLists.take': async ({ kind, fileId }) => {
      await addressLists.take(kind, files.source(fileId).path);
      return addressLists.state();
    },
    'addressLists.remove': async ({ kind }) => {
      await addressLists.remove(kind);
      return addressLists.state();
    },
  };
}
