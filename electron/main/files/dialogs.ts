// The system's dialogs: open, the question before quitting (saving: ask-export-path). They belong to the main window where there is one.
// Answer paths to main only; nothing here reads or writes a file.
import { app, dialog, type BrowserWindow } from 'electron';
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

/** True: quit now. */
export async function askToQuit(window: BrowserWindow | null, interrupts: 'run' | 'task'): Promise<boolean> {
  const { confirm, cancel } = enHost.quit;
  const options: Electron.MessageBoxOptions = {
    type: 'question', title: app.getName(), ...enHost.quit[interrupts], buttons: [confirm, cancel], defaultId: 0, cancelId: 1, noLink: true,
  };
  const { response } = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
  return response === 0;
}
