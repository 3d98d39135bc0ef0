// What the engine relies on, of whatever store it is given: one suite for every implementation of the seam. Each value
// that crosses is checked to be plain (structured clone and JSON) on the way.
import { describe, expect, it } from 'vitest';
import type { RunStore } from '../../electron/engine/run/run.ts';
import type { ClaimOptions, DomainClaim, DomainFacts, VerdictRecord } from '../../electron/worker/interface.ts';
import { checkedStore } from './json-store.ts';

/** A list of these addresses; its id. */
export interface SeamUnderTest {
  readonly store: RunStore;
  readonly listId: number;
  readonly close: () => Promise<void>;
}

const NOW_MS = 1_760_000_000_000;
const MINUTE_MS = 60_000;
const FACTS: DomainFacts = { catchAll: 'refused', acceptedAny: true, random: { code: 550, enhanced: '5.1.1', text: 'User unknown', local: 'q7x', mxHost: 'mx.a.example', ip: '192.0.2.1', atMs: NOW_MS } };

function verdict(rowId: number, change: Partial<VerdictRecord> = {}): VerdictRecord {
  return {
    rowId, reason: 'accepted', score: 100, flags: ['free'], didYouMean: null, reply: '250 2.1.5 Ok', mx: 'mx.a.example', checkedAtMs: NOW_MS, attempt: 1, retryAtMs: null,
    provisional: false, heard: 'recipient',
    evidence: [{ stage: 'RCPT', code: 250, enhanced: '2.1.5', text: 'Ok', mxHost: 'mx.a.example', ip: '192.0.2.1', tls: 'none', atMs: NOW_MS, attempt: 1 }],
    ...change,
  };
}

