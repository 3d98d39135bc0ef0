import { describe, expect, it } from 'vitest';
import { warmUpEngine } from '../../../electron/engine/run/warm-up-engine.ts';

describe('warmUpEngine', () => {
  it('asks the lists that it is given, once in a process', () => {
    let asked = 0;
    const lists = {
      flagsOf: () => {
        asked += 1;
        return { flags: [], didYouMean: null };
      },
    };
    warmUpEngine(lists);
    const first = asked;
    expect(first).toBeGreaterThan(0);
    warmUpEngine(lists);
    expect(asked).toBe(first);
  });
});
