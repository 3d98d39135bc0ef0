// A list's addresses by what is known of them, as the stacked bar and its legend show them: the four statuses, those to
// be asked again, those that a DNS-only run left open, those not asked yet. Every address that is verified at all is in exactly one part; duplicates and rows
// without an address are in none. An address to be asked again has a verdict already, which is not counted as settled.
import type { ListView } from '../../../shared/ipc/lists.ts';
import { STATUSES, statusOf, type Status } from '../../../shared/verdict/verdict.ts';

export type PartName = Status | 'scheduled' | 'not_probed' | 'pending';

export interface Part {
  readonly name: PartName;
  readonly count: number;
}

export interface Shares {
  readonly parts: readonly Part[];
  /** Addresses that are (to be) verified. */
  readonly total: number;
  /** Those whose verdict is final. */
  readonly settled: number;
}

export function sharesOf({ counters, scheduled }: Pick<ListView, 'counters' | 'scheduled'>): Shares {
  const { byState, byStatus } = counters;
  const again: Record<Status, number> = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };
  for (const { reason, count } of scheduled.byReason) again[statusOf(reason)] += count;
  const parts: Part[] = STATUSES.map((status) => ({ name: status, count: Math.max(0, byStatus[status] - again[status]) }));
  const notProbed = scheduled.byReason.find(({ reason }) => reason === 'not_probed')?.count ?? 0;
  parts.push({ name: 'scheduled', count: Math.max(0, byState.scheduled - notProbed) }, { name: 'not_probed', count: notProbed }, { name: 'pending', count: byState.pending });
  return { parts, total: byState.pending + byState.scheduled + byState.done, settled: byState.done };
}
