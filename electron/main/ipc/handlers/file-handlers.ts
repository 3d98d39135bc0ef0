// Files: choosing them, pasting, what is in them, and what becomes of them. The page knows ids; paths stay in main, and
// messages that name one name the file instead.
import { UserError } from '../../../../shared/errors.ts';
import type { ImportPreview, ReadingOptions } from '../../../../shared/ipc/lists.ts';
import { chooseFiles } from '../../files/choose-files.ts';
import type { FileRegistry, Source } from '../../files/file-registry.ts';
import { pasteText } from '../../files/paste-text.ts';
import { withoutPath } from '../../files/without-path.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import type { Handlers } from '../dispatch.ts';

export interface FileHandlerOptions {
  readonly host: EngineHost;
  readonly files: FileRegistry;
  /** What the reader finds in a file, or in a text. */
  readonly previewList: (source: Source, reading: ReadingOptions) => Promise<Omit<ImportPreview, 'file'>>;
  /** Shows the open dialog. */
  readonly askForLists: () => Promise<readonly string[]>;
  readonly readClipboard: () => Promise<string>;
}

type FileChannel = 'files.open' | 'files.register' | 'files.paste' | 'import.preview' | 'import.start' | 'import.startSeveral' | 'import.cancel';

export function fileHandlers({ host, files, previewList, askForLists, readClipboard }: FileHandlerOptions): Pick<Handlers, FileChannel> {
  const takeUp = (fileId: string): void => {
    if (files.takeUp(fileId)) host.changed();
  };
  return {
    'files.open': async () => chooseFiles(files, await askForLists()),
    'files.register': ({ paths }) => chooseFiles(files, paths),
    'files.paste': () => pasteText(files, readClipboard),
    'import.preview': async ({ fileId, reading }) => {
      const source = files.source(fileId);
      takeUp(fileId);
      try {
        return { ...(await previewList(source, reading)), file: source.ref };
      } catch (error) {
        throw error instanceof UserError ? withoutPath(error, source.path) : error;
      }
    },
    'import.start': ({ fileId, reading }) => {
      const { ref, path, text } = files.source(fileId);
      takeUp(fileId);
      return { importId: host.imports.start(path, ref.sizeBytes, reading, text) };
    },
    'import.startSeveral': ({ files: chosen, together }) => {
      const sources = chosen.map(({ fileId, reading }) => {
        const { ref, path } = files.source(fileId);
        return { path, sizeBytes: ref.sizeBytes, reading };
      });
      return { importIds: together ? [host.imports.startTogether(sources)] : host.imports.startEach(sources) };
    },
    'import.cancel': ({ importId }) => {
      host.imports.cancel(importId);
      return undefined;
    },
  };
}
