// The store's side of the seam in memory, for tests of the run: same promises as the batch worker, no disk.
import type { RunStore } from '../../electron/engine/run/run.ts';
import { mergedFacts } from '../../electron/worker/store/domain-facts.ts';
import { scoreOf } from '../../shared/verdict/score.ts';
import { statusOf, STATUSES, type Reason, type Status } from '../../shared/verdict/verdict.ts';
import type { RowsWish, Workload } from '../../electron/worker/store-jobs.ts';
import type { Counters, DomainFacts, EarlierVerdict, VerdictBatch, VerdictRecord } from '../../electron/worker/interface.ts';

interface Row {
  readonly rowId: number;
  readonly address: string;
  readonly domainId: number;
  attempt: number;
  verdict: VerdictRecord | null;
  /** It has a verdict and is due again. */
  again: boolean;
  /** When it is asked again; null: it is not. */
  retryAtMs: number | null;
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
  /** Every row is open again; what is known of the domains stays. */
  reopenAll(): void;
  /** Verified again; `nowMs`: epoch milliseconds. How many rows. */
  reopen(wish: RowsWish, nowMs: number): number;
  /** Of rows without a verdict; all domains, the commonest first. */
  workload(): { readonly rows: number; readonly domains: Workload['commonest'] };
}

export function createMemoryStore(addresses: readonly string[]): MemoryStore {
  const domains = new Map<string, { id: number; facts: DomainFacts }>();
  const rows: Row[] = addresses.map((address, index) => {
    const name = address.slice(address.lastIndexOf('@') + 1);
    const domain = domains.get(name) ?? { id: domains.size + 1, facts: { catchAll: 'not_run', acceptedAny: false, random: null } };
    domains.set(name, domain);
    return { rowId: index + 1, address, domainId: domain.id, attempt: 0, verdict: null, again: false, retryAtMs: null };
  });
  const claimed = new Set<number>();
  const batches: VerdictBatch[] = [];
  const timesJudged = new Map<number, number>();
  let failure: Error | null = null;

  const isDue = (row: Row, nowMs: number) => row.verdict === null || (row.retryAtMs !== null && row.retryAtMs <= nowMs);

  /** The domain has accepted somebody: its bare refusals are certain now. */
  function settle(domainId: number): void {
    for (const row of rows) {
      if (row.domainId !== domainId || row.verdict?.provisional !== true) continue;
      row.verdict = { ...row.verdict, reason: 'mailbox_not_found', score: scoreOf('mailbox_not_found', row.verdict.flags), provisional: false };
      row.retryAtMs = null;
    }
  }

  function counters(): Counters {
    const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
    const byReason: Partial<Record<Reason, number>> = {};
    let scheduled = 0;
    for (const { verdict, retryAtMs } of rows) {
      if (verdict === null) continue;
      byStatus[statusOf(verdict.reason)] += 1;
      byReason[verdict.reason] = (byReason[verdict.reason] ?? 0) + 1;
      if (retryAtMs !== null) scheduled += 1;
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
    reopenAll: () => {
      for (const row of rows) {
        row.verdict = null;
        row.attempt = 0;
        row.retryAtMs = null;
      }
    },
    reopen(wish, nowMs) {
      const due = rows.filter((row) => row.verdict !== null && row.retryAtMs === null && isWished(wish, row.rowId, row.verdict, nowMs));
      for (const row of due) {
        row.again = true;
        row.retryAtMs = nowMs;
        row.attempt = 0;
      }
      return due.length;
    },
    workload() {
      const open = rows.filter(({ verdict }) => verdict === null);
      const of = [...domains].map(([domain, { id }]) => ({ domain, rows: open.filter(({ domainId }) => domainId === id).length }));
      return { rows: open.length, domains: of.filter(({ rows: count }) => count > 0).sort((a, b) => b.rows - a.rows) };
    },
    claim(listId, options) {
      const claims = [];
      for (const [domain, { id, facts }] of domains) {
        if (claims.length >= options.maxDomains) break;
        if (claimed.has(id)) continue;
        const due = rows.filter((row) => row.domainId === id && (row.verdict === null || options.includeScheduled) && isDue(row, options.nowMs)).slice(0, options.maxAddressesPerDomain);
        if (due.length === 0) continue;
        claimed.add(id);
        claims.push({
          listId,
          domainId: id,
          domain,
          facts,
          addresses: due.map((row) => ({ rowId: row.rowId, address: row.address, attempt: row.attempt + 1, earlier: earlierOf(row) })),
        });
      }
      return Promise.resolve(claims);
    },
    commit(batch) {
      if (failure !== null) return Promise.reject(failure);
      batches.push(batch);
      let committed = 0;
      for (const verdict of batch.verdicts) {
        const row = rows[verdict.rowId - 1];
        if (row === undefined) throw new Error(`no row ${String(verdict.rowId)}`);
        // What is done stays done, whatever comes late or twice.
        if (row.verdict !== null && (row.retryAtMs === null || verdict.attempt <= row.attempt)) continue;
        committed += 1;
        const isKept = row.again && row.verdict !== null && statusOf(row.verdict.reason) !== 'unknown' && statusOf(verdict.reason) === 'unknown';
        if (!isKept) row.verdict = verdict;
        row.attempt = verdict.attempt;
        row.retryAtMs = verdict.retryAtMs;
        row.again &&= verdict.retryAtMs !== null;
        timesJudged.set(verdict.rowId, (timesJudged.get(verdict.rowId) ?? 0) + 1);
      }
      for (const update of batch.domains) {
        for (const domain of domains.values()) {
          if (domain.id !== update.domainId) continue;
          const { catchAll, acceptedAny, random } = update;
          domain.facts = mergedFacts(domain.facts, { catchAll, acceptedAny, random });
        }
      }
      for (const domain of domains.values()) if (domain.facts.acceptedAny) settle(domain.id);
      for (const id of batch.releasedDomainIds) claimed.delete(id);
      return Promise.resolve({ committed, counters: counters() });
    },
    counters: () => Promise.resolve(counters()),
    schedule() {
      const waiting = rows.filter(({ retryAtMs }) => retryAtMs !== null);
      const times = waiting.map(({ retryAtMs }) => retryAtMs ?? 0);
      const byReason = [...new Set(waiting.flatMap(({ verdict }) => verdict?.reason ?? []))].map((reason) => {
        const of = waiting.filter(({ verdict }) => verdict?.reason === reason);
        return { reason, count: of.length, nextAtMs: Math.min(...of.map(({ retryAtMs }) => retryAtMs ?? 0)) };
      });
      return Promise.resolve({ byReason, nextAtMs: times.length === 0 ? null : Math.min(...times) });
    },
  };
}

function earlierOf({ verdict, again, attempt }: Row): EarlierVerdict | null {
  if (verdict === null || (again && attempt === 0)) return null;
  const { reason, heard, reply, mx } = verdict;
  return { reason, heard, reply, mx };
}

function isWished(wish: RowsWish, rowId: number, { reason, checkedAtMs }: VerdictRecord, nowMs: number): boolean {
  switch (wish.kind) {
    case 'all':
      return true;
    case 'unknown':
      return statusOf(reason) === 'unknown';
    case 'older':
      return checkedAtMs < nowMs - wish.days * 86_400_000;
    case 'rows':
      return wish.rows.includes(rowId);
  }
}
