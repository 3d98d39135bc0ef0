import { describe, expect, it } from 'vitest';
import { warmUp } from '../../../electron/engine/dns/warm-up.ts';

describe('warmUp', () => {
  it('reads what is stored in one call, and looks each domain up once, with half of the places', async () => {
    const bulk: number[] = [];
    const started: string[] = [];
    const ends: (() => void)[] = [];
    let running = 0;
    let peak = 0;
    const done = warmUp(['A.test', 'a.test.', ...Array.from({ length: 30 }, (_, index) => `n${index}.test`)], {
      cache: { getMany: (questions) => { bulk.push(questions.length); return Promise.resolve([]); } },
      lookup: (domain) => {
        started.push(domain);
        running += 1;
        peak = Math.max(peak, running);
        return new Promise((resolve) => ends.push(() => { running -= 1; resolve({ kind: 'no_mail_server' }); }));
      },
      concurrency: 9,
    });
    const finished = done.then(() => true);
    while (started.length < 31 || ends.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const end of ends.splice(0)) end();
    }
    expect(await finished).toBe(true);
    expect(bulk).toEqual([31]);
    expect(new Set(started).size).toBe(31);
    expect(peak).toBe(4);
  });

  it('does nothing for no domains', async () => {
    await warmUp([], { cache: { getMany: () => Promise.resolve([]) }, lookup: () => Promise.reject(new Error('asked')), concurrency: 1 });
  });
});
