// What a victim is told to do: one JSON argument of its command line.
import type { SettingsInput } from '../../../shared/settings/schema.ts';

interface Task {
  /** Absolute. */
  readonly storeDir: string;
}

export interface ImportTask extends Task {
  readonly kind: 'import';
  readonly path: string;
}

export interface ExportTask extends Task {
  readonly kind: 'export';
  readonly outPath: string;
}

/** Appends a file to the oldest list, or merges all of them, or splits the oldest. */
export interface CombineTask extends Task {
  readonly kind: 'append' | 'merge' | 'split';
  readonly path: string;
}

/** The store's one list to its end, and then its export. */
export interface VerifyTask extends Task {
  readonly kind: 'verify';
  readonly outPath: string;
  readonly dnsPort: number;
  readonly smtpPort: number;
  readonly settings: SettingsInput;
}

export type VictimTask = CombineTask | ImportTask | ExportTask | VerifyTask;

export function readTask(text: string | undefined): VictimTask {
  if (text === undefined) throw new Error('a victim needs its task');
  return JSON.parse(text) as VictimTask;
}
