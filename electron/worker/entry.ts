// The batch worker: a thread that hosts the store, the one writer. Its calls are synchronous, so they are answered one
// after the other.
import { serveCalls } from './serve-calls.ts';
import { Store } from './store/store.ts';
import type { StoreMethod } from './protocol.ts';

serveCalls((dir) => {
  const store = new Store(dir);
  return (name) => {
    const method = store[name as StoreMethod].bind(store) as (...args: readonly unknown[]) => unknown;
    const long = name === 'importList' || name === 'exportList';
    return (args, hooks) => method(...args, ...(long ? [hooks] : []));
  };
});
