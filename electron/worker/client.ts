// The store as promises: starts the batch worker and calls the store in it. The methods are derived from `StoreApi`.
// Calls are answered in the order in which they were made. If the worker dies, every open call and all later ones
// are rejected with why; nothing waits for ever.
import { Worker } from 'node:worker_threads';
import { UserError } from '../../shared/errors.ts';
import type { ExportProgress } from './export/export-rows.ts';
import type { ImportProgress, StoreApi } from './interface.ts';
import { STORE_METHODS, type StoreFailure, type StoreMessage, type StoreMethod, type StoreRequest, type StoreWorkerData } from './protocol.ts';

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

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: unknown) => void) | null;
}

/** Rejects with StoreNewer, StoreDamaged, StoreUnwritable or DiskFull, or a plain error if the worker cannot run. */
export async function openStore(options: OpenStoreOptions): Promise<StoreClient> {
  const connection = new Connection(options);
  await connection.opened;
  const methods = STORE_METHODS.map((method) => [method, (...args: unknown[]) => connection.call(method, args)] as const);
  const long =
    (method: StoreMethod) =>
    (call: unknown, onProgress?: (progress: never) => void, signal?: AbortSignal): Promise<unknown> =>
      connection.call(method, [call], (onProgress as ((progress: unknown) => void) | undefined) ?? null, signal);
  const close = (): Promise<void> => connection.close();
  return { ...Object.fromEntries(methods), importList: long('importList'), exportList: long('exportList'), close } as unknown as StoreClient;
}

class Connection {
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  #settleOpened: (failure: Error | null) => void = () => undefined;
  #nextId = 1;
  /** Why no call can be made any more, or null. */
  #ended: string | null = null;

  constructor({ dir, workerPath }: OpenStoreOptions) {
    this.opened = new Promise((resolve, reject) => {
      this.#settleOpened = (failure) => {
        if (failure === null) resolve();
        else reject(failure);
      };
    });
    const workerData: StoreWorkerData = { dir };
    this.#worker = new Worker(workerPath, { workerData, name: 'winnow-store' });
    this.#worker.on('message', (message: StoreMessage) => {
      this.#receive(message);
    });
    this.#worker.on('error', (error) => {
      this.#end(`The store's worker stopped: ${error instanceof Error ? error.message : String(error)}`);
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#end(`The store's worker stopped (exit code ${String(code)}).`);
        resolve();
      });
    });
  }

  call(method: StoreMethod, args: readonly unknown[], onProgress: ((progress: unknown) => void) | null = null, signal?: AbortSignal): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(new Error(this.#ended));
    const cancel = signal === undefined ? null : new SharedArrayBuffer(4);
    const flag = cancel === null ? null : new Int32Array(cancel);
    const onAbort = (): void => {
      if (flag !== null) Atomics.store(flag, 0, 1);
    };
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort);
    const id = this.#nextId++;
    const result = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress });
    });
    const request: StoreRequest = { id, method, args, cancel };
    this.#worker.postMessage(request);
    return result.finally(() => {
      signal?.removeEventListener('abort', onAbort);
    });
  }

  /** After the calls made before; resolves when the thread has ended. Closing twice is fine. */
  async close(): Promise<void> {
    if (this.#ended === null) {
      const closing = this.call('close', []);
      this.#ended = 'The store is closed.';
      await closing;
    }
    await this.#exited;
  }

  #receive(message: StoreMessage): void {
    if (message.type === 'opened') {
      this.#settleOpened(message.failure === null ? null : errorOf(message.failure));
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.type === 'progress') {
      pending.onProgress?.(message.progress);
      return;
    }
    this.#pending.delete(message.id);
    if (message.type === 'result') pending.resolve(message.result);
    else pending.reject(errorOf(message.failure));
  }

  #end(why: string): void {
    this.#ended ??= why;
    const error = new Error(why);
    this.#settleOpened(error);
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}

function errorOf(failure: StoreFailure): Error {
  if (failure.kind === 'user') return new UserError(failure.error.code, failure.error.message, { retryable: failure.error.retryable });
  const error = new Error(failure.message);
  error.stack = failure.stack;
  return error;
}
