// The batch worker: a thread that hosts the store, the one writer. Its calls are synchronous, so they are answered one
// after the other; only imports, one at a time, go on beside the others. The store is closed after the last of them.
import type { CallHooks } from './call-hooks.ts';
import { CombineLists, startCombining } from './combine/combine-lists.ts';
import { ImportQueue } from './intake/import-queue.ts';
import { serveCalls } from './serve-calls.ts';
import { Store } from './store/store.ts';
import type { ClaimOptions, CommitAck, ImportOptions, ListId } from './interface.ts';
import type { PackedBatch } from './packed/packed-batch.ts';
import { packClaims } from './packed/packed-claims.ts';
import { CARE_METHODS, COMBINE_METHODS, JOB_METHODS, type StoreMethod } from './protocol.ts';
import type { StoreCombineApi } from './store-combine.ts';
import type { StoreCareApi } from './store-care.ts';
import type { StoreJobsApi } from './store-jobs.ts';

serveCalls((dir, { recover = false }) => {
  const store = new Store(dir, { recover });
  const imports = new ImportQueue(store);
  const combine = new CombineLists(store.places, () => startCombining(dir));
  return (name) => {
    if (name === 'importList') return ([options], hooks) => imports.add(options as ImportOptions, hooks);
    if (isCombine(name)) {
      const method = combine[name].bind(combine) as (options: unknown, hooks: CallHooks<unknown>) => Promise<unknown>;
      return ([options], hooks) => imports.inTurn(() => method(options, hooks));
    }
    if (name === 'close') {
      return async () => {
        await imports.idle();
        store.close();
      };
    }
    if (isCare(name)) return (args) => (store.care[name] as (...args: readonly unknown[]) => unknown).apply(store.care, [...args]);
    if (isJob(name)) return (args) => (store.jobs[name] as (...args: readonly unknown[]) => unknown).apply(store.jobs, [...args]);
    const method = store[name as Exclude<StoreMethod, 'importList' | keyof StoreCareApi | keyof StoreCombineApi | keyof StoreJobsApi>].bind(store) as (...args: readonly unknown[]) => unknown;
    if (name === 'commit') return ([batch]) => timed(() => store.commitPacked(batch as PackedBatch));
    if (name === 'claim') return ([listId, options]) => packClaims(listId as ListId, store.claim(listId as ListId, options as ClaimOptions));
    return (args) => method(...args);
  };
});

function isCare(name: string): name is keyof StoreCareApi {
  return name in CARE_METHODS;
}

function isCombine(name: string): name is keyof StoreCombineApi {
  return name in COMBINE_METHODS;
}

function isJob(name: string): name is keyof StoreJobsApi {
  return name in JOB_METHODS;
}

/** The caller sees the time until the answer; what is not the writer's own was the wait for its turn. */
function timed(commit: () => CommitAck): CommitAck {
  const startedMs = performance.now();
  const ack = commit();
  return { ...ack, tookMs: performance.now() - startedMs };
}
