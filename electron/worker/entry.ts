// The batch worker: a thread that hosts the store, the one writer. Its calls are synchronous, so they are answered one
// after the other.
import { serveCalls } from './serve-calls.ts';
import { Store } from './store/store.ts';
import type { CommitAck } from './interface.ts';
import type { PackedBatch } from './packed/packed-batch.ts';
import type { StoreMethod } from './protocol.ts';

serveCalls((dir) => {
  const store = new Store(dir);
  return (name) => {
    const method = store[name as StoreMethod].bind(store) as (...args: readonly unknown[]) => unknown;
    const long = name === 'importList' || name === 'exportList';
    if (name === 'commit') return ([batch]) => timed(() => store.commitPacked(batch as PackedBatch));
    return (args, hooks) => method(...args, ...(long ? [hooks] : []));
  };
});

/** The caller sees the time until the answer; what is not the writer's own was the wait for its turn. */
function timed(commit: () => CommitAck): CommitAck {
  const startedMs = performance.now();
  const ack = commit();
  return { ...ack, tookMs: performance.now() - startedMs };
}
