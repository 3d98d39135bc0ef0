// The ready-made exports, by stable names (command line, window). What a preset leaves out has its default.
import type { ExportForm } from './export-form.ts';

export const PRESET_NAMES = ['mailing', 'everything', 'suppression', 'spreadsheet', 'zerobounce', 'neverbounce', 'kickbox', 'reacher'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export const PRESETS: Readonly<Record<PresetName, ExportForm>> = {
  /** Who can be mailed, each once, as the list had them: for the next mailing. */
  mailing: { format: 'csv', statuses: ['deliverable'], withoutDuplicates: true, columns: [':original'] },
  everything: { format: 'csv' },
  /** Who must not be mailed any more: addresses only, for a suppression list. */
  suppression: { format: 'csv', statuses: ['undeliverable'], withoutDuplicates: true, columns: [':address'] },
  spreadsheet: { format: 'xlsx', filePerStatus: true },
  zerobounce: { format: 'csv', words: 'zerobounce' },
  neverbounce: { format: 'csv', words: 'neverbounce' },
  kickbox: { format: 'csv', words: 'kickbox' },
  reacher: { format: 'csv', words: 'reacher' },
};

export function isPresetName(name: string): name is PresetName {
  return (PRESET_NAMES as readonly string[]).includes(name);
}
