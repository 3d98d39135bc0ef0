// Which rows an export takes, and into which of its files.
import type { Status } from '../../../shared/verdict/verdict.ts';
import type { FileStatus } from '../../../shared/export/status-files.ts';
import type { ExportOptions } from './export-api.ts';
import type { ExportRow } from './export-row.ts';

/** Null for a row that is not wanted; else the file that it belongs to where there is one for each status. */
export function wantedRows({ statuses, withoutDuplicates = false }: ExportOptions): (row: ExportRow) => FileStatus | null {
  const wanted: ReadonlySet<Status> | null = statuses === undefined ? null : new Set(statuses);
  return ({ status, dupOf, kind }) => {
    if (withoutDuplicates && (dupOf !== null || kind === 'duplicate')) return null;
    if (status === null) return wanted === null ? 'not_verified' : null;
    return wanted === null || wanted.has(status) ? status : null;
  };
}
