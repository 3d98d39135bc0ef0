// The save dialog of an export: beside the original by default, with the extension of the format. Never the original; and
// where one name stands for a file of each status, files that are there already are asked about too.
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { UserError } from '../../../shared/errors.ts';
import type { ExportKind } from '../../../shared/ipc/lists.ts';
import { statusFiles } from '../../../shared/export/status-files.ts';
import type { Status } from '../../../shared/verdict/verdict.ts';
import { enExport } from '../../../shared/words/en-export.ts';
import { enHost } from '../../../shared/words/en-host.ts';

export interface AskExportPath {
  readonly listName: string;
  readonly sourcePath: string;
  readonly kind: ExportKind;
  readonly statuses: readonly Status[] | undefined;
  readonly filePerStatus: boolean | undefined;
}

/** Null if the user cancelled. Throws ExportFailed for the original. */
export async function askForExportPath(window: BrowserWindow | null, { listName, sourcePath, kind, statuses, filePerStatus }: AskExportPath): Promise<string | null> {
  // A list that was pasted comes from no folder.
  const folder = isAbsolute(sourcePath) && existsSync(dirname(sourcePath)) ? dirname(sourcePath) : app.getPath('documents');
  const stem = basename(listName, extname(listName));
  const isPage = kind === 'html' || kind === 'pdf';
  const options: Electron.SaveDialogOptions = {
    title: enHost.dialogs.exportTitle,
    defaultPath: join(folder, isPage ? enExport.pageName(stem, kind) : enExport.fileName(stem, kind)),
    filters: [{ name: enExport.formats[kind], extensions: [kind] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  if (canceled || filePath === '') return null;
  const path = withExtension(filePath, kind);
  const targets = filePerStatus === true && !isPage ? statusFiles(path, statuses).map((file) => file.path) : [path];
  const original = targets.find((target) => isSame(target, sourcePath));
  if (original !== undefined) throw new UserError('ExportFailed', enHost.files.isSource(basename(original)));
  const replaced = targets.filter((target) => target !== path && existsSync(target)).map((target) => basename(target));
  return replaced.length === 0 || (await mayReplace(window, replaced)) ? path : null;
}

async function mayReplace(window: BrowserWindow | null, names: readonly string[]): Promise<boolean> {
  const { replace, keep, question } = enExport.replacing;
  const options: Electron.MessageBoxOptions = {
    type: 'question', title: app.getName(), message: question, detail: names.join('\n'), buttons: [replace, keep], defaultId: 1, cancelId: 1, noLink: true,
  };
  const { response } = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
  return response === 0;
}

/** Linux' dialog does not add it. Only where nothing would be overwritten that the dialog has not asked about. */
function withExtension(path: string, extension: string): string {
  const extended = `${path}.${extension}`;
  return extname(path) === '' && !existsSync(extended) ? extended : path;
}

function isSame(path: string, sourcePath: string): boolean {
  return existsSync(path) && existsSync(sourcePath) && realpathSync(path) === realpathSync(sourcePath);
}
