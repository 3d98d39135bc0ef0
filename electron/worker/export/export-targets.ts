// Where an export writes to: one file, or one for each status. The imported file is the user's original: an export never
// replaces it, by whatever name it is reached.
import { realpathSync, statSync } from 'node:fs';
import { UserError } from '../../../shared/errors.ts';
import { statusFiles, type FileStatus } from '../../../shared/export/status-files.ts';
import type { ListRecord } from '../store/list-record.ts';
import type { ExportOptions } from './export-api.ts';

export interface ExportTarget {
  readonly path: string;
  /** Null: every row that is wanted. */
  readonly status: FileStatus | null;
}

/** Throws ExportFailed. */
export function exportTargets(record: ListRecord, { outPath, filePerStatus = false, statuses }: ExportOptions): readonly ExportTarget[] {
  const targets = filePerStatus ? statusFiles(outPath, statuses) : [{ path: outPath, status: null }];
  for (const { path } of targets) refuseSource(record, path);
  return targets;
}

function refuseSource(record: ListRecord, path: string): void {
  const target = statSync(path, { throwIfNoEntry: false });
  const source = statSync(record.sourcePath, { throwIfNoEntry: false });
  if (target === undefined || source === undefined) return;
  if (realpathSync(path) === realpathSync(record.sourcePath) || (target.ino === source.ino && target.dev === source.dev)) {
    throw new UserError('ExportFailed', `${path} is the file that the list was imported from. Export to another file.`);
  }
}
