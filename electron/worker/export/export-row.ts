// A row as an export reads it from the store: the original record, and its verdict; a duplicate with that of its first
// row. A row without a verdict has no status.
import type { CatchAll } from '../../../shared/verdict/evidence.ts';
import type { Reason, Status } from '../../../shared/verdict/verdict.ts';
import type { Said } from './details-reader.ts';

export interface ExportRow {
  readonly id: number;
  readonly raw: string;
  /** What the row is; null where it has a verdict. */
  readonly kind: string | null;
  readonly dupOf: number | null;
  /** Normalised, of the first row; null where it cannot be asked, or was not asked for. */
  readonly address: string | null;
  readonly catchAll: CatchAll | null;
  readonly status: Status | null;
  readonly reason: Reason | null;
  readonly score: number | null;
  /** What rows have alike is one object. */
  readonly said: Said;
  readonly checkedAtMs: number | null;
}
