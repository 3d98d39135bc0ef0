// Appending, merging and splitting in the caller's own thread: the product's own work, with only the thread left out.
import { NO_HOOKS } from '../../electron/worker/call-hooks.ts';
import { CombineLists, type CombineThread } from '../../electron/worker/combine/combine-lists.ts';
import { Combiner } from '../../electron/worker/combine/combiner.ts';
import type { Store } from '../../electron/worker/store/store.ts';

export function combineHere(store: Store): CombineLists {
  return new CombineLists(store.places, startHere);
}

function startHere(): CombineThread {
  const combiner = new Combiner();
  return {
    opened: Promise.resolve(),
    call: async (method, args) => {
      const work = combiner[method as keyof Combiner].bind(combiner) as (...given: readonly unknown[]) => unknown;
      return structuredClone(await work(...structuredClone(args), NO_HOOKS));
    },
    close: () => {
      combiner.close();
      return Promise.resolve();
    },
  };
}
