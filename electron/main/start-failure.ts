// The app cannot start for a reason that the user can mend: the lists cannot be opened (a newer version's, damaged, a
// folder that cannot be written), or the command line makes no sense. Said, and the app ends; nothing was changed.
import { app, dialog } from 'electron';
import { UserError } from '../../shared/errors.ts';
import { enHost as words } from '../../shared/words/en-host.ts';
import { enStorage } from '../../shared/words/en-storage.ts';
import type { Log } from './log.ts';

/** True: a damaged library is to be set aside, and made again from its last copy and from the lists. */
export function mayRecover(error: unknown): boolean {
  if (!(error instanceof UserError) || error.code !== 'StoreDamaged' || app.commandLine.hasSwitch('smoke')) return false;
  const { title, text, recover, quit } = enStorage.library;
  const options: Electron.MessageBoxSyncOptions = {
    type: 'error', title: app.getName(), message: title, detail: text(error.message), buttons: [recover, quit], defaultId: 0, cancelId: 1, noLink: true,
  };
  return dialog.showMessageBoxSync(options) === 0;
}

/** Rethrows what is a defect. */
export function tellStartFailure(error: unknown, log: Log): void {
  if (!(error instanceof UserError)) throw error;
  log.error('main', 'cannot start', { error });
  const aboutStart = error.code === 'BadUsage' || error.code === 'SettingsInvalid';
  const title = aboutStart ? words.start.badUsage : words.store.title;
  const text = aboutStart ? error.message : `${words.store.failed(error.message)}\n\n${words.store.unchanged}`;
  // a box waits for a click: none where nobody sits before it
  if (!app.commandLine.hasSwitch('smoke')) dialog.showErrorBox(title, text);
  log.close();
  app.exit(1);
}
