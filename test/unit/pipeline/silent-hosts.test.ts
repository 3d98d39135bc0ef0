// Hosts that take a connection and stay silent must not hold what the healthy ones need: in simulated time, a run with
// hundreds of them beside healthy destinations that could use every connection.
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../../electron/engine/pipeline/pipeline.ts';
import type { AcquireResult, FlightResult, SmtpPool, SmtpSession } from '../../../electron/engine/smtp/types.ts';
import type { DomainClaim, VerdictRecord } from '../../../electron/worker/interface.ts';
import { settingsSchema } from '../../../shared/settings/schema.ts';
import { replyFromText } from '../../../shared/verdict/reply.ts';
import { fakeResolver, oneHost } from '../../lab/fake-network.ts';
import { createManualClock, type ManualClock } from '../../lab/manual-clock.ts';
import { isRandom } from './strict-pool.ts';

const CONNECTIONS = 100;
/** As many for each connection as three hundred for two hundred. */
const SILENT = 150;
/** Healthy destinations want more than all connections. */
const HEALTHY = 40;
const EACH = 2_000;
const DIAL_MS = 1_000;
/** Slow, so that ten minutes are simulated in few steps. */
const FLIGHT_MS = 10_000;
const GREETING_MS = 60_000;

const domainOf = (id: number) => `d${String(id)}.test`;
const idOf = (domain: string) => Number(domain.slice(1, -5));

function claimOf(domainId: number, count: number): DomainClaim {
  const addresses = Array.from({ length: count }, (_, i) => ({ rowId: domainId * 100_000 + i, address: `user${String(i)}@${domainOf(domainId)}`, attempt: 1, earlier: null }));
  return { listId: 1, domainId, domain: domainOf(domainId), facts: { catchAll: 'not_run', acceptedAny: false, random: null }, addresses };
}

/** `greetsAfterMs`: of the host of that number; infinite for one that never does. */
function simulatedPool(clock: ManualClock, greetsAfterMs: (id: number) => number) {
  const dials = new Map<number, number>();
  const cutShort = new Set<number>();
  let size = 0;
  let peak = 0;
  const after = async (ms: number, signal?: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const cancel = clock.after(ms, () => { resolve(true); });
      signal?.addEventListener('abort', () => {
        cancel();
        resolve(false);
      });
    });
  const pool: SmtpPool & { readonly dials: typeof dials; readonly cutShort: typeof cutShort; readonly peak: number } = {
    dials,
    cutShort,
    get peak() { return peak; },
    get size() { return size; },
    tryAcquire: () => null,
    async acquire(target, { signal } = {}): Promise<AcquireResult> {
      const id = idOf(target.mxHost.slice(3));
      dials.set(id, (dials.get(id) ?? 0) + 1);
      size += 1;
      peak = Math.max(peak, size);
      const greetsMs = greetsAfterMs(id);
      const waited = await after(Math.min(greetsMs, GREETING_MS), signal);
      if (waited && greetsMs < GREETING_MS) return { ok: true, session: session(target) };
      size -= 1;
      if (!waited) cutShort.add(id);
      return { ok: false, failure: { code: waited ? 'Timeout' : 'PoolClosed', stage: 'CONNECT', reply: null, detail: '' } };
    },
    release() { size -= 1; },
    close: () => Promise.resolve(),
  };
  function session(target: SmtpSession['target']): SmtpSession {
    let over = false;
    return {
      target, tls: 'none', pipelining: true, smtputf8: false, openedAtMs: 0, recipientsPerTransaction: 50, errors: 0, recipients: 0, transactionsLeft: 1_000,
      get usable() { return !over; },
      get spent() { return over; },
      get maxFlight() { return over ? 0 : 10; },
      async flight({ recipients }): Promise<FlightResult> {
        await after(FLIGHT_MS);
        return { mail: null, failure: null, replies: recipients.map((recipient) => replyFromText(isRandom(recipient) ? '550 5.1.1 User unknown' : '250 2.1.5 Ok')) };
      },
      check: () => Promise.resolve(true),
      quit() { over = true; },
      destroy() { over = true; },
    };
  }
  return pool;
}

