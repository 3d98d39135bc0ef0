// Everything that is known of one row: its original cells, and the verdict with its evidence. A duplicate shows those
// of its first row.
import { UserError } from '../../../shared/errors.ts';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import { FLAGS } from '../../../shared/verdict/verdict.ts';
import { extractedOf } from './extracted-of.ts';
import type { ListView } from './list-view.ts';

interface StoredVerdict {
  readonly flags: string;
  readonly did_you_mean: string | null;
  readonly mx: string | null;
  readonly checked_at_ms: number;
  readonly attempt: number;
  readonly retry_at_ms: number | null;
}

/** Throws BadUsage for a row that the list does not have. */
export function resultDetail(list: ListView, id: number): ResultDetail {
  const row = list.row(id);
  if (row === undefined) throw new UserError('BadUsage', `The list "${list.record.name}" has no row ${String(id)}.`);
  const first = row.duplicateOf ?? id;
  const verdict = list.database
    .prepare<[number], StoredVerdict>(
      `SELECT v.flags, v.did_you_mean, v.mx, v.checked_at_ms, v.attempt, s.retry_at_ms
       FROM verdicts v LEFT JOIN schedule s ON s.row_id = v.row_id WHERE v.row_id = ?`,
    )
    .get(first);
  const evidence = list.column('SELECT json FROM evidence WHERE row_id = ? ORDER BY attempt').all(first) as string[];
  const cells = list.cellsOf(id);
  const flags = new Set(verdict?.flags.split(' '));
  return {
    row,
    cells: list.record.columns.map((column, index) => ({ column, value: cells[index] ?? '' })),
    extracted: extractedOf(cells[list.record.addressColumn] ?? ''),
    didYouMean: verdict?.did_you_mean ?? null,
    flags: FLAGS.filter((flag) => flags.has(flag)),
    mx: verdict?.mx ?? null,
    checkedAtMs: verdict?.checked_at_ms ?? null,
    attempt: verdict?.attempt ?? null,
    retryAtMs: verdict?.retry_at_ms ?? null,
    evidence: evidence.flatMap((json) => JSON.parse(json) as Evidence[]),
  };
}
