// Puts one frozen object into the page: `window.winnow`, one function a channel, typed from the contract.
// Passes on the declared argument and nothing else; no channel can be named from outside, and the one message that can
// be listened to is the snapshot. The path of a dropped file is asked of Electron: a page cannot make one up.
// Validates nothing: the router does, and it must, because this side could be bypassed.
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { DroppedFile, WinnowApi } from '../../shared/ipc/api.ts';
import { SNAPSHOT, WIRE, type Channel } from '../../shared/ipc/channels.ts';
import type { Answer } from '../../shared/ipc/answer.ts';
import type { ChannelInput, ChannelOutput } from '../../shared/ipc/contract.ts';
import type { Snapshot } from '../../shared/ipc/lists.ts';

function call<C extends Channel>(channel: C, input: ChannelInput<C>): Promise<Answer<ChannelOutput<C>>> {
  return ipcRenderer.invoke(WIRE, channel, input) as Promise<Answer<ChannelOutput<C>>>;
}

/** Empty for what is no file on disk, such as one that a page made. */
function pathOf(file: DroppedFile): string {
  try {
    return webUtils.getPathForFile(file as File);
  } catch {
    return '';
  }
}

const api: WinnowApi = {
  appInfo: () => call('app.info', undefined),
  appReady: () => call('app.ready', undefined),
  settingsGet: () => call('settings.get', undefined),
  settingsSet: (settings) => call('settings.set', settings),
  preferencesOpen: () => call('preferences.open', undefined),
  monitorOpen: () => call('monitor.open', undefined),
  monitorRead: () => call('monitor.read', undefined),
  addressListsGet: () => call('addressLists.get', undefined),
  addressListsChoose: (input) => call('addressLists.choose', input),
  addressListsTake: (input) => call('addressLists.take', input),
  addressListsRemove: (input) => call('addressLists.remove', input),
  logReport: (report) => call('log.report', report),
  filesOpen: () => call('files.open', undefined),
  // With no path at all the router answers that it is no valid input.
  filesDrop: (files) => call('files.register', { paths: files.map(pathOf).filter((path) => path !== '') }),
  filesPaste: () => call('files.paste', undefined),
  importPreview: (input) => call('import.preview', input),
  importStart: (input) => call('import.start', input),
  importStartSeveral: (input) => call('import.startSeveral', input),
  importCancel: (input) => call('import.cancel', input),
  importReport: (input) => call('import.report', input),
  importCopyReport: (input) => call('import.copyReport', input),
  importSaveReport: (input) => call('import.saveReport', input),
  listsSnapshot: () => call('lists.snapshot', undefined),
  listsDelete: (input) => call('lists.delete', input),
  listsUndoDelete: (input) => call('lists.undoDelete', input),
  listsRestore: (input) => call('lists.restore', input),
  storageRead: () => call('storage.read', undefined),
  storageForgetKnown: () => call('storage.forgetKnown', undefined),
  runStart: (input) => call('run.start', input),
  runPause: (input) => call('run.pause', input),
  runCancel: (input) => call('run.cancel', input),
  runAgain: (input) => call('run.again', input),
  runMove: (input) => call('run.move', input),
  runEstimate: (input) => call('run.estimate', input),
  resultsPage: (input) => call('results.page', input),
  resultsDetail: (input) => call('results.detail', input),
  resultsCopy: (input) => call('results.copy', input),
  combineAppend: (input) => call('combine.append', input),
  combineMerge: (input) => call('combine.merge', input),
  combineSplit: (input) => call('combine.split', input),
  combineCancel: (input) => call('combine.cancel', input),
  exportCount: (input) => call('export.count', input),
  exportChoose: (input) => call('export.choose', input),
  exportStart: (input) => call('export.start', input),
  exportCancel: (input) => call('export.cancel', input),
  exportShow: (input) => call('export.show', input),
  practiceStart: () => call('practice.start', undefined),
  preflightCheck: (input) => call('preflight.check', input),
  onSnapshot: (callback) => {
    // Without the event: it would hand the page Electron's sender.
    const listener = (_event: IpcRendererEvent, snapshot: Snapshot): void => { callback(snapshot); };
    ipcRenderer.on(SNAPSHOT, listener);
    return () => { ipcRenderer.off(SNAPSHOT, listener); };
  },
};

contextBridge.exposeInMainWorld('winnow', Object.freeze(api));
