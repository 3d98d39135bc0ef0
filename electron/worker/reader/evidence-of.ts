// The evidence of a row's verdicts, in the order in which it was heard: a row that is verified again counts its attempts
// anew. It is a part of the details of each; lists that were begun with an older version have that of their first
// attempts in a table of its own.
import type { Evidence } from '../../../shared/verdict/evidence.ts';
import { readDetails, readSharedEvidence } from '../packed/verdict-details.ts';
import { detailsSql } from '../store/details-blocks.ts';
import type { ListView } from './list-view.ts';

interface Attempt {
  readonly attempt: number;
  readonly evidence: readonly Evidence[];
}

/** `row`: the first of its duplicates. */
export function evidenceOf(list: ListView, row: number): Evidence[] {
  const attempts = [...storedAlone(list, row), ...storedInDetails(list, row)];
  return attempts.sort((a, b) => heardAtMs(a) - heardAtMs(b) || a.attempt - b.attempt).flatMap(({ evidence }) => evidence);
}

/** By its first piece; the last may be older (the domain's random recipient). */
function heardAtMs({ evidence }: Attempt): number {
  return evidence[0]?.atMs ?? 0;
}

function storedAlone(list: ListView, row: number): Attempt[] {
  const rows = list.database.prepare<[number], { attempt: number; json: string }>('SELECT attempt, json FROM evidence WHERE row_id = ?').all(row);
  return rows.map(({ attempt, json }) => ({ attempt, evidence: JSON.parse(json) as Evidence[] }));
}

function storedInDetails(list: ListView, row: number): Attempt[] {
  const places = `SELECT details AS place FROM verdicts WHERE row_id = ? UNION ALL SELECT details FROM earlier WHERE row_id = ?`;
  const lines = list.database.prepare<[number, number], Buffer>(`SELECT ${detailsSql('place')} FROM (${places})`).pluck().all(row, row);
  const shared = list.database.prepare<[number], Buffer>(`SELECT ${detailsSql('place')} FROM (SELECT CAST(? AS INTEGER) AS place)`).pluck();
  return lines.map(readDetails).flatMap((details) => {
    if (details.evidence === null) return [];
    const line = details.shared === 0 ? undefined : shared.get(details.shared);
    return [{ attempt: details.attempt, evidence: [...details.evidence, ...(line === undefined ? [] : [readSharedEvidence(line)])] }];
  });
}
