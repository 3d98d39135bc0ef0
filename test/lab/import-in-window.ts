// Files on their way into and out of the window, as a user has them: the system's dialogs are answered by the test, and a
// list is imported through the start page and the sheet, with what the sheet proposes.
import { basename } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { en as words } from '../../shared/words/en.ts';
import type { LaunchedApp } from './app.ts';

const { empty, import: sheet } = words.window;

/** From now on the open and the save dialog are answered with these paths. */
export async function answerFileDialogs(app: ElectronApplication, paths: { readonly open: string; readonly save?: string }): Promise<void> {
  await app.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] });
    if (save !== undefined) dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save });
  }, paths);
}

/** Resolves when the list is shown and the sheet is gone. */
export async function importInWindow({ app, page }: LaunchedApp, path: string): Promise<void> {
  await answerFileDialogs(app, { open: path });
  await page.getByRole('button', { name: empty.open, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: sheet.start, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: basename(path) }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
