// The summary of a verify run: one JSON object for scripts, a few lines for people. Counts are committed ones only.
import { STATUSES, type Reason, type Status } from '../../shared/verdict/verdict.ts';
import type { SetAsideDestination } from '../engine/destinations/set-aside.ts';
import type { RunOutcome } from '../engine/run/run.ts';
import type { PracticeRecord } from '../practice/types.ts';
import type { ExportReport } from '../worker/export/export-api.ts';
import type { ImportReport, ListSummary, ScheduleSummary } from '../worker/interface.ts';

export interface SummaryInput {
  readonly list: ListSummary;
  readonly schedule: ScheduleSummary;
  readonly outcome: RunOutcome;
  readonly setAside: readonly SetAsideDestination[];
  readonly imported: ImportReport | null;
  /** Rows that got the verdict of another list. */
  readonly reused?: number;
  readonly exported: ExportReport | null;
  readonly elapsedMs: number;
  readonly dns: object;
  readonly smtp: object;
  readonly practice: PracticeRecord | null;
}

export interface Summary {
  readonly state: 'done' | 'paused';
  readonly pause: { readonly reason: string; readonly message: string } | null;
  readonly list: { readonly id: number; readonly name: string; readonly source: string };
  readonly practice: boolean;
  readonly rows: number;
  /** Those with an address of another list too. */
  readonly duplicates: number;
  /** By list; null: nothing was imported now. */
  readonly inOtherLists: ImportReport['elsewhere'] | null;
  readonly empty: number;
  /** On the user's own list of addresses never to be asked. */
  readonly suppressed: number;
  /** Rows whose address was taken out of a cell that holds more; null where the list was imported earlier. */
  readonly extracted: number | null;
  /** Not asked yet. */
  readonly pending: number;
  /** Have a verdict, and are asked again at `nextRetryAt` or later. */
  readonly scheduled: number;
  /** Rows that got the verdict of another list just now. */
  readonly reused: number;
  readonly statuses: Readonly<Record<Status, number>>;
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  readonly scheduledReasons: Readonly<Partial<Record<Reason, number>>>;
  readonly nextRetryAt: string | null;
  /** What waits for its next try, the most first; times in ISO 8601. */
  readonly scheduledByReason: readonly { readonly reason: Reason; readonly count: number; readonly nextRetryAt: string }[];
  /** Destinations that were left alone when the run ended: in trouble, refusing this machine, or at the user's own limit. */
  readonly setAside: readonly SetAsideDestination[];
  readonly out: string | null;
  readonly exportedRows: number | null;
  readonly problems: number;
  readonly elapsedMs: number;
  readonly dns: object;
  readonly smtp: object;
  readonly practiceWorld: object | null;
}

export function summaryOf(input: SummaryInput): Summary {
  const { list, outcome, practice } = input;
  const { byState } = list.counters;
  return {
    state: outcome.kind,
    pause: outcome.kind === 'paused' ? { reason: outcome.reason, message: outcome.message } : null,
    list: { id: list.id, name: list.name, source: list.sourcePath },
    practice: list.practice,
    rows: list.counters.rows,
    duplicates: byState.duplicate,
    empty: byState.empty,
    suppressed: byState.suppressed,
    extracted: input.imported?.extracted ?? null,
    inOtherLists: input.imported?.elsewhere ?? null,
    pending: byState.pending,
    scheduled: byState.scheduled,
    reused: input.reused ?? 0,
    statuses: list.counters.byStatus,
    reasons: list.counters.byReason,
    scheduledReasons: Object.fromEntries(input.schedule.byReason.map(({ reason, count }) => [reason, count])),
    nextRetryAt: input.schedule.nextAtMs === null ? null : new Date(input.schedule.nextAtMs).toISOString(),
    scheduledByReason: input.schedule.byReason.map(({ reason, count, nextAtMs }) => ({ reason, count, nextRetryAt: new Date(nextAtMs).toISOString() })),
    setAside: input.setAside,
    out: input.exported?.path ?? null,
    exportedRows: input.exported?.rows ?? null,
    problems: input.imported?.problemCount ?? 0,
    elapsedMs: Math.round(input.elapsedMs),
    dns: input.dns,
    smtp: input.smtp,
    practiceWorld:
      practice === null
        ? null
        : { violations: practice.violations, sessions: practice.sessions, recipients: practice.recipients, refused: practice.refused },
  };
}

export function summaryLines(summary: Summary): string[] {
  const lines = STATUSES.map((status) => `${status.padEnd(14)}${String(summary.statuses[status])}`);
  const rest: [string, number][] = [
    ['duplicates', summary.duplicates],
    ['empty', summary.empty],
    ['suppressed', summary.suppressed],
    ['not asked yet', summary.pending],
  ];
  for (const [name, count] of rest) if (count > 0) lines.push(`${name.padEnd(14)}${String(count)}`);
  const notProbed = summary.scheduledReasons.not_probed ?? 0;
  if (notProbed > 0) lines.push(`${String(notProbed)} of the unknown were not asked (DNS only); --resume without --dns-only asks them`);
  if (summary.scheduled > notProbed) {
    lines.push(`${String(summary.scheduled - notProbed)} of the unknown are scheduled to be asked again, the next at ${summary.nextRetryAt ?? '?'} (--resume --wait)`);
  }
  if (summary.out !== null) lines.push(`${String(summary.exportedRows)} rows written to ${summary.out}`);
  return lines;
}
