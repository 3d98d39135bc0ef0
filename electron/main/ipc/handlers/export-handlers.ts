// Exports: how many rows, where to, and the work itself. Written only where the save dialog said.
import { basename } from 'node:path';
import { UserError } from '../../../../shared/errors.ts';
import type { ListSummary } from '../../../worker/interface.ts';
import type { ReaderClient } from '../../../worker/reader-client.ts';
import type { AskExportPath } from '../../files/ask-export-path.ts';
import type { FileRegistry } from '../../files/file-registry.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import type { Handlers } from '../dispatch.ts';

export interface ExportHandlerOptions {
  readonly host: EngineHost;
  readonly files: FileRegistry;
  readonly reader: Pick<ReaderClient, 'exportCount'>;
  /** Shows the save dialog. */
  readonly askForExportPath: (ask: AskExportPath) => Promise<string | null>;
  readonly printPdf: (html: string) => Promise<Uint8Array>;
  /** Shows a file in its folder. */
  readonly show: (path: string) => void;
}

type ExportChannel = 'export.count' | 'export.choose' | 'export.start' | 'export.cancel' | 'export.show';

export function exportHandlers({ host, files, reader, askForExportPath, printPdf, show }: ExportHandlerOptions): Pick<Handlers, ExportChannel> {
  function listOf(listId: number): ListSummary {
    const list = host.summaryOf(listId);
    if (list === undefined) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
    return list;
  }
  return {
    'export.count': async ({ listId, statuses, withoutDuplicates, selection }) => ({ rows: await reader.exportCount(listId, statuses, withoutDuplicates, selection) }),
    'export.choose': async ({ listId, kind, statuses, filePerStatus }) => {
      const { name, sourcePath } = listOf(listId);
      const path = await askForExportPath({ listName: name, sourcePath, kind, statuses, filePerStatus });
      return path === null ? null : { targetId: files.registerTarget(path), name: basename(path) };
    },
    'export.start': ({ listId, targetId, kind, form, selection }) => {
      const outPath = files.targetPath(targetId);
      const { rows } = listOf(listId).counters;
      const exportId =
        kind === 'pdf' ? host.exports.startPdf({ listId, outPath }, rows, printPdf) : host.exports.start({ ...form, format: kind, listId, outPath, ...(selection === undefined ? {} : { selection }) }, rows);
      return { exportId };
    },
    'export.cancel': ({ exportId }) => {
      host.exports.cancel(exportId);
      return undefined;
    },
    'export.show': ({ exportId }) => {
      show(host.exports.pathOf(exportId));
      return undefined;
    },
  };
}
