// Reads a settings file for the command line. A fault is told with the setting's path; nothing is half applied.
import { readFile } from 'node:fs/promises';
import { UserError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '../../shared/settings/schema.ts';

/** The settings in `path` (JSON, only what differs from the defaults), or the defaults. */
export async function loadSettings(path: string | undefined): Promise<Settings> {
  if (path === undefined) return DEFAULT_SETTINGS;
  let json: unknown;
  try {
    json = JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UserError('SettingsInvalid', `The settings file ${path} could not be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const parsed = settingsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(file)'}: ${issue.message}`);
  throw new UserError('SettingsInvalid', `The settings file ${path} has faults:\n${faults.join('\n')}`);
}
