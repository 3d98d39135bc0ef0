// Connections are shared out over destinations: giants that could use all of them make room for whoever has none.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../../electron/engine/pipeline/pipeline.ts';
import type { DomainClaim, VerdictRecord } from '../../../electron/worker/interface.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { fakeResolver, oneHost } from '../../lab/fake-network.ts';
import { createManualClock } from '../../lab/manual-clock.ts';
import { isRandom, strictPool } from './strict-pool.ts';

const CONNECTIONS = 10;
const GIANT = 20_000;
const SMALLS = 1_000;

function claimOf(domainId: number, count: number): DomainClaim {
  const domain = `d${String(domainId)}.test`;
  const addresses = Array.from({ length: count }, (_, i) => ({ rowId: domainId * 100_000 + i, address: `user${String(i)}@${domain}`, attempt: 1, earlier: null }));
  return { listId: 1, domainId, domain, facts: { catchAll: 'not_run', acceptedAny: false, random: null }, addresses };
}

describe('lanes', () => {
  it('of a giant that has them all make room for a thousand small destinations, each after a bounded number of flights', async () => {
    const pool = strictPool({
      connectionsPerTarget: CONNECTIONS, maxFlight: 50, transactions: 100_000, recipientsPerTransaction: 100, errorBudget: 100_000,
      answer: (recipient) => (isRandom(recipient) ? '550 5.1.1 User unknown' : '250 2.1.5 Ok'),
    });
    const verdicts: VerdictRecord[] = [];
    const pipeline = createPipeline({
      pool,
      resolver: fakeResolver((domain) => {
        const id = Number(domain.slice(1, -5));
        return oneHost(`mx.${domain}`, `127.${String(1 + (id >> 8))}.0.${String(id & 255)}`);
      }),
      settings: settingsSchema.parse({ identity: { mailFrom: 'verify@helo.test' }, smtp: { maxConnections: CONNECTIONS, maxConnectionsPerDestination: CONNECTIONS } }),
      clock: createManualClock(),
      practice: false,
      lists: { flagsOf: () => ({ flags: [], didYouMean: null }) },
      onVerdict: (record) => verdicts.push(record),
      onEnded: () => undefined,
      onConnect: () => undefined,
      onDefect: (error) => { throw error; },
    });
    pipeline.submit(claimOf(0, GIANT));
    // The giant has every connection before the first of the others comes.
    for (let i = 0; i < 100; i += 1) {
      await setImmediate();
      pool.endFlight(0);
    }
    await setImmediate();
    expect(pool.size).toBe(CONNECTIONS);
    const before = pool.flights.length;
    for (let id = 1; id <= SMALLS; id += 1) pipeline.submit(claimOf(id, 2));
    do await setImmediate();
    while (pool.endFlight(0));
    expect(verdicts).toHaveLength(GIANT + 2 * SMALLS);
    const giantFlights = pool.flights.map(({ recipients }) => recipients.some((recipient) => recipient.endsWith('@d0.test')));
    const lastSmall = giantFlights.lastIndexOf(false);
    // Those of its flights that are under way, twenty of its last connection, then everybody's turn comes before its next.
    const meanwhile = giantFlights.slice(before, lastSmall).filter(Boolean).length;
    expect(meanwhile).toBeLessThanOrEqual(2 * CONNECTIONS + 20);
    // Its turn comes again when each of the others has had his, and it has all connections once more.
    expect(lastSmall - giantFlights.lastIndexOf(true, lastSmall)).toBeLessThanOrEqual(SMALLS);
    expect(giantFlights.slice(lastSmall).filter(Boolean).length).toBeGreaterThan(100);
  });
});
