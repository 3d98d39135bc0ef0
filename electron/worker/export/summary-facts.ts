// What the one-page summary tells of a list: its counters, and what one pass over the verdicts adds up. No address.
import type { Counters } from '../interface.ts';
import { providerOfFlag } from '../../../shared/verdict/mail-providers.ts';
import { STATUSES } from '../../../shared/verdict/verdict.ts';
import { throwIfCancelled, type CallHooks } from '../call-hooks.ts';
import type { ExportProgress } from './export-api.ts';
import type { ListSnapshot } from './list-snapshot.ts';

export interface SummaryFacts {
  readonly name: string;
  readonly practice: boolean;
  readonly counters: Counters;
  /** Addresses by the provider's name, the most first. */
  readonly providers: readonly { readonly name: string; readonly count: number }[];
  /** Addresses by flag. */
  readonly flags: ReadonlyMap<string, number>;
  /** Epoch milliseconds of the first and the last look; null where nothing was verified. */
  readonly checked: { readonly fromMs: number; readonly toMs: number } | null;
}

/** Throws Cancelled or StoreDamaged. */
export function summaryFacts(snapshot: ListSnapshot, hooks: CallHooks<ExportProgress>): SummaryFacts {
  const counters = snapshot.counters();
  const flags = new Map<string, number>();
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  const verdicts = STATUSES.reduce((sum, status) => sum + counters.byStatus[status], 0);
  let looked = 0;
  for (const page of snapshot.verdictPages()) {
    throwIfCancelled(hooks, 'export');
    for (const { said: { flags: joined }, checkedAtMs } of page) {
      if (joined !== '') for (const flag of joined.split(' ')) flags.set(flag, (flags.get(flag) ?? 0) + 1);
      fromMs = Math.min(fromMs, checkedAtMs);
      toMs = Math.max(toMs, checkedAtMs);
    }
    looked += page.length;
    hooks.progress({ rows: looked, totalRows: verdicts });
  }
  const providers = [...flags].flatMap(([flag, count]) => {
    const provider = providerOfFlag(flag);
    return provider?.kind === 'provider' ? [{ name: provider.name, count }] : [];
  });
  const { name, practice } = snapshot.record;
  return {
    name,
    practice,
    counters,
    providers: providers.sort((a, b) => b.count - a.count),
    flags,
    checked: looked === 0 ? null : { fromMs, toMs },
  };
}
