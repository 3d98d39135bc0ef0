// Everything that is known of one row: its original cells, and the verdict with its evidence. A duplicate shows those
// of its first row.
import { UserError } from '../../../shared/errors.ts';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { FLAGS } from '../../../shared/verdict/verdict.ts';
import { extractedOf } from './extracted-of.ts';
import { readDetails } from '../packed/verdict-details.ts';
import { detailsSql } from '../store/details-blocks.ts';
import { evidenceOf } from './evidence-of.ts';
import type { ListView } from './list-view.ts';

interface StoredVerdict {
  readonly details: Buffer;
  readonly retry_at_ms: number | null;
}

/** Throws BadUsage for a row that the list does not have. */
export function resultDetail(list: ListView, id: number): ResultDetail {
  const row = list.row(id);
  if (row === undefined) throw new UserError('BadUsage', `The list "${list.record.name}" has no row ${String(id)}.`);
  const first = row.duplicateOf ?? id;
  const verdict = list.database
    .prepare<[number], StoredVerdict>(
      `SELECT ${detailsSql('v.details')} AS details, s.retry_at_ms FROM verdicts v LEFT JOIN schedule s ON s.row_id = v.row_id WHERE v.row_id = ?`,
    )
    .get(first);
  const details = verdict === undefined ? null : readDetails(verdict.details);
  const cells = list.cellsOf(id);
  const flags = new Set(details?.flags.split(' '));
  return {
    row,
    cells: list.record.columns.map((column, index) => ({ column, value: cells[index] ?? '' })),
    extracted: extractedOf(cells[list.record.addressColumn] ?? ''),
    didYouMean: details?.didYouMean ?? null,
    flags: FLAGS.filter((flag) => flags.has(flag)),
    mx: details?.mx ?? null,
    checkedAtMs: details?.checkedAtMs ?? null,
    attempt: details?.attempt ?? null,
    retryAtMs: verdict?.retry_at_ms ?? null,
    evidence: evidenceOf(list, first),
  };
}
