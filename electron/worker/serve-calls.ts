// The answering side of a worker thread: opens its host and answers its client's calls, begun in the order in which
// they came. Whatever a call throws goes back as data; the thread itself only ends by `close`, or by a defect outside
// of a call.
import { parentPort, workerData } from 'node:worker_threads';
import type { CallHooks } from './call-hooks.ts';
import type { ThreadData, ThreadMessage, ThreadRequest } from './protocol.ts';
import { failureOf } from './thread-failure.ts';

/** At most ten a second, however many a call gives. */
const PROGRESS_EVERY_MS = 100;

/** A call of the host: what it gives, or a promise of it. */
export type Call = (args: readonly unknown[], hooks: CallHooks<unknown>) => unknown;

/** Answers the calls that arrive at this thread. `open` gives the host's methods by name. */
export function serveCalls(open: (dir: string, data: ThreadData) => (method: string) => Call): void {
  if (parentPort === null) throw new Error('This program must run as a worker thread.');
  const port = parentPort;
  const post = (message: ThreadMessage): void => {
    port.postMessage(message);
  };
  let callOf: (method: string) => Call;
  try {
    const data = workerData as ThreadData;
    callOf = open(data.dir, data);
  } catch (error) {
    post({ type: 'opened', failure: failureOf(error) });
    port.close();
    return;
  }
  port.on('message', (request: ThreadRequest) => {
    void answer(request, callOf, post).finally(() => {
      if (request.method === 'close') port.close();
    });
  });
  post({ type: 'opened', failure: null });
}

async function answer(request: ThreadRequest, callOf: (method: string) => Call, post: (message: ThreadMessage) => void): Promise<void> {
  const { id, method, args } = request;
  try {
    post({ type: 'result', id, result: await callOf(method)(args, hooksOf(request, post)) });
  } catch (error) {
    post({ type: 'failure', id, failure: failureOf(error) });
  }
}

function hooksOf(request: ThreadRequest, post: (message: ThreadMessage) => void): CallHooks<unknown> {
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
