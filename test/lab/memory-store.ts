// The store's side of the seam in memory, for tests of the run: same promises as the batch worker, no disk.
import type { RunStore } from '../../electron/engine/run/run.ts';
import { statusOf, STATUSES, type Reason, type Status } from '../../shared/verdict/verdict.ts';
import type { Counters, DomainFacts, VerdictBatch, VerdictRecord } from '../../electron/worker/interface.ts';

interface Row {
  readonly rowId: number;
  readonly address: string;
  readonly domainId: number;
  attempt: number;
  verdict: VerdictRecord | null;
}

export interface MemoryStore extends RunStore {
  readonly batches: readonly VerdictBatch[];
  verdictOf(address: string): VerdictRecord | null;
  /** How often each row has got a verdict. */
  readonly timesJudged: ReadonlyMap<number, number>;
  /** From now on every commit fails with this. */
  failWith(error: Error): void;
  /** As when the list is let go of: what was claimed and not judged can be claimed again. */
  forgetClaims(): void;
}

export function createMemoryStore(addresses: readonly string[]): MemoryStore {
  const domains = new Map<string, { id: number; facts: DomainFacts }>();
  const rows: Row[] = addresses.map((address, index) => {
    const name = address.slice(address.lastIndexOf('@') + 1);
    const domain = domains.get(name) ?? { id: domains.size + 1, facts: { catchAll: 'not_run', acceptedAny: false, random: null } };
    domains.set(name, domain);
    return { rowId: index + 1, address, domainId: domain.id, attempt: 0, verdict: null };
  });
  const claimed = new Set<number>();
  const batches: VerdictBatch[] = [];
  const timesJudged = new Map<number, number>();
  let failure: Error | null = null;

  const isDue = (row: Row, nowMs: number) => row.verdict === null || (row.verdict.retryAtMs !== null && row.verdict.retryAtMs <= nowMs);

  function counters(): Counters {
    const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
    const byReason: Partial<Record<Reason, number>> = {};
    let scheduled = 0;
    for (const { verdict } of rows) {
      if (verdict === null) continue;
      byStatus[statusOf(verdict.reason)] += 1;
      byReason[verdict.reason] = (byReason[verdict.reason] ?? 0) + 1;
      if (verdict.retryAtMs !== null) scheduled += 1;
    }
    const judged = rows.filter((row) => row.verdict !== null).length;
    return {
      rows: rows.length,
      byState: { pending: rows.length - judged, scheduled, done: judged - scheduled, duplicate: 0, suppressed: 0, empty: 0 },
      byStatus,
      byReason,
    };
  }

  return {
    batches,
    timesJudged,
    verdictOf: (address) => rows.find((row) => row.address === address)?.verdict ?? null,
    failWith: (error) => {
      failure = error;
    },
    forgetClaims: () => {
      claimed.clear();
    },
    claim(listId, options) {
      const claims = [];
      for (const [domain, { id, facts }] of domains) {
        if (claims.length >= options.maxDomains) break;
        if (claimed.has(id)) continue;
        const due = rows.filter((row) => row.domainId === id && isDue(row, options.nowMs)).slice(0, options.maxAddressesPerDomain);
        if (due.length === 0) continue;
        claimed.add(id);
        claims.push({
          listId,
          domainId: id,
          domain,
          facts,
          addresses: due.map((row) => ({ rowId: row.rowId, address: row.address, attempt: row.attempt + 1, earlier: row.verdict })),
        });
      }
      return Promise.resolve(claims);
    },
    commit(batch) {
      if (failure !== null) return Promise.reject(failure);
      batches.push(batch);
      for (const verdict of batch.verdicts) {
        const row = rows[verdict.rowId - 1];
        if (row === undefined) throw new Error(`no row ${String(verdict.rowId)}`);
        row.verdict = verdict;
        row.attempt = verdict.attempt;
        timesJudged.set(verdict.rowId, (timesJudged.get(verdict.rowId) ?? 0) + 1);
      }
      for (const update of batch.domains) {
        for (const domain of domains.values()) {
          if (domain.id !== update.domainId) continue;
          const { catchAll, acceptedAny, random } = update;
          domain.facts = { catchAll, acceptedAny, random };
        }
      }
      for (const id of batch.releasedDomainIds) claimed.delete(id);
      return Promise.resolve({ committed: batch.verdicts.length, counters: counters() });
    },
    counters: () => Promise.resolve(counters()),
    schedule() {
      const waiting = rows.filter((row) => row.verdict !== null && row.verdict.retryAtMs !== null);
      const times = waiting.map((row) => row.verdict?.retryAtMs ?? 0);
      return Promise.resolve({ byReason: {}, nextAtMs: times.length === 0 ? null : Math.min(...times) });
    },
  };
}
