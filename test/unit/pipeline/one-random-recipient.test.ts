// A domain is asked about somebody who cannot exist once while the answer is fresh, over all claims, retries and runs.
import { describe, expect, it } from 'vitest';
import { startRun } from '../../../electron/engine/run/run.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { fakePool, fakeResolver, oneHost } from '../../lab/fake-network.ts';
import { createManualClock } from '../../lab/manual-clock.ts';
import { createMemoryStore } from '../../lab/memory-store.ts';

const DAY_MS = 86_400_000;
const settings = settingsSchema.parse({ identity: { mailFrom: 'verify@helo.test' }, batch: { maxVerdicts: 5, maxDelayMs: 1 }, smtp: { maxConnectionsPerDestination: 4 } });

describe('the random recipient', () => {
  it('is asked about once a domain a day, over several claims of a run and several runs', async () => {
    const domains = ['a.test', 'b.test', 'c.test'];
    const store = createMemoryStore(domains.flatMap((domain) => Array.from({ length: 60 }, (_, i) => `user${String(i)}@${domain}`)));
    // Small claims: a domain comes back again and again.
    const inPieces = { ...store, claim: (...[listId, options]: Parameters<typeof store.claim>) => store.claim(listId, { ...options, maxAddressesPerDomain: 7 }) };
    const clock = createManualClock();
    const randoms: string[] = [];
    const asked = new Map<string, number>();
    const answer = (recipient: string): string => {
      if (!recipient.startsWith('user')) {
        randoms.push(recipient);
        return '550 5.1.1 User unknown';
      }
      const times = (asked.get(recipient) ?? 0) + 1;
      asked.set(recipient, times);
      return times === 1 && /user\d*[05]@/.test(recipient) ? '450 4.7.1 Greylisted, come back later' : '250 2.1.5 Ok';
    };
    const runOnce = async () => {
      const run = startRun({
        store: inPieces, listId: 1, settings, clock, wait: false,
        resolver: fakeResolver((domain) => oneHost(`mx.${domain}`, '127.0.0.1')),
        pool: fakePool({ answer }),
      });
      const turn = () => new Promise<null>((resolve) => setImmediate(resolve, null));
      let outcome = await Promise.race([run.done, turn()]);
      for (; outcome === null; outcome = await Promise.race([run.done, turn()])) clock.advance(1);
      expect(outcome.kind).toBe('done');
    };
    await runOnce();
    expect(randoms.map((recipient) => recipient.split('@')[1]).sort()).toEqual(domains);
    clock.advance(3_600_000);
    await runOnce();
    expect((await store.counters(1)).byReason).toEqual({ accepted: 180 });
    expect(asked.size).toBe(180);
    expect(randoms).toHaveLength(3);
    store.reopenAll();
    clock.advance(2 * DAY_MS);
    await runOnce();
    // What it was told is old by then.
    expect(randoms).toHaveLength(6);
  });
});
