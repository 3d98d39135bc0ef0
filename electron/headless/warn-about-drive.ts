// Says so where the store lies on a network drive, whose locks SQLite cannot trust.
import { enStorage } from '../../shared/words/en-storage.ts';
import { networkDrive } from '../host/network-drive.ts';

/** The kind of network drive, or null. `dir`: of the store, which is there. */
export function warnAboutDrive(dir: string, say: (line: string) => void, kindOf: (path: string) => string | null = networkDrive): string | null {
  const kind = kindOf(dir);
  if (kind !== null) say(`warning: ${enStorage.networkDrive(kind)}`);
  return kind;
}
