// The calling side of the exporting thread: starts one for each call and ends it. Its program lies beside the batch
// worker's, built or as source.
import { dirname, join } from 'node:path';
import { ThreadConnection } from '../thread-connection.ts';
import type { ExportOptions, ExportProgress, ExportReport, ExportTo } from './export-api.ts';

/** Rows are garbage as soon as they are written: more only costs memory. */
const YOUNG_GENERATION_MB = 16;

export interface ExportClient {
  /** A signal cancels the export, which then rejects with `Cancelled` and leaves nothing. Progress: ten times a second at most. */
  readonly exportList: (options: ExportOptions, onProgress?: (progress: ExportProgress) => void, signal?: AbortSignal) => Promise<ExportReport>;
  /** The one-page summary of a list as HTML. */
  readonly summaryPage: (listId: number, onProgress?: (progress: ExportProgress) => void, signal?: AbortSignal) => Promise<string>;
  /** Writes a finished file about a list. */
  readonly writeExport: (to: ExportTo, bytes: Uint8Array) => Promise<void>;
  /** Resolves when no export is under way any more. */
  readonly idle: () => Promise<void>;
}

/** `workerPath`: the batch worker's program. */
export function exportClient({ dir, workerPath }: { readonly dir: string; readonly workerPath: string }): ExportClient {
  const folder = dirname(workerPath);
  const program = workerPath.endsWith('.cjs') ? join(folder, 'export.cjs') : join(folder, 'export', 'export-entry.ts');
  const open = new Set<Promise<unknown>>();

  async function call(method: string, args: readonly unknown[], onProgress?: (progress: never) => void, signal?: AbortSignal): Promise<unknown> {
    const connection = new ThreadConnection({ what: 'The export', name: 'winnow-export', workerPath: program, data: { dir }, youngGenerationMb: YOUNG_GENERATION_MB });
    await connection.opened;
    try {
      return await connection.call(method, args, (onProgress as ((progress: unknown) => void) | undefined) ?? null, signal);
    } finally {
      await connection.close();
    }
  }

  async function kept<T>(calling: Promise<unknown>): Promise<T> {
    open.add(calling);
    try {
      return (await calling) as T;
    } finally {
      open.delete(calling);
    }
  }

  return {
    exportList: (options, onProgress, signal) => kept(call('exportList', [options], onProgress, signal)),
    summaryPage: (listId, onProgress, signal) => kept(call('summaryPage', [listId], onProgress, signal)),
    writeExport: (to, bytes) => kept(call('writeExport', [to, bytes])),
    async idle() {
      await Promise.allSettled(open);
    },
  };
}
