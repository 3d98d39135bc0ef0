// All handlers, one for each channel, put together from what they need. Missing one does not compile.
import { clipboard, shell } from 'electron';
import { askForExportPath } from '../files/ask-export-path.ts';
import { askForListFile, askForLists, askForReportPath } from '../files/dialogs.ts';
import { printPdf } from '../files/print-pdf.ts';
import type { FileRegistry } from '../files/file-registry.ts';
import { importLists } from '../lists/import-tasks.ts';
import type { Lists } from '../lists/open-lists.ts';
import type { Log } from '../log.ts';
import type { MetricsSwitch } from '../metrics-switch.ts';
import type { Monitor } from '../monitor.ts';
import type { PreflightHost } from '../preflight-host.ts';
import type { SettingsStore } from '../settings-store.ts';
import type { Windows } from '../windows.ts';
import type { Handlers } from './dispatch.ts';
import { addressListHandlers } from './handlers/address-list-handlers.ts';
import { appHandlers, type AppHandlerOptions } from './handlers/app-handlers.ts';
import { combineHandlers } from './handlers/combine-handlers.ts';
import { exportHandlers } from './handlers/export-handlers.ts';
import { fileHandlers } from './handlers/file-handlers.ts';
import { importReportHandlers } from './handlers/import-report-handlers.ts';
import { listHandlers } from './handlers/list-handlers.ts';
import { logHandlers } from './handlers/log-handlers.ts';
import { monitorHandlers } from './handlers/monitor-handlers.ts';
import { preflightHandlers } from './handlers/preflight-handlers.ts';
import { settingsHandlers } from './handlers/settings-handlers.ts';
import { storageHandlers } from './handlers/storage-handlers.ts';

/** A preview reads at most 1 MiB of bytes; a little more tells it that there is more. */
const PREVIEWED_CHARACTERS = 1_048_576 + 1_024;

export interface HandlersOptions extends AppHandlerOptions {
  readonly lists: Lists;
  readonly files: FileRegistry;
  readonly settings: SettingsStore;
  readonly metrics: MetricsSwitch;
  readonly monitor: Monitor;
  readonly preflight: PreflightHost;
  readonly windows: Windows;
  readonly log: Log;
  readonly openSample: () => Promise<number>;
}

export function createHandlers({ lists, files, settings, metrics, monitor, preflight, windows, log, openSample, ...app }: HandlersOptions): Handlers {
  const { host, reader, addressLists } = lists;
  return {
    ...appHandlers(app),
    ...settingsHandlers({ store: settings, metrics, openPreferences: () => { windows.openPreferences(); } }),
    ...monitorHandlers({ monitor, openMonitor: () => { windows.openMonitor(); } }),
    ...preflightHandlers(preflight),
    ...storageHandlers({ store: lists.store, dir: lists.dir, refresh: (listId) => host.refresh(listId) }),
    ...addressListHandlers({ addressLists, files, askForListFile: () => askForListFile(windows.preferences) }),
    ...logHandlers(log),
    ...fileHandlers({
      host,
      files,
      previewList: ({ path, text }, reading) => reader.previewList(path, reading, importLists(addressLists.custom()).lists, text?.slice(0, PREVIEWED_CHARACTERS)),
      askForLists: () => askForLists(windows.main),
      readClipboard: () => clipboard.readText(),
    }),
    ...importReportHandlers({ host, writeClipboard: (text) => clipboard.writeText(text), askForReportPath: (name) => askForReportPath(windows.main, name) }),
    ...combineHandlers({ host, files }),
    ...listHandlers({ host, reader, openSample, writeClipboard: (text) => clipboard.writeText(text) }),
    ...exportHandlers({
      host,
      files,
      reader,
      askForExportPath: (ask) => askForExportPath(windows.main, ask),
      printPdf,
      show: (path) => { shell.showItemInFolder(path); },
    }),
  };
}
