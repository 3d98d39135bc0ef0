// The combining thread: started for one append, merge or split, and ended after it, so that no commit of a running list
// waits for any of it.
import { serveCalls } from '../serve-calls.ts';
import { Combiner } from './combiner.ts';

serveCalls(() => {
  const combiner = new Combiner();
  return (name) => {
    const method = combiner[name as keyof Combiner].bind(combiner) as (...args: readonly unknown[]) => unknown;
    return (args, hooks) => method(...args, hooks);
  };
});
