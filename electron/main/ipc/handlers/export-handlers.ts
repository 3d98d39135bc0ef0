// Exports: how many rows, where to, and the work itself. Written only where the save dialog said.
import { basename } from 'node:path';
import { UserError } from '../../../../shared/errors.ts';
import type { ListSummary } from '../../../worker/interface.ts';
import type { ReaderClient } from '../../../worker/reader-client.ts';
import type { FileRegistry } from '../../files/file-registry.ts';
import type { EngineHost } from '../../lists/engine-host.ts';
import type { Handlers } from '../dispatch.ts';

export interface ExportHandlerOptions {
  readonly host: EngineHost;
  readonly files: FileRegistry;
  readonly reader: Pick<ReaderClient, 'exportCount'>;
  /** Shows the save dialog. */
  readonly askForExportPath: (listName: string, sourcePath: string) => Promise<string | null>;
  /** Shows a file in its folder. */
  readonly show: (path: string) => void;
}

type ExportChannel = 'export.count' | 'export.choose' | 'export.start' | 'export.cancel' | 'export.show';

export function exportHandlers({ host, files, reader, askForExportPath, show }: ExportHandlerOptions): Pick<Handlers, ExportChannel> {
  function listOf(listId: number): ListSummary {
    const list = host.summaryOf(listId);
    if (list === undefined) throw new UserError('ListNotFound', `There is no list ${String(listId)}.`);
    return list;
  }
  return {
    'export.count': async ({ listId, statuses }) => ({ rows: await reader.exportCount(listId, statuses) }),
    'export.choose': async ({ listId }) => {
      const { name, sourcePath } = listOf(listId);
      const path = await askForExportPath(name, sourcePath);
      return path === null ? null : { targetId: files.registerTarget(path), name: basename(path) };
    },
    'export.start': ({ listId, statuses, targetId, spreadsheetSafe, words }) => {
      const outPath = files.targetPath(targetId);
      const options = { listId, outPath, spreadsheetSafe, words, ...(statuses === undefined ? {} : { statuses }) };
      return { exportId: host.exports.start(options, listOf(listId).counters.rows) };
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
