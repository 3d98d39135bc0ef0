// The values of our columns for one row, in the order of `WINNOW_COLUMNS`.
// A row without a verdict has no status, and its state as the reason: `pending`, `empty` (or `suppressed`).
import { statusOfRow, type ExportRow } from './export-row.ts';

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
