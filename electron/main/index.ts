// The app's start, as a list to be read from top to bottom. What must happen before Electron is ready stands before
// it: the instance lock, the log, the guards, the scheme. Each step lives in a file of its own.
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { en as words } from '../../shared/words/en.ts';
import { systemClock } from '../engine/clock.ts';
import { createMetrics } from '../engine/metrics/create-metrics.ts';
import { declareAppScheme, serveAppScheme } from './app-protocol.ts';
import { installCrashHandling } from './crash-handling.ts';
import { endCleanly } from './end-cleanly.ts';
import { askToQuit } from './files/dialogs.ts';
import { FileRegistry } from './files/file-registry.ts';
import { Opener } from './files/opener.ts';
import { createHandlers } from './ipc/create-handlers.ts';
import { startRouter } from './ipc/router.ts';
import { asLaunch, readLaunch, type Launch } from './launch-options.ts';
import { openLists, type OpenListsOptions } from './lists/open-lists.ts';
import { createLog, type Log } from './log.ts';
import { setMenu } from './menu.ts';
import { MetricsSwitch } from './metrics-switch.ts';
import { Monitor } from './monitor.ts';
import { createJobSigns } from './notify.ts';
import { PreflightHost } from './preflight-host.ts';
import { QuitGuard } from './quit-guard.ts';
import { runPreflight } from './run-preflight.ts';
import { installGuards } from './security.ts';
import { SettingsStore } from './settings-store.ts';
import { createSleepGuard, followSleep } from './sleep-guard.ts';
import { startSmoke } from './smoke.ts';
import { mayRecover, tellStartFailure } from './start-failure.ts';
import { Windows } from './windows.ts';

const startedAtMs = performance.now();
const here = import.meta.dirname;

boot();

function boot(): void {
  const launch: Launch = { args: process.argv.slice(1), cwd: process.cwd() };
  // One instance for each data folder. The first one hears of the second and comes to the front.
  if (!app.requestSingleInstanceLock(launch)) {
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
    .then(() => open(userData, launch, log))
    .catch((error: unknown) => {
      // As an exception, so that it ends as every other does: written down, told, and out.
      setImmediate(() => { throw error; });
    });
}

async function open(userData: string, launch: Launch, log: Log): Promise<void> {
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

  const metrics = createMetrics({ clock: systemClock });
  const metricsSwitch = new MetricsSwitch({ metrics, log });

  const monitor: Monitor = new Monitor({ metrics, clock: systemClock, scheduled: () => lists?.host.scheduled ?? 0, memoryBytes: () => process.memoryUsage.rss() });

  const files = new FileRegistry();
  const windows: Windows = new Windows({
    preloadFile: join(here, '../preload/index.cjs'),
    log,
    onGivenUp: () => { giveUp(log, guard); },
    mayCloseMain: () => process.platform === 'darwin' || guard.mayQuit(),
  });
  const preflight: PreflightHost = new PreflightHost({
    clock: systemClock,
    log,
    run: (practice, signal) => runPreflight({ ...readLaunch(launch), settings: settings.state.settings, practice, signal }),
    settingsKey: () => JSON.stringify([settings.state.settings.identity, settings.state.settings.dns, settings.state.settings.smtp]),
    onChange: () => { lists?.host.changed(); },
  });
  const guardSleep = createSleepGuard();
  const signs = createJobSigns({
    window: () => windows.main,
    mayNotify: () => settings.state.settings.jobs.notifyAtEnd,
    open: () => { windows.openMain(); },
    log,
  });
  const listsOptions: OpenListsOptions = {
    userData,
    log,
    metrics,
    lab: () => readLaunch(launch).lab,
    settings: () => settings.state.settings,
    send: (snapshot) => {
      windows.send(snapshot);
      signs.take(snapshot);
    },
    opened: () => files.opened,
    preflight: () => preflight.views(),
    scenario: () => readLaunch(launch).scenario,
    onAsking: (asking) => {
      guardSleep(asking);
      monitor.setAsking(asking);
    },
  };
  const lists = await openLists(listsOptions)
    .catch((error: unknown) => (mayRecover(error) ? openLists({ ...listsOptions, recover: true }) : Promise.reject(error instanceof Error ? error : new Error(String(error)))))
    .catch((error: unknown) => { tellStartFailure(error, log); });
  if (lists === undefined) return;
  const { host } = lists;
  followSleep({ suspend: () => { host.suspend(); }, wake: () => { host.wake(); } });

  const guard = new QuitGuard({
    busy: () => host.underWay !== null,
    ask: () => askToQuit(windows.main, host.underWay ?? 'run'),
    close: async () => {
      preflight.close();
      await lists.close();
      await metricsSwitch.close();
    },
    quit: () => { app.quit(); },
    log,
  });
  endCleanly(guard);

  serveAppScheme(join(here, '../renderer'), log);

  const opener = new Opener({ files, host, userData, log, window: () => windows.main });
  const onSmokeReady = startSmoke(info);
  const onReady = (): void => {
    log.info('window', 'ready', { sinceStartMs: Math.round(performance.now() - startedAtMs) });
    onSmokeReady();
  };
  startRouter(createHandlers({ info, onReady, lists, files, settings, metrics: metricsSwitch, monitor, preflight, windows, log, openSample: () => opener.sample() }), log);

  const openMain = (): void => { windows.openMain(); };
  setMenu({
    logFile: log.path,
    onOpen: () => { openMain(); opener.ask(); },
    onOpenFolder: () => { openMain(); opener.askForFolder(); },
    onPaste: () => { openMain(); opener.paste(); },
    onSample: () => { openMain(); opener.askForSample(); },
    onPreferences: () => { windows.openPreferences(); },
    onPreflight: () => { openMain(); preflight.ask(); },
    onMonitor: () => { windows.openMonitor(); },
  });

  app.on('second-instance', (_event, _args, _cwd, data) => {
    openMain();
    const other = asLaunch(data);
    if (other !== null) opener.launched(other);
  });
  app.on('activate', openMain);
  openMain();

  await metricsSwitch.start(settings.state.settings.metrics, readLaunch(launch).metrics);
  await host.open();
  await lists.care.start();
  opener.launched(launch);
}

function giveUp(log: Log, guard: QuitGuard): void {
  dialog.showErrorBox(words.failure.rendererTitle, words.failure.rendererText(log.path));
  guard.quitUnasked();
}