export function describeStoreContract(name: string, open: (addresses: readonly string[]) => Promise<SeamUnderTest>): void {
  async function on(addresses: readonly string[], test: (seam: Seam) => Promise<void>): Promise<void> {
    const { store, listId, close } = await open(addresses);
    try {
      await test(new Seam(checkedStore(store), listId));
    } finally {
      await close();
    }
  }

  describe(`the seam: ${name}`, () => {
    it('hands out each row once, never two claims of a domain at a time, within the bounds', async () => {
      await on(['1@a.example', '2@b.example', '3@a.example', '4@c.example'], async (seam) => {
        const first = await seam.claim({ maxDomains: 2, maxAddressesPerDomain: 1 });
        expect(first.map(({ domain, addresses }) => [domain, addresses.map(({ rowId }) => rowId)])).toEqual([['a.example', [1]], ['b.example', [2]]]);
        expect(first[0]).toMatchObject({ listId: seam.listId, facts: { catchAll: 'not_run', acceptedAny: false, random: null }, addresses: [{ address: '1@a.example', attempt: 1, earlier: null }] });
        const second = await seam.claim();
        expect(second.map(({ domain }) => domain)).toEqual(['c.example']);
        expect(await seam.claim()).toEqual([]);
      });
    });

    it('takes a batch as a whole, counts it, and hands out what was released without a verdict again', async () => {
      await on(['1@a.example', '2@a.example'], async (seam) => {
        const [claim] = await seam.claim();
        const ack = await seam.commit([verdict(1)], [claim!.domainId]);
        expect(ack).toMatchObject({ committed: 1, counters: { rows: 2, byState: { pending: 1, done: 1, scheduled: 0 }, byStatus: { deliverable: 1 }, byReason: { accepted: 1 } } });
        expect(seam.rows(await seam.claim())).toEqual([2]);
      });
    });

    it('counts a batch that is sent twice once, and never takes back what is done', async () => {
      await on(['1@a.example'], async (seam) => {
        await seam.claim();
        expect((await seam.commit([verdict(1)])).committed).toBe(1);
        const again = await seam.commit([verdict(1), verdict(1, { reason: 'timeout', attempt: 2 })]);
        expect(again).toMatchObject({ committed: 0, counters: { byState: { done: 1 }, byReason: { accepted: 1 } } });
      });
    });

    it('keeps what is to be asked again until its time, then hands it out with what came of it before', async () => {
      await on(['1@a.example', '2@a.example'], async (seam) => {
        const [claim] = await seam.claim();
        const retryAtMs = NOW_MS + 5 * MINUTE_MS;
        const greylisted = verdict(1, { reason: 'greylisted', reply: '451 4.7.1 Try later', retryAtMs, score: 55 });
        await seam.commit([greylisted, verdict(2)], [claim!.domainId]);
        expect(await seam.schedule()).toEqual({ byReason: [{ reason: 'greylisted', count: 1, nextAtMs: retryAtMs }], nextAtMs: retryAtMs });
        expect(await seam.claim({ nowMs: retryAtMs - 1 })).toEqual([]);
        expect(await seam.claim({ nowMs: retryAtMs, includeScheduled: false })).toEqual([]);
        const [due] = await seam.claim({ nowMs: retryAtMs });
        expect(due?.addresses).toEqual([
          { rowId: 1, address: '1@a.example', attempt: 2, earlier: { reason: 'greylisted', heard: 'recipient', reply: '451 4.7.1 Try later', mx: 'mx.a.example' } },
        ]);
        const ack = await seam.commit([verdict(1, { attempt: 2 })], [due!.domainId]);
        expect(ack.counters).toMatchObject({ byState: { scheduled: 0, done: 2 } });
        expect(await seam.schedule()).toEqual({ byReason: [], nextAtMs: null });
      });
    });

    it('hands out what is known of a domain with the next claim of it', async () => {
      await on(['1@a.example', '2@a.example'], async (seam) => {
        const [claim] = await seam.claim({ maxAddressesPerDomain: 1 });
        await seam.commit([verdict(1)], [claim!.domainId], FACTS);
        const [next] = await seam.claim();
        expect(next?.facts).toEqual(FACTS);
      });
    });

    it('turns a bare refusal into a certain one in the batch that says that the domain accepts somebody', async () => {
      await on(['1@a.example', '2@a.example'], async (seam) => {
        const [claim] = await seam.claim();
        await seam.commit([verdict(1, { reason: 'blanket_reject', score: 45, reply: '550 No', provisional: true, retryAtMs: NOW_MS + MINUTE_MS })]);
        const ack = await seam.commit([verdict(2)], [claim!.domainId], FACTS);
        expect(ack.counters).toMatchObject({ byState: { scheduled: 0, done: 2 }, byStatus: { undeliverable: 1, deliverable: 1, unknown: 0 } });
        expect(ack.counters.byReason).toMatchObject({ mailbox_not_found: 1, accepted: 1 });
        expect(await seam.schedule()).toEqual({ byReason: [], nextAtMs: null });
      });
    });
  });
}

class Seam {
  readonly listId: number;
  readonly #store: RunStore;

  constructor(store: RunStore, listId: number) {
    this.#store = store;
    this.listId = listId;
  }

  claim(options: Partial<ClaimOptions> = {}): Promise<readonly DomainClaim[]> {
    return this.#store.claim(this.listId, { maxDomains: 100, maxAddressesPerDomain: 100, nowMs: NOW_MS, includeScheduled: true, ...options });
  }

  /** `facts`: of each domain that is released. */
  commit(verdicts: readonly VerdictRecord[], releasedDomainIds: readonly number[] = [], facts: DomainFacts | null = null): ReturnType<RunStore['commit']> {
    const domains = facts === null ? [] : releasedDomainIds.map((domainId) => ({ domainId, ...facts }));
    return this.#store.commit({ listId: this.listId, verdicts, domains, releasedDomainIds });
  }

  schedule(): ReturnType<RunStore['schedule']> {
    return this.#store.schedule(this.listId);
  }

  rows(claims: readonly DomainClaim[]): number[] {
    return claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId));
  }
}
