import { describe, expect, it } from 'vitest';
import { warmUpEngine } from '../../../electron/engine/run/warm-up-engine.ts';

describe('warmUpEngine', () => {
  it('asks the lists that it is given, once in a process, and leaves the loop to others meanwhile', async () => {
    let asked = 0;
    const lists = {
      flagsOf: () => {
        asked += 1;
        return { flags: [], didYouMean: null };
      },
    };
    const warm = warmUpEngine(lists);
    expect(asked).toBe(0);
    let turns = 0;
    let over = false;
    const count = () => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await warm;
    over = true;
    const first = asked;
    expect(first).toBeGreaterThan(0);
    expect(turns).toBeGreaterThan(20);
    await warmUpEngine(lists);
    expect(asked).toBe(first);
  });
});