/** Seconds of simulated time until the last healthy address has its verdict, and what came of all. */
async function run({ silent, each = EACH, patience = true, greetsAfterMs = (id) => (id < HEALTHY ? DIAL_MS : Number.POSITIVE_INFINITY) }: { silent: number; each?: number; patience?: boolean; greetsAfterMs?: (id: number) => number }) {
  const clock = createManualClock();
  const pool = simulatedPool(clock, greetsAfterMs);
  const verdicts: VerdictRecord[] = [];
  let healthy = 0;
  let healthyMs = 0;
  const pipeline = createPipeline({
    pool: patience ? pool : { ...pool, acquire: async (target) => pool.acquire(target) },
    resolver: fakeResolver((domain) => oneHost(`mx.${domain}`, `127.7.${String(idOf(domain) >> 8)}.${String(idOf(domain) & 255)}`)),
    settings: settingsSchema.parse({ identity: { mailFrom: 'verify@helo.test' }, smtp: { maxConnections: CONNECTIONS, maxConnectionsPerDestination: 10 } }),
    clock,
    practice: false,
    lists: { flagsOf: () => ({ flags: [], didYouMean: null }) },
    onVerdict: (record, { domainId }) => {
      verdicts.push(record);
      if (domainId >= HEALTHY) return;
      healthy += 1;
      if (healthy === HEALTHY * each) healthyMs = clock.monotonicMs();
    },
    onEnded: () => undefined,
    onConnect: () => undefined,
    onDefect: (error) => { throw error; },
  });
  // The silent ones come first: they have every connection before anybody else is there.
  for (let id = HEALTHY; id < HEALTHY + silent; id += 1) pipeline.submit(claimOf(id, 2));
  for (let id = 0; id < HEALTHY; id += 1) pipeline.submit(claimOf(id, each));
  const all = HEALTHY * each + silent * 2;
  for (let steps = 0; verdicts.length < all && steps < 20_000; steps += 1) {
    // Whatever follows a timer follows it before the next.
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    clock.advance(500);
  }
  return { healthyMs, verdicts, pool };
}

describe('silent hosts', () => {
  it('leave the healthy ones 95 % of their rate, and are asked with all patience in the end', async () => {
    const alone = await run({ silent: 0 });
    const beside = await run({ silent: SILENT });
    expect(beside.pool.peak).toBeLessThanOrEqual(CONNECTIONS);
    expect(alone.pool.cutShort.size).toBe(0);
    expect(alone.healthyMs / beside.healthyMs).toBeGreaterThanOrEqual(0.95);
    // What it would be if each were waited for: the simulation shows the trouble.
    const waiting = await run({ silent: SILENT, patience: false });
    expect(alone.healthyMs / waiting.healthyMs).toBeLessThan(0.9);
    const ofSilent = beside.verdicts.filter(({ rowId }) => rowId >= HEALTHY * 100_000);
    expect(ofSilent).toHaveLength(SILENT * 2);
    for (const { reason, attempt, retryAtMs } of ofSilent) expect([reason, attempt, retryAtMs === null]).toEqual(['timeout', 1, false]);
    // Nobody is given up twice: the second dial is the last.
    for (let id = HEALTHY; id < HEALTHY + SILENT; id += 1) expect(beside.pool.dials.get(id)).toBeLessThanOrEqual(2);
  });

  it('are waited for at once where nobody else needs the connection', async () => {
    const { pool, verdicts } = await run({ silent: 5, greetsAfterMs: (id) => (id < HEALTHY ? DIAL_MS : 30_000), each: 20 });
    expect(pool.cutShort.size).toBe(0);
    expect(verdicts.filter(({ rowId }) => rowId >= HEALTHY * 100_000).map(({ reason }) => reason)).toEqual(Array.from({ length: 10 }, () => 'accepted'));
  });

  it('that greet late in the end are given up once, and their addresses get their verdicts all the same', async () => {
    const { pool, verdicts } = await run({ silent: SILENT, greetsAfterMs: (id) => (id < HEALTHY ? DIAL_MS : 30_000), each: 500 });
    expect(pool.cutShort.size).toBeGreaterThan(SILENT / 2);
    expect(new Set(verdicts.map(({ reason }) => reason))).toEqual(new Set(['accepted']));
    for (const times of pool.dials.values()) expect(times).toBeGreaterThan(0);
  });
});
