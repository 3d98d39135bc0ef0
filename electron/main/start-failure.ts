// The app cannot start for a reason that the user can mend: the lists cannot be opened (a newer version's, damaged, a
// folder that cannot be written), or the command line makes no sense. Said, and the app ends; nothing was changed.
import { app, dialog } from 'electron';
import { UserError } from '../../shared/errors.ts';
import { enHost as words } from '../../shared/words/en-host.ts';
import type { Log } from './log.ts';

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
