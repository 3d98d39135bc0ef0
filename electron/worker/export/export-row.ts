// A row as an export reads it from the store: the original record, and its verdict; a duplicate with that of its first
// row. A row without a verdict has no status.
import type { CatchAll } from '../../../shared/verdict/evidence.ts';
import { isReason, statusOf, type Status } from '../../../shared/verdict/verdict.ts';

export interface ExportRow {
  readonly id: number;
  readonly raw: string;
  readonly kind: string;
  readonly dup_of: number | null;
  /** Normalised, of the first row; null where it cannot be asked. */
  readonly address: string | null;
  readonly catch_all: CatchAll | null;
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
