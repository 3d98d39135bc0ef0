// Where lists and verdicts lie: the same folder that the app uses (Electron's userData), so that both show the same lists.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Absolute path of the store. `option`: what the user named, if anything. */
export function storeDir(option: string | undefined, env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (option !== undefined) return resolve(option);
  return join(userDataDir(env, platform), 'store');
}

function userDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Winnow');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Winnow');
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Winnow');
}
