// The values of our columns for one row, in the order of `WINNOW_COLUMNS`.
// A row without a verdict has no status, and its state as the reason: `pending`, `empty` (or `suppressed`).
import { isReason, statusOf, type Status } from '../../../shared/verdict/verdict.ts';

/** A row with its verdict; a duplicate with that of its first row. */
export interface ExportRow {
  readonly id: number;
  readonly raw: string;
  readonly kind: string;
  readonly dup_of: number | null;
  readonly reason: string | null;
  readonly score: number | null;
  readonly flags: string | null;
  readonly did_you_mean: string | null;
  readonly reply: string | null;
  readonly mx: string | null;
  readonly checked_at_ms: number | null;
}

export function statusOfRow(row: ExportRow): Status | null {
  return row.reason !== null && isReason(row.reason) ? statusOf(row.reason) : null;
}

export function verdictCells(row: ExportRow): string[] {
  return [
    statusOfRow(row) ?? '',
    row.reason ?? (row.kind === 'open' || row.kind === 'duplicate' ? 'pending' : row.kind),
    row.score === null ? '' : String(row.score),
    row.did_you_mean ?? '',
    row.flags ?? '',
    row.reply ?? '',
    row.mx ?? '',
    row.checked_at_ms === null ? '' : isoTime(row.checked_at_ms),
    row.dup_of === null ? '' : String(row.dup_of),
  ];
}

/** Evidence times are ours, but a clock may be anything: what no date can hold is left out. */
function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
