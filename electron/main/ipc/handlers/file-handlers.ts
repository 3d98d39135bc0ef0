// Files: choosing them, what is in them, and what becomes of them. The page knows ids; paths stay in main.
import type { FileRef, ImportPreview, ReadingOptions } from '../../../../shared/ipc/lists.ts';
import type { FileRegistry } from '../../files/file-registry.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import type { Handlers } from '../dispatch.ts';

export interface FileHandlerOptions {
  readonly host: EngineHost;
  readonly files: FileRegistry;
  /** What the reader finds in a file. */
  readonly previewList: (path: string, reading: ReadingOptions) => Promise<Omit<ImportPreview, 'file'>>;
  /** Shows the open dialog. */
  readonly askForList: () => Promise<string | null>;
}

type FileChannel = 'files.open' | 'files.register' | 'import.preview' | 'import.start' | 'import.cancel';

export function fileHandlers({ host, files, previewList, askForList }: FileHandlerOptions): Pick<Handlers, FileChannel> {
  const takeUp = (fileId: string): void => {
    if (files.takeUp(fileId)) host.changed();
  };
  return {
    'files.open': async (): Promise<FileRef | null> => {
      const path = await askForList();
      return path === null ? null : files.register(path);
    },
    'files.register': ({ paths }) => files.registerAll(paths),
    'import.preview': async ({ fileId, reading }) => {
      const { ref, path } = files.source(fileId);
      takeUp(fileId);
      return { ...(await previewList(path, reading)), file: ref };
    },
    'import.start': ({ fileId, reading }) => {
      const { ref, path } = files.source(fileId);
      takeUp(fileId);
      return { importId: host.imports.start(path, ref.sizeBytes, reading) };
    },
    'import.cancel': ({ importId }) => {
      host.imports.cancel(importId);
      return undefined;
    },
  };
}
