// The files of an export that makes one for each status, and their names, so that they can be told before: beside the
// name that was chosen, `clean.csv` becomes `clean-deliverable.csv` and so on. Rows without a verdict have a file of
// their own where every row is asked for.
import { STATUSES, type Status } from '../verdict/verdict.ts';

export type FileStatus = Status | 'not_verified';

export interface StatusFile {
  readonly status: FileStatus;
  /** The chosen path or name with the status in it. */
  readonly path: string;
}

/** `path`: absolute or a bare name. `statuses`: absent means every row. */
export function statusFiles(path: string, statuses: readonly Status[] | undefined): readonly StatusFile[] {
  const wanted: readonly FileStatus[] = statuses === undefined ? [...STATUSES, 'not_verified'] : STATUSES.filter((status) => statuses.includes(status));
  const extension = /\.[^./\\]+$/.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - extension.length);
  return wanted.map((status) => ({ status, path: `${stem}-${status.replaceAll('_', '-')}${extension}` }));
}
