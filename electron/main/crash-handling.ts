// What happens when something fails that nobody handles. An exception nobody caught leaves the process in a state
// nobody knows: it is written down, said, and the process ends; verdicts are safe, they are committed or not at all.
// No crash dumps are made and nothing is reported anywhere: a dump would hold addresses.
import { app, dialog } from 'electron';
import { en as words } from '../../shared/words/en.ts';
import type { Log } from './log.ts';

export function installCrashHandling(log: Log): void {
  let dying = false;
  process.on('uncaughtException', (error, origin) => {
    log.error('main', 'uncaught exception', { origin, error });
    if (dying) return; // thrown while the box below is shown: the first one is the one to tell
    dying = true;
    // a box waits for a click: none before there is a screen, none where nobody sits before it
    if (app.isReady() && !app.commandLine.hasSwitch('smoke')) {
      dialog.showErrorBox(words.failure.fatalTitle(app.getName()), words.failure.fatalText(log.path));
    }
    log.close();
    app.exit(1);
  });
  process.on('unhandledRejection', (reason) => {
    log.error('main', 'unhandled rejection', { reason });
  });
  app.on('child-process-gone', (_event, details) => {
    log.warn('main', 'helper process is gone', { type: details.type, reason: details.reason, exitCode: details.exitCode });
  });
}
