// The store as promises: starts the batch worker and calls the store in it. The methods are derived from `StoreCalls`.
// Calls are answered in the order in which they were made, but for imports, which go on beside; `thread-connection` says what happens when the worker dies.
import { exportClient, type ExportClient } from './export/export-client.ts';
import type { ClaimOptions, DomainClaim, ImportProgress, ListId, VerdictBatch } from './interface.ts';
import { packBatch } from './packed/pack-batch.ts';
import { unpackClaims, type PackedClaims } from './packed/packed-claims.ts';
import type { CombineProgress, StoreCombineApi } from './store-combine.ts';
import { STORE_METHODS, type StoreCalls, type StoreMethod } from './protocol.ts';
import { ThreadConnection } from './thread-connection.ts';

type Calls = { readonly [M in StoreMethod]: (...args: Parameters<StoreCalls[M]>) => Promise<Awaited<ReturnType<StoreCalls[M]>>> };

/** Called at most ten times a second; a signal cancels the call, which then rejects with `Cancelled` and leaves nothing. */
type LongCall<M extends 'importList' | keyof StoreCombineApi, Progress> = (
  options: Parameters<StoreCalls[M]>[0],
  onProgress?: (progress: Progress) => void,
  signal?: AbortSignal,
) => ReturnType<Calls[M]>;

export interface StoreClient extends Omit<Calls, 'importList' | keyof StoreCombineApi>, Pick<ExportClient, 'exportList' | 'summaryPage' | 'writeExport'> {
  readonly importList: LongCall<'importList', ImportProgress>;
  readonly appendFile: LongCall<'appendFile', CombineProgress>;
  readonly mergeLists: LongCall<'mergeLists', CombineProgress>;
  readonly splitList: LongCall<'splitList', CombineProgress>;
}

export interface OpenStoreOptions {
  /** Absolute path of the store's folder; made if missing. */
  readonly dir: string;
  /** The batch worker's program: the built `entry.cjs`, or `entry.ts` under a Node that runs it. */
  readonly workerPath: string;
  /** A damaged library is set aside, and its last copy put in its place. */
  readonly recover?: boolean;
}

/** Rejects with StoreNewer, StoreDamaged, StoreUnwritable or DiskFull, or a plain error if the worker cannot run. */
export async function openStore({ dir, workerPath, recover = false }: OpenStoreOptions): Promise<StoreClient> {
  const connection = new ThreadConnection({ what: 'The store', name: 'winnow-store', workerPath, data: { dir, recover } });
  await connection.opened;
  const methods = STORE_METHODS.map((method) => [method, (...args: unknown[]) => connection.call(method, args)] as const);
  const long =
    (method: StoreMethod) =>
    (call: unknown, onProgress?: (progress: never) => void, signal?: AbortSignal): Promise<unknown> =>
      connection.call(method, [call], (onProgress as ((progress: unknown) => void) | undefined) ?? null, signal);
  const commit = async (batch: VerdictBatch): Promise<unknown> => await connection.call('commit', [packBatch(batch)]);
  const claim = async (listId: ListId, options: ClaimOptions): Promise<readonly DomainClaim[]> => {
    return unpackClaims((await connection.call('claim', [listId, options])) as PackedClaims);
  };
  // Beside the writer, in threads of their own: the store has migrated what they read.
  const { exportList, summaryPage, writeExport, idle } = exportClient({ dir, workerPath });
  const close = async (): Promise<void> => {
    await idle();
    await connection.close();
  };
  return { ...Object.fromEntries(methods), claim, commit, importList: long('importList'), appendFile: long('appendFile'), mergeLists: long('mergeLists'), splitList: long('splitList'), exportList, summaryPage, writeExport, close } as unknown as StoreClient;
}
