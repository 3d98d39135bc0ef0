// The system's dialogs: open, save, the question before quitting. They belong to the main window where there is one.
// Answer paths to main only; nothing here reads or writes a file.
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { UserError } from '../../../shared/errors.ts';
import { enHost } from '../../../shared/words/en-host.ts';

const words = enHost.dialogs;

/** The path of the list that the user chose, or null. */
export async function askForList(window: BrowserWindow | null): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: words.openTitle,
    properties: ['openFile'],
    filters: [
      { name: words.lists, extensions: ['csv', 'txt', 'tsv'] },
      { name: words.allFiles, extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
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

/** Where to export a list to, or null. `sourcePath`: its original, beside which it is suggested. Never the original. */
export async function askForExportPath(window: BrowserWindow | null, listName: string, sourcePath: string): Promise<string | null> {
  const folder = existsSync(dirname(sourcePath)) ? dirname(sourcePath) : app.getPath('documents');
  const options: Electron.SaveDialogOptions = {
    title: words.exportTitle,
    defaultPath: join(folder, words.exportName(basename(listName, extname(listName)))),
    filters: [{ name: 'CSV', extensions: ['csv'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  if (canceled || filePath === '') return null;
  const path = withExtension(filePath);
  if (isSame(path, sourcePath)) throw new UserError('ExportFailed', enHost.files.isSource(basename(path)));
  return path;
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

/** Linux' dialog does not add it. Only where nothing would be overwritten that the dialog has not asked about. */
function withExtension(path: string): string {
  const extended = `${path}.csv`;
  return extname(path) === '' && !existsSync(extended) ? extended : path;
}

function isSame(path: string, sourcePath: string): boolean {
  return existsSync(path) && existsSync(sourcePath) && realpathSync(path) === realpathSync(sourcePath);
}
