// Stands between a run and what it asks (store, pool), to tell what the published aims ask for: how long a verdict takes
// from the moment at which its address is handed out, how many destinations are asked at once, and, where a pace is given,
// that no more addresses are handed out than the pace allows. Changes no answer.
import type { RunStore } from '../../../electron/engine/run/run.ts';
import type { SmtpPool, SmtpSession, SmtpTarget } from '../../../electron/engine/smtp/types.ts';

export interface Watch {
  /** Addresses a second that are handed out; null: as many as the run takes. */
  readonly perSecond: number | null;
  /** Domains a claim, where there is a pace. */
  readonly domainsAtOnce: number;
}

export interface Watched {
  readonly verdicts: number;
  /** From the claim of an address until its verdict was known. */
  readonly meanVerdictMs: number;
  /** From the claim of an address until its verdict was committed. */
  readonly meanCommittedMs: number;
  /** The most destinations (IP addresses) that had a session in use at one moment. */
  readonly destinationsAtOnce: number;
}

export interface WatchedRun {
  readonly store: RunStore;
  readonly pool: SmtpPool;
  readonly figures: () => Watched;
}

export function watchedRun(store: RunStore, pool: SmtpPool, watch: Watch): WatchedRun {
  const times = new VerdictTimes();
  const destinations = new Destinations();
  const used = <T extends SmtpSession | null>(session: T): T => {
    if (session !== null) destinations.add(session.target);
    return session;
  };
  const pace = watch.perSecond === null ? null : new Pace(watch.perSecond);
  const { commonDomains } = store;
  return {
    store: {
      async claim(listId, options) {
        await pace?.turn();
        const claims = await store.claim(listId, pace === null ? options : { ...options, maxDomains: Math.min(options.maxDomains, watch.domainsAtOnce) });
        const rows = claims.flatMap(({ addresses }) => addresses.map(({ rowId }) => rowId));
        pace?.took(rows.length);
        times.handedOut(rows);
        return claims;
      },
      async commit(batch) {
        const ack = await store.commit(batch);
        times.committed(batch.verdicts);
        return ack;
      },
      schedule: async (listId) => store.schedule(listId),
      counters: async (listId) => store.counters(listId),
      ...(commonDomains === undefined ? {} : { commonDomains: async (listId: number, count: number) => commonDomains(listId, count) }),
    },
    pool: {
      tryAcquire: (target) => used(pool.tryAcquire(target)),
      async acquire(target, options) {
        const acquired = await pool.acquire(target, options);
        if (acquired.ok) used(acquired.session);
        return acquired;
      },
      release(session) {
        destinations.remove(session.target);
        pool.release(session);
      },
      get size() {
        return pool.size;
      },
      close: async (graceMs) => pool.close(graceMs),
    },
    figures: () => ({ ...times.means(), destinationsAtOnce: destinations.most }),
  };
}

/** Lets who asks wait until the addresses that he has taken are due. */
class Pace {
  readonly #perSecond: number;
  #startedMs: number | null = null;
  #taken = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  async turn(): Promise<void> {
    this.#startedMs ??= performance.now();
    const waitMs = this.#startedMs + (this.#taken * 1_000) / this.#perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  took(addresses: number): void {
    this.#taken += addresses;
  }
}

/** Epoch milliseconds throughout: a verdict tells its time so. */
class VerdictTimes {
  readonly #handedOutMs = new Map<number, number>();
  #verdicts = 0;
  #knownMs = 0;
  #committedMs = 0;

  handedOut(rows: readonly number[]): void {
    const nowMs = Date.now();
    for (const row of rows) this.#handedOutMs.set(row, nowMs);
  }

  committed(verdicts: readonly { readonly rowId: number; readonly checkedAtMs: number }[]): void {
    const nowMs = Date.now();
    for (const { rowId, checkedAtMs } of verdicts) {
      const sinceMs = this.#handedOutMs.get(rowId);
      if (sinceMs === undefined) continue;
      this.#handedOutMs.delete(rowId);
      this.#verdicts += 1;
      this.#knownMs += checkedAtMs - sinceMs;
      this.#committedMs += nowMs - sinceMs;
    }
  }

  means(): Omit<Watched, 'destinationsAtOnce'> {
    const mean = (sumMs: number): number => Math.round((sumMs / Math.max(1, this.#verdicts)) * 10) / 10;
    return { verdicts: this.#verdicts, meanVerdictMs: mean(this.#knownMs), meanCommittedMs: mean(this.#committedMs) };
  }
}

class Destinations {
  readonly #sessions = new Map<string, number>();
  most = 0;

  add({ ip }: SmtpTarget): void {
    this.#sessions.set(ip, (this.#sessions.get(ip) ?? 0) + 1);
    this.most = Math.max(this.most, this.#sessions.size);
  }

  remove({ ip }: SmtpTarget): void {
    const left = (this.#sessions.get(ip) ?? 0) - 1;
    if (left > 0) this.#sessions.set(ip, left);
    else this.#sessions.delete(ip);
  }
}
