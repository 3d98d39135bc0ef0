// The store as promises: starts the batch worker and calls the store in it. The methods are derived from `StoreApi`.
// Calls are answered in the order in which they were made; `thread-connection` says what happens when the worker dies.
import type { ExportProgress } from './export/export-rows.ts';
import type { ImportProgress, StoreApi, VerdictBatch } from './interface.ts';
import { packBatch } from './packed/pack-batch.ts';
import { STORE_METHODS, type StoreMethod } from './protocol.ts';
import { ThreadConnection } from './thread-connection.ts';

type Calls = { readonly [M in StoreMethod]: (...args: Parameters<StoreApi[M]>) => Promise<ReturnType<StoreApi[M]>> };

/** Called at most ten times a second; a signal cancels the call, which then rejects with `Cancelled` and leaves nothing. */
type LongCall<M extends 'importList' | 'exportList', Progress> = (
  options: Parameters<StoreApi[M]>[0],
  onProgress?: (progress: Progress) => void,
  signal?: AbortSignal,
) => Promise<ReturnType<StoreApi[M]>>;

export interface StoreClient extends Omit<Calls, 'importList' | 'exportList'> {
  readonly importList: LongCall<'importList', ImportProgress>;
  readonly exportList: LongCall<'exportList', ExportProgress>;
}

export interface OpenStoreOptions {
  /** Absolute path of the store's folder; made if missing. */
  readonly dir: string;
  /** The batch worker's program: the built `entry.cjs`, or `entry.ts` under a Node that runs it. */
  readonly workerPath: string;
}

/** Rejects with StoreNewer, StoreDamaged, StoreUnwritable or DiskFull, or a plain error if the worker cannot run. */
export async function openStore({ dir, workerPath }: OpenStoreOptions): Promise<StoreClient> {
  const connection = new ThreadConnection({ what: 'The store', name: 'winnow-store', workerPath, data: { dir } });
  await connection.opened;
  const methods = STORE_METHODS.map((method) => [method, (...args: unknown[]) => connection.call(method, args)] as const);
  const long =
    (method: StoreMethod) =>
    (call: unknown, onProgress?: (progress: never) => void, signal?: AbortSignal): Promise<unknown> =>
      connection.call(method, [call], (onProgress as ((progress: unknown) => void) | undefined) ?? null, signal);
  const commit = async (batch: VerdictBatch): Promise<unknown> => await connection.call('commit', [packBatch(batch)]);
  const close = (): Promise<void> => connection.close();
  return { ...Object.fromEntries(methods), commit, importList: long('importList'), exportList: long('exportList'), close } as unknown as StoreClient;
}
