// The batch worker: a thread that hosts the store and answers its client's calls one after the other.
// Whatever a call throws goes back as data; the thread itself only ends by `close`, or by a defect outside of a call.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { UserError } from '../../shared/errors.ts';
import type { CallHooks } from './call-hooks.ts';
import type { StoreFailure, StoreMessage, StoreRequest, StoreWorkerData } from './protocol.ts';
import { Store } from './store/store.ts';

/** At most ten a second, however many the store gives. */
const PROGRESS_EVERY_MS = 100;

function failureOf(error: unknown): StoreFailure {
  if (error instanceof UserError) return { kind: 'user', error: { code: error.code, message: error.message, retryable: error.retryable } };
  const defect = error instanceof Error ? error : new Error(String(error));
  return { kind: 'defect', message: defect.message, stack: defect.stack ?? '' };
}

function hooksOf(request: StoreRequest, post: (message: StoreMessage) => void): CallHooks<unknown> {
  const flag = request.cancel === null ? null : new Int32Array(request.cancel);
  let nextAtMs = 0;
  return {
    progress(progress) {
      const nowMs = performance.now();
      if (nowMs < nextAtMs) return;
      nextAtMs = nowMs + PROGRESS_EVERY_MS;
      post({ type: 'progress', id: request.id, progress });
    },
    cancelled: () => flag !== null && Atomics.load(flag, 0) === 1,
  };
}

function serve(port: MessagePort, dir: string): void {
  const post = (message: StoreMessage): void => {
    port.postMessage(message);
  };
  let store: Store;
  try {
    store = new Store(dir);
  } catch (error) {
    post({ type: 'opened', failure: failureOf(error) });
    port.close();
    return;
  }
  port.on('message', (request: StoreRequest) => {
    try {
      const method = store[request.method].bind(store) as (...args: readonly unknown[]) => unknown;
      const long = request.method === 'importList' || request.method === 'exportList';
      const result = method(...request.args, ...(long ? [hooksOf(request, post)] : []));
      post({ type: 'result', id: request.id, result });
    } catch (error) {
      post({ type: 'failure', id: request.id, failure: failureOf(error) });
    }
    if (request.method === 'close') port.close();
  });
  post({ type: 'opened', failure: null });
}

if (parentPort === null) throw new Error('The batch worker must run as a worker thread.');
serve(parentPort, (workerData as StoreWorkerData).dir);
