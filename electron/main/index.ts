// The app's start, as a list to be read from top to bottom. What must happen before Electron is ready stands before
// it: the instance lock, the log, the guards, the scheme. Each step lives in a file of its own.
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { en as words } from '../../shared/words/en.ts';
import { declareAppScheme, serveAppScheme } from './app-protocol.ts';
import { installCrashHandling } from './crash-handling.ts';
import { appHandlers } from './ipc/handlers/app-handlers.ts';
import { logHandlers } from './ipc/handlers/log-handlers.ts';
import { settingsHandlers } from './ipc/handlers/settings-handlers.ts';
import { startRouter } from './ipc/router.ts';
import { createLog, type Log } from './log.ts';
import { setMenu } from './menu.ts';
import { installGuards } from './security.ts';
import { SettingsStore } from './settings-store.ts';
import { startSmoke } from './smoke.ts';
import { Windows } from './windows.ts';

const startedAtMs = performance.now();
const here = import.meta.dirname;

boot();

function boot(): void {
  // One instance for each data folder. The first one hears of the second and comes to the front.
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  const userData = app.getPath('userData');
  const log = createLog({ folder: join(userData, 'logs') });
  installCrashHandling(log);
  installGuards(log);
  declareAppScheme();
  app.on('will-quit', () => { log.close(); });
  app
    .whenReady()
    .then(() => open(userData, log))
    .catch((error: unknown) => {
      // As an exception, so that it ends as every other does: written down, told, and out.
      setImmediate(() => { throw error; });
    });
}

async function open(userData: string, log: Log): Promise<void> {
  const info = {
    name: app.getName(),
    version: app.getVersion(),
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    node: process.versions.node,
  };
  log.info('main', 'start', { ...info, platform: process.platform, arch: process.arch });

  const settings = new SettingsStore({ folder: userData, log });
  await settings.load();

  serveAppScheme(join(here, '../renderer'), log);

  const onSmokeReady = startSmoke(info);
  const onReady = (): void => {
    log.info('window', 'ready', { sinceStartMs: Math.round(performance.now() - startedAtMs) });
    onSmokeReady();
  };
  startRouter({ ...appHandlers({ info, onReady }), ...settingsHandlers(settings), ...logHandlers(log) }, log);

  setMenu({ logFile: log.path });

  const windows = new Windows({ preloadFile: join(here, '../preload/index.cjs'), log, onGivenUp: () => { giveUp(log); } });
  app.on('second-instance', () => { windows.openMain(); });
  app.on('activate', () => { windows.openMain(); });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  windows.openMain();
}

function giveUp(log: Log): void {
  dialog.showErrorBox(words.failure.rendererTitle, words.failure.rendererText(log.path));
  app.quit();
}
