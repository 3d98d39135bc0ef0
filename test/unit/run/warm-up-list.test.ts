import { describe, expect, it } from 'vitest';
import { warmUpList } from '../../../electron/engine/run/warm-up-list.ts';
import { createDrivenClock } from '../../integration/dns/driven-clock.ts';

function asking(warmUp: (domains: readonly string[]) => Promise<void>) {
  const asked: string[] = [];
  const clock = createDrivenClock();
  const store = { commonDomains: (listId: number, count: number) => Promise.resolve(Array.from({ length: Math.min(count, 3) }, (_, index) => `l${listId}n${index}.test`)) };
  const resolver = { warmUp: (domains: readonly string[]) => { asked.push(...domains); return warmUp(domains); } };
  return { asked, clock, options: { store, resolver, listId: 7, clock } };
}

describe('warmUpList', () => {
  it('looks up the commonest domains and goes on when they are known', async () => {
    const { asked, clock, options } = asking(() => Promise.resolve());
    await warmUpList(options);
    expect(asked).toEqual(['l7n0.test', 'l7n1.test', 'l7n2.test']);
    expect(clock.timers).toBe(0);
  });

  it('waits a second at most', async () => {
    const { clock, options } = asking(() => new Promise<void>(() => undefined));
    let over = false;
    const done = warmUpList(options).then(() => { over = true; });
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(over).toBe(false);
    clock.advance(1);
    await done;
  });

  it('leaves trouble of the store to the run, and needs no store that counts', async () => {
    const { clock, options } = asking(() => Promise.resolve());
    await warmUpList({ ...options, store: { commonDomains: () => Promise.reject(new Error('gone')) } });
    await warmUpList({ ...options, store: {} });
    expect(clock.timers).toBe(0);
  });
});
