import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainJob } from '../../../electron/engine/pipeline/domain-job.ts';
import { FairTurn } from '../../../electron/engine/pipeline/fair-turn.ts';

type FairTurnJob = DomainJob & { readonly name: string; waiting: number };

const job = (name: string, waiting = 1) => ({ name, waiting }) as unknown as FairTurnJob;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('FairTurn', () => {
  it('goes round and round', () => {
    const turn = new FairTurn();
    const [a, b] = [job('a'), job('b')];
    turn.add(a);
    turn.add(b);
    expect([turn.next(), turn.next(), turn.next()]).toEqual([a, b, a]);
  });

  it('leaves out who has nobody to ask, until he is added again, at the end', () => {
    const turn = new FairTurn();
    const [a, b] = [job('a'), job('b')];
    turn.add(a);
    turn.add(b);
    a.waiting = 0;
    expect([turn.next(), turn.next()]).toEqual([b, b]);
    a.waiting = 1;
    turn.add(a);
    expect([turn.next(), turn.next()]).toEqual([b, a]);
  });

  it('gives nobody two places', () => {
    const turn = new FairTurn();
    const a = job('a');
    turn.add(a);
    turn.add(a);
    turn.add(job('b'));
    turn.next();
    expect(turn.next()).not.toBe(a);
  });

  it('is null where nobody is left, and starts anew', () => {
    const turn = new FairTurn();
    const a = job('a', 0);
    turn.add(a);
    expect(turn.next()).toBeNull();
    a.waiting = 1;
    turn.add(a);
    expect(turn.next()).toBe(a);
  });

  it('keeps no job alive that has had its last turn', async () => {
    const turn = new FairTurn();
    turn.add(job('stays', 1_000));
    let gone: FairTurnJob | null = job('gone');
    turn.add(gone);
    const kept = new WeakRef(gone);
    turn.next();
    turn.next();
    gone.waiting = 0;
    gone = null;
    turn.next();
    turn.next();
    // A WeakRef is cleared only between turns of the loop.
    await setImmediate();
    collectGarbage();
    expect(kept.deref()).toBeUndefined();
  });

  it('passes by nobody who waits twice before all others had their turn, with thousands of jobs coming and going', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 3 }), (visits, lots) => {
        const turn = new FairTurn();
        const jobs = Array.from({ length: lots }, () => visits.map((left, i) => job(String(i), left))).flat();
        for (const one of jobs) if (one.waiting > 0) turn.add(one);
        const since = new Map<DomainJob, number>(jobs.filter(({ waiting }) => waiting > 0).map((one) => [one, 0]));
        for (let next = turn.next(); next !== null; next = turn.next()) {
          for (const one of since.keys()) since.set(one, (since.get(one) ?? 0) + 1);
          expect(since.get(next)).toBeLessThanOrEqual(jobs.length);
          since.set(next, 0);
          (next as { waiting: number }).waiting -= 1;
          if (next.waiting === 0) since.delete(next);
        }
        expect(since.size).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
