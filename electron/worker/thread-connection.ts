// The calling side of a worker thread: starts it, sends calls, hands out results, progress and failures.
// If the thread dies, every open call and all later ones are rejected with why; nothing waits for ever.
import { Worker } from 'node:worker_threads';
import type { ThreadData, ThreadMessage, ThreadRequest } from './protocol.ts';
import { errorOf } from './thread-failure.ts';

export interface ThreadOptions {
  /** Who is talked to, for people: "The store". */
  readonly what: string;
  /** The thread's name in debuggers. */
  readonly name: string;
  /** The thread's program: built, or as source under a Node that runs it. */
  readonly workerPath: string;
  readonly data: ThreadData;
  /** Of its memory for what is soon garbage; V8's own measure if absent. */
  readonly youngGenerationMb?: number;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: unknown) => void) | null;
}

export class ThreadConnection {
  readonly opened: Promise<void>;
  readonly #what: string;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  #settleOpened: (failure: Error | null) => void = () => undefined;
  #nextId = 1;
  /** Why no call can be made any more, or null. */
  #ended: string | null = null;

  constructor({ what, name, workerPath, data, youngGenerationMb }: ThreadOptions) {
    this.opened = new Promise((resolve, reject) => {
      this.#settleOpened = (failure) => {
        if (failure === null) resolve();
        else reject(failure);
      };
    });
    this.#what = what;
    this.#worker = new Worker(workerPath, {
      workerData: data,
      name,
      ...(youngGenerationMb === undefined ? {} : { resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb } }),
    });
    this.#worker.on('message', (message: ThreadMessage) => {
      this.#receive(message);
    });
    this.#worker.on('error', (error) => {
      this.#end(`${what}'s worker stopped: ${error instanceof Error ? error.message : String(error)}`);
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#end(`${what}'s worker stopped (exit code ${String(code)}).`);
        resolve();
      });
    });
  }

  call(method: string, args: readonly unknown[], onProgress: ((progress: unknown) => void) | null = null, signal?: AbortSignal): Promise<unknown> {
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
    const request: ThreadRequest = { id, method, args, cancel };
    this.#worker.postMessage(request);
    return result.finally(() => {
      signal?.removeEventListener('abort', onAbort);
    });
  }

  /** After the calls made before; resolves when the thread has ended. Closing twice is fine. */
  async close(): Promise<void> {
    if (this.#ended === null) {
      const closing = this.call('close', []);
      this.#ended = `${this.#what} is closed.`;
      await closing;
    }
    await this.#exited;
  }

  #receive(message: ThreadMessage): void {
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
