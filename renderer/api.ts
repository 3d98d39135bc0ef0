// The only user of what the preload put into the page. Turns an answer into a value or an `ApiError`, so that the rest
// of the page awaits and catches as usual.
import type { WinnowApi } from '../shared/ipc/api.ts';
import type { Answer, IpcError, IpcErrorCode } from '../shared/ipc/answer.ts';

declare global {
  interface Window {
    readonly winnow: WinnowApi;
  }
}

/** A refusal by main, in words that can be shown. */
export class ApiError extends Error {
  readonly code: IpcErrorCode;
  readonly retryable: boolean;

  constructor(error: IpcError) {
    super(error.message);
    this.name = 'ApiError';
    this.code = error.code;
    this.retryable = error.retryable;
  }
}

type Calls = Omit<WinnowApi, 'onSnapshot'>;

type Unwrapped = {
  readonly [M in keyof Calls]: (
    ...args: Parameters<Calls[M]>
  ) => Promise<Awaited<ReturnType<Calls[M]>> extends Answer<infer T> ? T : never>;
} & Pick<WinnowApi, 'onSnapshot'>;

async function valueOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  const settled = await answer;
  if (!settled.ok) throw new ApiError(settled.error);
  return settled.value;
}

/** Each call rejects with `ApiError`. */
export const api: Unwrapped = {
  appInfo: () => valueOf(window.winnow.appInfo()),
  appReady: () => valueOf(window.winnow.appReady()),
  settingsGet: () => valueOf(window.winnow.settingsGet()),
  settingsSet: (settings) => valueOf(window.winnow.settingsSet(settings)),
  preferencesOpen: () => valueOf(window.winnow.preferencesOpen()),
  monitorOpen: () => valueOf(window.winnow.monitorOpen()),
  monitorRead: () => valueOf(window.winnow.monitorRead()),
  addressListsGet: () => valueOf(window.winnow.addressListsGet()),
  addressListsChoose: (input) => valueOf(window.winnow.addressListsChoose(input)),
  addressListsTake: (input) => valueOf(window.winnow.addressListsTake(input)),
  addressListsRemove: (input) => valueOf(window.winnow.addressListsRemove(input)),
  logReport: (report) => valueOf(window.winnow.logReport(report)),
  filesOpen: () => valueOf(window.winnow.filesOpen()),
  filesDrop: (files) => valueOf(window.winnow.filesDrop(files)),
  filesPaste: () => valueOf(window.winnow.filesPaste()),
  importPreview: (input) => valueOf(window.winnow.importPreview(input)),
  importStart: (input) => valueOf(window.winnow.importStart(input)),
  importStartSeveral: (input) => valueOf(window.winnow.importStartSeveral(input)),
  importCancel: (input) => valueOf(window.winnow.importCancel(input)),
  importReport: (input) => valueOf(window.winnow.importReport(input)),
  importCopyReport: (input) => valueOf(window.winnow.importCopyReport(input)),
  importSaveReport: (input) => valueOf(window.winnow.importSaveReport(input)),
  listsSnapshot: () => valueOf(window.winnow.listsSnapshot()),
  listsDelete: (input) => valueOf(window.winnow.listsDelete(input)),
  listsUndoDelete: (input) => valueOf(window.winnow.listsUndoDelete(input)),
  listsRestore: (input) => valueOf(window.winnow.listsRestore(input)),
  storageRead: () => valueOf(window.winnow.storageRead()),
  storageForgetKnown: () => valueOf(window.winnow.storageForgetKnown()),
  runStart: (input) => valueOf(window.winnow.runStart(input)),
  runPause: (input) => valueOf(window.winnow.runPause(input)),
  runCancel: (input) => valueOf(window.winnow.runCancel(input)),
  runAgain: (input) => valueOf(window.winnow.runAgain(input)),
  runMove: (input) => valueOf(window.winnow.runMove(input)),
  runEstimate: (input) => valueOf(window.winnow.runEstimate(input)),
  resultsPage: (input) => valueOf(window.winnow.resultsPage(input)),
  resultsDetail: (input) => valueOf(window.winnow.resultsDetail(input)),
  resultsCopy: (input) => valueOf(window.winnow.resultsCopy(input)),
  combineAppend: (input) => valueOf(window.winnow.combineAppend(input)),
  combineMerge: (input) => valueOf(window.winnow.combineMerge(input)),
  combineSplit: (input) => valueOf(window.winnow.combineSplit(input)),
  combineCancel: (input) => valueOf(window.winnow.combineCancel(input)),
  exportCount: (input) => valueOf(window.winnow.exportCount(input)),
  exportChoose: (input) => valueOf(window.winnow.exportChoose(input)),
  exportStart: (input) => valueOf(window.winnow.exportStart(input)),
  exportCancel: (input) => valueOf(window.winnow.exportCancel(input)),
  exportShow: (input) => valueOf(window.winnow.exportShow(input)),
  practiceStart: () => valueOf(window.winnow.practiceStart()),
  preflightCheck: (input) => valueOf(window.winnow.preflightCheck(input)),
  onSnapshot: (callback) => window.winnow.onSnapshot(callback),
};
