// The reader as promises: starts the reader thread and calls it. The methods are derived from `ReaderApi`.
// Open the store first: it is what makes and migrates the databases that are read here.
import { READER_METHODS, type ReaderMethod } from './protocol.ts';
import type { ReaderApi } from './reader/reader-api.ts';
import { ThreadConnection } from './thread-connection.ts';

export type ReaderClient = {
  readonly [M in ReaderMethod]: (...args: Parameters<ReaderApi[M]>) => Promise<Awaited<ReturnType<ReaderApi[M]>>>;
};

export interface OpenReaderOptions {
  /** Absolute path of the store's folder. */
  readonly dir: string;
  /** The reader's program: the built `reader.cjs`, or `reader-entry.ts` under a Node that runs it. */
  readonly workerPath: string;
}

/** Rejects with StoreNewer, StoreDamaged, StoreInUse or StoreUnwritable, or a plain error if the worker cannot run. */
export async function openReader({ dir, workerPath }: OpenReaderOptions): Promise<ReaderClient> {
  const connection = new ThreadConnection({ what: 'The reader', name: 'winnow-reader', workerPath, data: { dir } });
  await connection.opened;
  const methods = READER_METHODS.map((method) => [method, (...args: unknown[]) => connection.call(method, args)] as const);
  const close = (): Promise<void> => connection.close();
  return { ...Object.fromEntries(methods), close } as unknown as ReaderClient;
}
