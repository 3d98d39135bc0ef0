// The exit codes that scripts rely on, and which error gives which.
import { UserError, type UserErrorCode } from '../../shared/errors.ts';

export const EXIT = { done: 0, failed: 1, badUsage: 2, paused: 3 } as const;

/** Failures of the machine or the disk; every other user error is about what was given to us. */
const FAILED: ReadonlySet<UserErrorCode> = new Set<UserErrorCode>([
  'StoreDamaged',
  'StoreInUse',
  'StoreUnwritable',
  'DiskFull',
  'NoBackup',
  'ExportFailed',
  'PortUnusable',
]);

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof UserError)) return EXIT.failed;
  // Stopped by the user during the import: nothing is lost, and the same command starts again.
  if (error.code === 'Cancelled') return EXIT.paused;
  return FAILED.has(error.code) ? EXIT.failed : EXIT.badUsage;
}
