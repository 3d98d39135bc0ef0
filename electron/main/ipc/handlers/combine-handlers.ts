// Appending, merging and splitting lists. The page names files by id; paths stay here.
import { UserError } from '../../../../shared/errors.ts';
import type { ReadingOptions } from '../../../../shared/ipc/lists.ts';
import { enCombine } from '../../../../shared/words/en-combine.ts';
import type { AppendOptions } from '../../../worker/store-combine.ts';
import type { FileRegistry } from '../../files/file-registry.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import type { Handlers } from '../dispatch.ts';

type CombineChannel = 'combine.append' | 'combine.merge' | 'combine.split' | 'combine.cancel';

export function combineHandlers({ host, files }: { readonly host: EngineHost; readonly files: FileRegistry }): Pick<Handlers, CombineChannel> {
  return {
    'combine.append': ({ listId, fileId, reading, notIn }) => {
      const { ref, path, text } = files.source(fileId);
      if (files.takeUp(fileId)) host.changed();
      const pasted = text === undefined ? {} : { text };
      return { taskId: host.combine.append({ listId, path, ...pasted, ...given(reading), ...(notIn.length === 0 ? {} : { notIn }) }, ref.sizeBytes) };
    },
    'combine.merge': ({ listIds, name, sourceColumn }) => ({
      taskId: host.combine.merge({ listIds, name, ...(sourceColumn ? { sourceColumn: enCombine.sourceColumn } : {}) }),
    }),
    'combine.split': ({ listId, wish }) => {
      const list = host.summaryOf(listId);
      if (list === undefined) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
      return { taskId: host.combine.split(listId, list.name, wish) };
    },
    'combine.cancel': ({ taskId }) => {
      host.combine.cancel(taskId);
      return undefined;
    },
  };
}

/** What makes two rows one is the list's to say. */
function given({ encoding, delimiter, hasHeader, addressColumn, sheet }: ReadingOptions): Partial<AppendOptions> {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(hasHeader === undefined ? {} : { hasHeader }),
    ...(addressColumn === undefined ? {} : { addressColumn }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}
