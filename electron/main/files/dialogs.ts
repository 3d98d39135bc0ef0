// The system's dialogs: open, save a report, the question before quitting (exports: ask-export-path). They belong to the main window where there is one.
// Answer paths to main only; nothing here reads or writes a file.
import { join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { enHost } from '../../../shared/words/en-host.ts';

const words = enHost.dialogs;

/** The paths of the lists that the user chose; [] if none was. On macOS folders too, where one dialog does both. */
export async function askForLists(window: BrowserWindow | null): Promise<readonly string[]> {
  const options: Electron.OpenDialogOptions = {
    title: words.openTitle,
    properties: process.platform === 'darwin' ? ['openFile', 'openDirectory', 'multiSelections'] : ['openFile', 'multiSelections'],
    filters: [
      { name: words.lists, extensions: ['csv', 'txt', 'tsv', 'tab', 'xlsx', 'xlsm', 'json', 'jsonl', 'ndjson', 'gz'] },
      { name: words.allFiles, extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? [] : filePaths;
}

/** The path of a folder with lists, or null. */
export async function askForFolder(window: BrowserWindow | null): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { title: words.folderTitle, properties: ['openDirectory'] };
  const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Where to save the report of an import, or null. */
export async function askForReportPath(window: BrowserWindow | null, name: string): Promise<string | null> {
  const options: Electron.SaveDialogOptions = {
    title: words.reportTitle,
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: words.reports, extensions: ['csv'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
}

/** The path of a file with entries of an address list, or null. */
export async function askForListFile(window: BrowserWindow | null): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: words.listFileTitle,
    properties: ['openFile'],
    filters: [
      { name: words.listFiles, extensions: ['txt', 'csv', 'conf', 'list'] },
      { name: words.allFiles, extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** True: quit now. */
export async function askToQuit(window: BrowserWindow | null, interrupts: 'run' | 'task'): Promise<boolean> {
  const { confirm, cancel } = enHost.quit;
  const options: Electron.MessageBoxOptions = {
    type: 'question', title: app.getName(), ...enHost.quit[interrupts], buttons: [confirm, cancel], defaultId: 0, cancelId: 1, noLink: true,
  };
  const { response } = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
  return response === 0;
}
