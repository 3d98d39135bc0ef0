// The values of our columns for one row, in the order of `WINNOW_COLUMNS`.
// A row without a verdict has no status, and its state as the reason: `pending`, `empty`, `suppressed`,
// `in_another_list`.
import type { ExportRow } from './export-row.ts';
import { isoTime } from './iso-time.ts';

export function verdictCells(row: ExportRow): string[] {
  const { flags, didYouMean, reply, mx } = row.said;
  return [row.status ?? '', reasonCell(row), scoreCell(row), didYouMean ?? '', flags, reply ?? '', mx ?? '', checkedAtCell(row), duplicateOfCell(row)];
}

export function reasonCell({ reason, kind, dupOf }: ExportRow): string {
  if (kind === 'duplicate' && dupOf === null) return 'in_another_list';
  return reason ?? (kind === 'empty' || kind === 'suppressed' ? kind : 'pending');
}

export function scoreCell({ score }: ExportRow): string {
  return score === null ? '' : String(score);
}

export function checkedAtCell({ checkedAtMs }: ExportRow): string {
  return checkedAtMs === null ? '' : isoTime(checkedAtMs);
}

export function duplicateOfCell({ dupOf }: ExportRow): string {
  return dupOf === null ? '' : String(dupOf);
}
