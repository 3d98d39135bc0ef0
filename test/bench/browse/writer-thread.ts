// The writer of the `browse` benchmark, in a thread of its own as a run is beside the window's: commits verdicts as fast as
// the store takes them, two batches at a time, until the list is done. Ends by itself.
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../../../electron/worker/client.ts';
import { judge, type JudgeTask } from './make-list.ts';

const { dir, workerPath, listId } = workerData as JudgeTask;
const store = await openStore({ dir, workerPath });
parentPort?.postMessage({ type: 'began' });
const startedMs = performance.now();
const verdicts = await judge(store, listId);
const tookMs = performance.now() - startedMs;
await store.close();
parentPort?.postMessage({ type: 'done', verdicts, perSecond: Math.round((verdicts / tookMs) * 1_000) });
